//! Paper.

use super::js;

/// Opens the browser's own print window.
pub fn print() {
    if let Some(window) = js::window() {
        window.print().unwrap_or_default();
    }
}

//! Prints the page that is open.

use super::js;

/// A browser that cannot print does nothing.
pub fn page() {
    if let Some(window) = js::window() {
        window.print().unwrap_or_default();
    }
}

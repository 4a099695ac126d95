//! Puts words where the person can paste them.

use super::js;
use wasm_bindgen_futures::JsFuture;

/// `false` when this browser does not let a page do that.
pub async fn copy(words: &str) -> bool {
    let Some(window) = js::window() else { return false };
    // Not there on an address without https.
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(words)).await.is_ok()
}

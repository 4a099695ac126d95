//! Puts the reader where the news is.

use super::js;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The heading of the page that is shown now.
pub fn heading() {
    let Some(document) = js::document() else { return };
    if let Ok(Some(heading)) = document.query_selector("main h1")
        && let Some(heading) = heading.dyn_ref::<HtmlElement>()
    {
        heading.focus().unwrap_or_default();
    }
}

pub fn title(words: &str) {
    if let Some(document) = js::document() {
        document.set_title(words);
    }
}

//! When the app itself breaks: a recovery screen outside the app. Saved reports are in the store.

use super::js;
use std::panic;
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

const SCREEN: &str = "crash";
const LAST: &str = "noticed.last_crash";

pub fn watch() {
    panic::set_hook(Box::new(|info| {
        let words = info.to_string();
        web_sys::console::error_1(&JsValue::from_str(&words));
        if let Some(storage) = js::window().and_then(|window| window.local_storage().ok().flatten()) {
            storage.set_item(LAST, &words).unwrap_or_default();
        }
        if let Some(document) = js::document() {
            show(&document).unwrap_or_default();
        }
    }));
}

/// Uses the screen of index.html, or makes one.
fn show(document: &Document) -> Result<(), JsValue> {
    if let Some(screen) = document.get_element_by_id(SCREEN) {
        return screen.remove_attribute("hidden");
    }
    let Some(body) = document.body() else { return Ok(()) };
    let screen = document.create_element("section")?;
    screen.set_id(SCREEN);
    screen.set_class_name("page");
    screen.set_attribute("role", "alert")?;
    add(document, &screen, "h1", "Noticed has stopped")?;
    add(document, &screen, "p", "Reports that were saved on this phone are safe. So are your drafts.")?;
    let again = add(document, &screen, "a", "Open Noticed again")?;
    again.set_attribute("href", "/")?;
    again.set_class_name("button");
    let rescue = add(document, &screen, "p", "")?;
    let rescue = add(document, &rescue, "a", "Save the reports that are still on this device")?;
    rescue.set_attribute("href", "/rescue.html")?;
    body.prepend_with_node_1(&screen)
}

fn add(document: &Document, parent: &Element, name: &str, words: &str) -> Result<Element, JsValue> {
    let element = document.create_element(name)?;
    element.set_text_content(Some(words));
    parent.append_child(&element)?;
    Ok(element)
}

//! The first paint shows Home before the app is up. A tap made then is remembered by the boot script
//! (style/boot.js) as the address it was for; this is the other half.

use super::js;
use gloo_storage::{SessionStorage, Storage};

const TAP: &str = "noticed.tap";

/// The address that was tapped, once. The boot script writes plain text, not JSON.
pub fn take() -> Option<String> {
    let address = SessionStorage::raw().get_item(TAP).ok().flatten()?;
    SessionStorage::delete(TAP);
    address.starts_with('/').then_some(address)
}

/// Takes away what index.html showed before the app was up.
pub fn app_is_up() {
    let Some(document) = js::document() else { return };
    if let Some(root) = document.document_element() {
        root.set_attribute("data-app", "up").unwrap_or_default();
    }
    if let Some(first) = document.get_element_by_id("first") {
        first.remove();
    }
}

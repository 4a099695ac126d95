//! Hands a file to the person.

use super::js;
use js_sys::Array;
#[cfg(feature = "desk")]
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// So long a file can be fetched after it was handed over.
const KEPT_MS: u32 = 60_000;

/// `false` when this browser cannot.
pub fn text_file(name: &str, media_type: &str, text: &str) -> bool {
    hand_over(name, media_type, &text.into()).is_ok()
}

/// The same for a file that is no text.
#[cfg(feature = "desk")]
pub fn bytes_file(name: &str, media_type: &str, bytes: &[u8]) -> bool {
    hand_over(name, media_type, &Uint8Array::from(bytes)).is_ok()
}

fn hand_over(name: &str, media_type: &str, part: &JsValue) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_blob_sequence_and_options(&Array::of1(part), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = js::document().ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // A busy browser fetches it after the click: an address that is gone by then would save nothing, without a word.
    spawn_local(async move {
        js::sleep(KEPT_MS).await;
        Url::revoke_object_url(&address).unwrap_or_default();
    });
    Ok(())
}

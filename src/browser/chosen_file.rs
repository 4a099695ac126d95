//! What is in a file that a person chose.

use super::js;
#[cfg(feature = "desk")]
use js_sys::Uint8Array;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The bytes of the first file of the input that an event is about; `None` when there is none, or it cannot be read.
#[cfg(feature = "desk")]
pub async fn bytes(event: &JsValue) -> Option<Vec<u8>> {
    Some(Uint8Array::new(&read(event, "arrayBuffer").await?).to_vec())
}

/// The same; `None` also where the file is larger than `most` bytes.
#[cfg(feature = "desk")]
pub async fn bytes_up_to(event: &JsValue, most: f64) -> Option<Vec<u8>> {
    let size = js::get(&chosen(event), "size").as_f64()?;
    if size > most { None } else { bytes(event).await }
}

/// The first file of the input that an event is about; `None` when there is none, or it is no text.
pub async fn text(event: &JsValue) -> Option<String> {
    read(event, "text").await?.as_string()
}

fn chosen(event: &JsValue) -> JsValue {
    js::get(&js::get(&js::get(event, "target"), "files"), "0")
}

async fn read(event: &JsValue, how: &str) -> Option<JsValue> {
    let file = chosen(event);
    let read: Function = js::get(&file, how).dyn_into().ok()?;
    let promise: Promise = read.call0(&file).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

//! The page names two builds of the app: the first one, and the whole one with every desk. style/boot.js starts the
//! first, or the whole one on a device that asked for it once.

use super::{js, service_worker, storage};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Response};

/// No signal, or the file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFetched;

impl From<JsValue> for NotFetched {
    fn from(_: JsValue) -> Self {
        NotFetched
    }
}

pub fn names_whole() -> bool {
    whole().is_some()
}

/// Fetches the whole app, so that it is kept here.
/// # Errors  when one of its files does not come.
pub async fn fetch_whole() -> Result<(), NotFetched> {
    let named = whole().ok_or(NotFetched)?;
    for attribute in ["data-js", "data-wasm"] {
        let address = named.get_attribute(attribute).ok_or(NotFetched)?;
        let window = js::window().ok_or(NotFetched)?;
        let answer: Response = JsFuture::from(window.fetch_with_str(&address)).await?.unchecked_into();
        if !answer.ok() {
            return Err(NotFetched);
        }
        JsFuture::from(answer.array_buffer()?).await?;
    }
    Ok(())
}

/// Starts the whole app in place of this one, now and from now on.
pub fn start_whole() {
    storage::set_whole();
    service_worker::reload();
}

fn whole() -> Option<Element> {
    js::document()?.query_selector("meta[name=noticed-whole]").ok()?
}

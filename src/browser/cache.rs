//! Texts in Cache Storage: other files than the database, for what has to outlive it.

use super::js;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Response};

/// No build of the app: the service worker takes away old builds by how their names begin.
const NAME: &str = "guard";

/// `None` when it is not there, or this browser has no such storage.
pub async fn get(name: &str) -> Option<String> {
    text_of(find(name).await?).await
}

pub async fn has(name: &str) -> bool {
    find(name).await.is_some()
}

pub async fn put(name: &str, text: &str) {
    let put = async {
        let response = Response::new_with_opt_str(Some(text)).ok()?;
        JsFuture::from(open().await?.put_with_str(&address(name), &response)).await.ok()
    };
    put.await.map(drop).unwrap_or_default();
}

/// True when something was taken away.
pub async fn delete(name: &str) -> bool {
    let delete =
        async { JsFuture::from(open().await?.delete_with_str(&address(name))).await.ok()?.as_bool() };
    delete.await.unwrap_or_default()
}

/// The texts whose names begin so.
pub async fn under(start: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let Some(cache) = open().await else { return texts };
    let start = address(start);
    let Ok(keys) = JsFuture::from(cache.keys()).await else { return texts };
    for request in js_sys::Array::from(&keys) {
        let is_it = js::text(&request, "url").is_some_and(|url| url.contains(&start));
        let found = if is_it {
            JsFuture::from(cache.match_with_request(request.unchecked_ref())).await.ok()
        } else {
            None
        };
        if let Some(found) = found {
            texts.extend(text_of(found).await);
        }
    }
    texts
}

async fn find(name: &str) -> Option<JsValue> {
    let found = JsFuture::from(open().await?.match_with_str(&address(name))).await.ok()?;
    Some(found).filter(JsValue::is_object)
}

async fn text_of(found: JsValue) -> Option<String> {
    let response: Response = found.dyn_into().ok()?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Absent on pages that are not secure.
async fn open() -> Option<Cache> {
    let caches = js::window()?.caches().ok()?;
    JsFuture::from(caches.open(NAME)).await.ok()?.dyn_into().ok()
}

fn address(name: &str) -> String {
    format!("/guard/{name}")
}

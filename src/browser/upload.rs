//! Asks how much of a photo the server has, and sends it a part. What an answer means is decided in `sync::blob`.

use super::{http::NoAnswer, js};
use js_sys::Uint8Array;
use sync::blob;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestCredentials, RequestInit, Response};

/// An answer without a body.
#[derive(Clone, Debug)]
pub struct Said {
    pub status: u16,
    pub headers: blob::Headers,
    /// The `retry-after` header.
    pub retry_after: Option<String>,
}

/// # Errors  `NoAnswer` when there is no signal, or the deadline passed.
pub async fn ask(path: &str, device: &str, deadline_ms: u32) -> Result<Said, NoAnswer> {
    send("HEAD", path, device, &[], None, deadline_ms).await
}

/// Sends one part. # Errors  as above.
pub async fn part(
    path: &str,
    device: &str,
    headers: &[(&str, &str)],
    bytes: &[u8],
    deadline_ms: u32,
) -> Result<Said, NoAnswer> {
    send("PATCH", path, device, headers, Some(bytes), deadline_ms).await
}

async fn send(
    method: &str,
    path: &str,
    device: &str,
    more: &[(&str, &str)],
    body: Option<&[u8]>,
    deadline_ms: u32,
) -> Result<Said, NoAnswer> {
    let window = js::window().ok_or_else(|| NoAnswer("no window".into()))?;
    let headers = Headers::new()?;
    headers.set("x-noticed-device", device)?;
    for (name, value) in more {
        headers.set(name, value)?;
    }
    let options = RequestInit::new();
    options.set_method(method);
    options.set_credentials(RequestCredentials::SameOrigin);
    options.set_cache(web_sys::RequestCache::NoStore);
    options.set_signal(Some(&AbortSignal::timeout_with_u32(deadline_ms)));
    if let Some(bytes) = body {
        headers.set("content-type", blob::CONTENT_TYPE)?;
        options.set_body(&Uint8Array::from(bytes));
    }
    options.set_headers(&headers);
    let request = Request::new_with_str_and_init(path, &options)?;
    let response: Response = JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()?;
    let header = |name| response.headers().get(name).ok().flatten();
    let headers = blob::Headers {
        echo: header(blob::ECHO),
        offset: header(blob::OFFSET),
        complete: header(blob::IS_COMPLETE),
        content_type: header("content-type"),
    };
    Ok(Said { status: response.status(), headers, retry_after: header("retry-after") })
}

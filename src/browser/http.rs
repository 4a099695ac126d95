//! Asks the server. Every request has a deadline and says which device asks; long bodies are packed.

use super::{clock, js};
use domain::time::Instant;
use js_sys::Uint8Array;
use sync::{proof::PROOF_HEADER, wire::LIFE_HEADER};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestCredentials, RequestInit, Response};

#[wasm_bindgen]
extern "C" {
    type CompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
}

/// Below this a body is sent as it is: packing would not make it shorter.
const PACK_ABOVE_BYTES: usize = 1_024;

/// A reply, whatever it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub content_type: String,
    pub body: String,
    /// The `retry-after` header.
    pub retry_after: Option<String>,
    /// The life of the server, when it was ours.
    pub life: Option<String>,
    pub asked_at: Instant,
    pub answered_at: Instant,
}

/// Nobody answered in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer(pub String);

impl From<JsValue> for NoAnswer {
    fn from(error: JsValue) -> Self {
        NoAnswer(js::explain(&error))
    }
}

/// One request. `device` is empty before enrolment.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub device: &'a str,
    pub body: Option<&'a str>,
    pub content_type: &'a str,
    pub deadline_ms: u32,
    /// What stands behind it where no session does: see `sync::proof`.
    pub proof: Option<String>,
}

impl<'a> Ask<'a> {
    pub fn get(path: &'a str, device: &'a str) -> Self {
        Self {
            method: "GET",
            path,
            device,
            body: None,
            content_type: "application/json",
            deadline_ms: 15_000,
            proof: None,
        }
    }

    pub fn post(path: &'a str, device: &'a str, body: &'a str) -> Self {
        Self { method: "POST", body: Some(body), ..Self::get(path, device) }
    }

    pub fn within(self, deadline_ms: u32) -> Self {
        Self { deadline_ms, ..self }
    }

    pub fn as_type(self, content_type: &'a str) -> Self {
        Self { content_type, ..self }
    }

    pub fn proven(self, proof: Option<String>) -> Self {
        Self { proof, ..self }
    }

    /// # Errors  `NoAnswer` when there is no signal, or the deadline passed.
    pub async fn send(self) -> Result<Reply, NoAnswer> {
        self.begin().await?.head().await?.whole().await
    }

    /// The question is on its way.
    /// # Errors  `NoAnswer` when it could not be asked.
    pub async fn begin(self) -> Result<Asking, NoAnswer> {
        let window = js::window().ok_or_else(|| NoAnswer("no window".into()))?;
        let asked_at = clock::now();
        let request = self.request().await?;
        Ok(Asking { asked_at, promise: window.fetch_with_request(&request).into() })
    }

    async fn request(&self) -> Result<Request, JsValue> {
        let headers = Headers::new()?;
        headers.set("accept", "application/json, application/vnd.noticed+json")?;
        if !self.device.is_empty() {
            headers.set("x-noticed-device", self.device)?;
        }
        if let Some(proof) = &self.proof {
            headers.set(PROOF_HEADER, proof)?;
        }
        let options = RequestInit::new();
        options.set_method(self.method);
        options.set_credentials(RequestCredentials::SameOrigin);
        options.set_cache(web_sys::RequestCache::NoStore);
        options.set_signal(Some(&AbortSignal::timeout_with_u32(self.deadline_ms)));
        if let Some(body) = self.body {
            headers.set("content-type", self.content_type)?;
            match pack(body).await {
                Some(packed) => {
                    headers.set("content-encoding", "gzip")?;
                    options.set_body(&packed);
                }
                None => options.set_body(&body.into()),
            }
        }
        options.set_headers(&headers);
        Request::new_with_str_and_init(self.path, &options)
    }
}

/// A question on its way.
#[derive(Debug)]
pub struct Asking {
    asked_at: Instant,
    /// Listened to from the start: an answer that nobody waits for any more may fail without a fault of the page.
    promise: JsFuture,
}

/// An answer that has begun.
#[derive(Debug)]
pub struct Answering {
    asked_at: Instant,
    response: Response,
}

impl Asking {
    /// # Errors  `NoAnswer` when there is no signal, or the deadline passed.
    pub async fn head(self) -> Result<Answering, NoAnswer> {
        let response: Response = self.promise.await?.dyn_into()?;
        Ok(Answering { asked_at: self.asked_at, response })
    }
}

impl Answering {
    pub fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    /// # Errors  `NoAnswer` when it broke off, or the deadline passed.
    pub async fn whole(self) -> Result<Reply, NoAnswer> {
        // As bytes: a text of the browser would be written anew on its way in here.
        let bytes = Uint8Array::new(&JsFuture::from(self.response.array_buffer()?).await?).to_vec();
        let body = String::from_utf8(bytes);
        Ok(Reply {
            status: self.response.status(),
            content_type: self.header("content-type").unwrap_or_default(),
            body: body.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
            retry_after: self.header("retry-after"),
            life: self.header(LIFE_HEADER),
            asked_at: self.asked_at,
            answered_at: clock::now(),
        })
    }
}

/// Device clock minus server clock, from one contact: the server wrote its time about half way.
pub fn offset_ms(asked_at: Instant, answered_at: Instant, server_time: Instant) -> i64 {
    let half_way = (asked_at.timestamp_millis() + answered_at.timestamp_millis()) / 2;
    half_way - server_time.timestamp_millis()
}

/// `navigator.onLine` is only a hint; `false` can be believed.
pub fn says_offline() -> bool {
    js::window().is_some_and(|window| !window.navigator().on_line())
}

/// A text as a part of an address.
pub fn in_address(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// `None` when it is short, or this browser cannot pack.
async fn pack(body: &str) -> Option<JsValue> {
    if body.len() < PACK_ABOVE_BYTES || !js::has(&js_sys::global(), "CompressionStream") {
        return None;
    }
    let pair: web_sys::ReadableWritablePair = CompressionStream::new("gzip").ok()?.unchecked_into();
    let plain = Response::new_with_opt_str(Some(body)).ok()?.body()?;
    let packed = Response::new_with_opt_readable_stream(Some(&plain.pipe_through(&pair))).ok()?;
    let bytes = JsFuture::from(packed.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&bytes).into())
}

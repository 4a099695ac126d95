//! Replies of the API: JSON of our own content type, packed when the caller can unpack it.

use crate::error::{AppError, Why};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use http_body_util::BodyExt;
use serde::Serialize;
use std::io::Write;
use sync::{stamp, wire::CONTENT_TYPE};

/// Below this, packing saves nothing.
const WORTH_PACKING: usize = 1024;

/// A 200 with JSON.
#[derive(Debug)]
pub struct Reply<T>(pub T);

impl<T: Serialize> IntoResponse for Reply<T> {
    fn into_response(self) -> Response {
        written(serde_json::to_string(&self.0))
    }
}

/// The same with the hash of its own text: for what a device keeps. See `sync::stamp`.
#[derive(Debug)]
pub struct Stamped<T>(pub T);

impl<T: Serialize> IntoResponse for Stamped<T> {
    fn into_response(self) -> Response {
        written(serde_json::to_string(&self.0).map(stamp::stamped))
    }
}

fn written(text: serde_json::Result<String>) -> Response {
    match text {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text.into_bytes()).into_response(),
        Err(error) => {
            tracing::error!(%error, "a reply could not be written");
            AppError::from(Why::Broken).into_response()
        }
    }
}

/// Nobody keeps a copy of an API reply, and no cache answers in our place.
pub fn never_stored(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("*"));
}

pub fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let all = headers.get_all(header::ACCEPT_ENCODING);
    all.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        named && !refused
    })
}

/// Packs a JSON reply.
pub async fn pack(response: Response) -> Response {
    let is_ours = response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value == CONTENT_TYPE);
    if !is_ours {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(collected) = body.collect().await else { return AppError::from(Why::Broken).into_response() };
    let plain = collected.to_bytes();
    if plain.len() < WORTH_PACKING {
        return Response::from_parts(parts, Body::from(plain));
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::fast());
    match encoder.write_all(&plain).and_then(|()| encoder.finish()) {
        Ok(packed) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(packed))
        }
        Err(_) => Response::from_parts(parts, Body::from(plain)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_taken_unless_it_is_refused() {
        let check = |text: &'static str, encoding, expected| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
            assert_eq!(accepts(&headers, encoding), expected, "{text}");
        };
        check("gzip, deflate, br, zstd", "br", true);
        check("gzip;q=1.0, br;q=0", "br", false);
        check("GZIP", "gzip", true);
        check("identity", "gzip", false);
        check("brotli", "br", false);
    }
}

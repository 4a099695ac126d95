//! Reads a JSON body with a limit on what arrives and on what it unpacks to.

use super::unpack::{Refused, unpack};
use crate::error::{AppError, Why};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use std::time::Duration;
use sync::wire::CONTENT_TYPE;

/// Plenty for anything but a batch of events or a list.
pub const SMALL: usize = 64 * 1024;
/// A slow line may take this long for one body.
const PATIENCE: Duration = Duration::from_secs(60);

/// A JSON body of at most `MAX` bytes, packed and unpacked.
#[derive(Debug)]
pub struct Body<T, const MAX: usize = SMALL>(pub T);

impl<T: DeserializeOwned, S: Send + Sync, const MAX: usize> FromRequest<S> for Body<T, MAX> {
    type Rejection = AppError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, AppError> {
        let (parts, body) = request.into_parts();
        must_be_json(&parts.headers)?;
        let packed = is_packed(&parts.headers)?;
        let arrived = tokio::time::timeout(PATIENCE, Limited::new(body, MAX).collect());
        let arrived = match arrived.await {
            Err(_) => return Err(Why::TooSlow.into()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(Why::TooLarge.into()),
            Ok(Err(_)) => return Err(Why::BadRequest.into()),
            Ok(Ok(collected)) => collected.to_bytes(),
        };
        let bytes = if packed { unpack(&arrived, MAX).map_err(refused)?.into() } else { arrived };
        read(&bytes).map(Body)
    }
}

/// A limit that was passed and bytes that are no gzip are told apart.
fn refused(refused: Refused) -> AppError {
    match refused {
        Refused::Damaged => Why::BadRequest.into(),
        Refused::TooLarge => Why::TooLarge.into(),
    }
}

fn read<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, AppError> {
    serde_json::from_slice(bytes).map_err(|error| {
        // The position helps; the text of the error may quote what was sent.
        AppError::from(Why::BadJson).field(format!("line {} column {}", error.line(), error.column()))
    })
}

/// A form of another website cannot send these types without asking first.
fn must_be_json(headers: &HeaderMap) -> Result<(), AppError> {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = text.split(';').next().unwrap_or_default().trim();
    let known = ["application/json", CONTENT_TYPE].iter().any(|known| media.eq_ignore_ascii_case(known));
    if known { Ok(()) } else { Err(Why::NotJson.into()) }
}

fn is_packed(headers: &HeaderMap) -> Result<bool, AppError> {
    match headers.get(header::CONTENT_ENCODING).map(|value| value.as_bytes()) {
        None => Ok(false),
        Some(encoding) if encoding.eq_ignore_ascii_case(b"identity") => Ok(false),
        Some(encoding) if encoding.eq_ignore_ascii_case(b"gzip") => Ok(true),
        Some(_) => Err(Why::UnknownEncoding.into()),
    }
}

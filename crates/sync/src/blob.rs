//! Photos on their way: parts of fixed size from the place that the server names, so that a cut costs one part.
//! The address is the hash of the whole, so sending twice is free. Nothing is let go before `Complete`.

use crate::{
    hash::Hash,
    receipt::{self, Failure},
};
use std::ops::Range;

/// The longest edge that the app draws a photo with, in pixels; each build so far.
pub const LONGEST_EDGE: u32 = 1600;

/// Bytes of one part.
pub const PART_BYTES: u64 = 256 * 1024;
/// Where the next byte goes: in every answer, and with every part.
pub const OFFSET: &str = "upload-offset";
/// How many bytes it will be, with every part.
pub const LENGTH: &str = "upload-length";
/// `?1` in an answer when the server has the whole, verified and durable.
pub const IS_COMPLETE: &str = "upload-complete";
/// Echo of the hash in every answer about the photo: a page of a guest network does not know it. What is refused at the
/// door, before anybody looked at the photo, has only the content type of our answers.
pub const ECHO: &str = "x-noticed-blob";
/// SHA-256 of the part, and the device's signature over `proof`.
pub const PART_HASH: &str = "x-noticed-part";
pub const PROOF: &str = "x-noticed-proof";
pub const CONTENT_TYPE: &str = "application/offset+octet-stream";

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server has this many bytes.
    At(u64),
    /// A receipt: the whole is verified and durable.
    Complete,
    /// What was sent does not fit to what is there: ask where to go on.
    AskAgain,
    /// This photo is never taken.
    Refused,
    Failed(Failure),
}

/// The headers of an answer, as they came.
#[derive(Clone, Debug, Default)]
pub struct Headers {
    pub echo: Option<String>,
    pub offset: Option<String>,
    pub complete: Option<String>,
    pub content_type: Option<String>,
}

/// Reads an answer about the bytes with this hash and size.
pub fn read(sha256: &Hash, size: u64, status: u16, headers: &Headers) -> Answer {
    let knows_it = headers.echo.as_deref().and_then(|echo| echo.parse::<Hash>().ok()) == Some(*sha256);
    let is_ours = knows_it || receipt::is_ours(headers.content_type.as_deref());
    let failure = match status {
        200..=299 if !knows_it => Failure::NotOurs,
        200..=299 => {
            let offset = headers.offset.as_deref().and_then(|offset| offset.parse::<u64>().ok());
            return match (headers.complete.as_deref(), offset) {
                (Some("?1"), Some(offset)) if offset == size => Answer::Complete,
                (Some("?0"), Some(offset)) if offset <= size => Answer::At(offset),
                _ => Answer::Failed(Failure::Mismatch),
            };
        }
        409 if is_ours => return Answer::AskAgain,
        413 | 415 | 422 if knows_it => return Answer::Refused,
        // Only our service knows who is signed in here; 511 is how a captive portal asks for its own sign-in.
        401 | 403 | 409 | 511 if !is_ours => Failure::NotOurs,
        401 | 403 => Failure::SignIn,
        429 => Failure::Busy,
        status => Failure::Server(status),
    };
    Answer::Failed(failure)
}

/// The bytes to send next; `None` when all are there.
pub fn part(size: u64, offset: u64) -> Option<Range<u64>> {
    (offset < size).then(|| offset..size.min(offset.saturating_add(PART_BYTES)))
}

/// What a device signs with a part: it stands for these bytes at this place, and for nothing else.
pub fn proof(device: &str, sha256: &Hash, offset: u64, part: &Hash) -> Hash {
    let text = ["nm.blob.v1", device, &sha256.to_string(), &offset.to_string(), &part.to_string()].join("\n");
    Hash::of(&[text.as_bytes()])
}

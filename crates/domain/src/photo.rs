//! Photos of an event: what the event says of them. The bytes travel apart and are known by their hash.
//! Docs/decisions/027: `report`, `add_note` and `complete_action` take `photos`, which model.md does not have.

use crate::{
    event::{Author, Event},
    ids::EventId,
    time::Instant,
};
use serde_json::{Map, Value};

/// Most photos of one event.
pub const MOST: usize = 4;
/// Most bytes of one photo, after the device has made it small.
pub const MOST_BYTES: u64 = 1_000_000;
/// Most bytes of the small picture that stands for it in a list.
pub const MOST_THUMB_BYTES: u64 = 20_480;
/// The field that holds them.
pub const FIELD: &str = "photos";

const MOST_PIXELS: u64 = 10_000;

/// One photo, a JPEG, and its small picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    pub bytes: u64,
    /// Pixels.
    pub w: u32,
    pub h: u32,
    /// SHA-256 of the small picture.
    pub thumb: String,
    pub thumb_bytes: u64,
}

/// A photo on a record: whose it is, and with which event it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Photographed {
    pub photo: Photo,
    pub event: EventId,
    /// The action that it shows as done; none for a photo of what happened.
    pub action: Option<EventId>,
    pub by: Author,
    pub at: Instant,
}

impl Photo {
    /// `None` for anything that is not exactly a photo.
    pub fn read(value: &Value) -> Option<Photo> {
        let map = value.as_object().filter(|map| map.len() == 6)?;
        let hash = |name: &str| map.get(name)?.as_str().filter(|text| is_hash(text)).map(str::to_owned);
        let number =
            |name: &str, most: u64| map.get(name)?.as_u64().filter(|number| (1..=most).contains(number));
        let pixels = |name: &str| number(name, MOST_PIXELS).and_then(|number| u32::try_from(number).ok());
        Some(Photo {
            sha256: hash("sha256")?,
            bytes: number("bytes", MOST_BYTES)?,
            w: pixels("w")?,
            h: pixels("h")?,
            thumb: hash("thumb")?,
            thumb_bytes: number("thumb_bytes", MOST_THUMB_BYTES)?,
        })
    }

    /// As an event says it.
    pub fn to_value(&self) -> Value {
        let mut map = Map::new();
        let mut put = |name: &str, value: Value| drop(map.insert(name.to_owned(), value));
        put("sha256", self.sha256.as_str().into());
        put("bytes", self.bytes.into());
        put("w", self.w.into());
        put("h", self.h.into());
        put("thumb", self.thumb.as_str().into());
        put("thumb_bytes", self.thumb_bytes.into());
        Value::Object(map)
    }
}

/// A list of photos; `None` when one of them is none, or there are too many.
pub fn read_all(value: &Value) -> Option<Vec<Photo>> {
    let list = value.as_array().filter(|list| (1..=MOST).contains(&list.len()))?;
    list.iter().map(Photo::read).collect()
}

/// The photos that an event brings.
pub fn of(event: &Event) -> Vec<Photo> {
    event.with.get(FIELD).and_then(read_all).unwrap_or_default()
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|letter| matches!(letter, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn photo() -> Value {
        let (full, thumb) = ("a".repeat(64), "0".repeat(64));
        json!({ "sha256": full, "bytes": 300_000, "w": 1600, "h": 1200, "thumb": thumb, "thumb_bytes": 9_000 })
    }

    #[test]
    fn a_photo_reads_back_as_it_was_written() {
        let read = Photo::read(&photo()).expect("a photo");
        assert_eq!(read.to_value(), photo());
        assert_eq!(read_all(&json!([photo(), photo()])).map(|list| list.len()), Some(2));
    }

    #[test]
    fn anything_else_is_no_photo() {
        let check = |name: &str, value: Value| {
            let mut wrong = photo();
            wrong[name] = value;
            assert_eq!(Photo::read(&wrong), None, "{wrong}");
        };
        check("sha256", json!("A".repeat(64)));
        check("sha256", json!("../../etc/passwd"));
        check("bytes", json!(0));
        check("bytes", json!(1_000_001));
        check("w", json!(10_001));
        check("h", json!(-1));
        check("thumb", json!(null));
        check("thumb_bytes", json!(20_481));
        check("taken_at", json!("51.5074 N"));
        assert_eq!(read_all(&json!([])), None);
        assert_eq!(read_all(&json!(vec![photo(); 5])), None);
    }
}

//! The rescue file: what a device wrote, carried by hand when the app cannot start or cannot send.
//! `public/rescue.js` writes it, encrypted to the provider; only the provider's server opens it. See docs/rescue.md.
//!
//! | From | Bytes | What |
//! |---|---|---|
//! | 0 | 8 | `NMRESCUE` |
//! | 8 | 1 | version of the format: 1, or 2 with photos |
//! | 9 | 32 | for which provider: SHA-256 of its public point |
//! | 41 | 65 | public point made for this one file (P-256, uncompressed) |
//! | 106 | 12 | nonce |
//! | 118 | the rest | AES-256-GCM of the content, with the 118 bytes before it as additional data |
//!
//! The content is JSON. Version 2 has a zero byte behind it, and then the photos one after the other, each as long as
//! the list `photo` in the JSON says. A photo has no name: it is known by its hash, which an entry names.
//!
//! The key is HKDF-SHA-256 of the shared secret; its salt is the 118 bytes, its info [`INFO`].

use crate::{envelope::Signed, hash::Hash};
use domain::time::Instant;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

pub const MAGIC: &[u8; 8] = b"NMRESCUE";
/// The newest one.
pub const VERSION: u8 = 2;
pub const INFO: &[u8] = b"nm.rescue.v1";
const KEY_ID_BYTES: usize = 32;
pub const POINT_BYTES: usize = 65;
pub const NONCE_BYTES: usize = 12;
pub const HEAD_BYTES: usize = 8 + 1 + KEY_ID_BYTES + POINT_BYTES + NONCE_BYTES;
const TAG_BYTES: usize = 16;
/// A device that wrote every day for years stays far below.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// Entries, letters, drafts and photos together.
pub const MAX_ROWS: usize = 20_000;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RescueError {
    #[error("This is not a rescue file of Noticed.")]
    NotOne,
    #[error("A newer version of Noticed made this file. Update the server, then try again.")]
    Newer,
    #[error("This file is too large to be a rescue file.")]
    TooLarge,
    #[error("This file was changed or cut short on its way. Make it again on the device.")]
    Damaged,
}

/// A file that is still encrypted, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked<'a> {
    /// Everything before the encrypted part.
    pub head: &'a [u8; HEAD_BYTES],
    /// For which provider: see [`key_id`].
    pub key: Hash,
    pub point: &'a [u8],
    pub nonce: [u8; NONCE_BYTES],
    /// With the tag at its end.
    pub sealed: &'a [u8],
}

impl<'a> Locked<'a> {
    /// # Errors  `NotOne`, `Newer`, `TooLarge`, or `Damaged` for one that is cut short.
    pub fn read(file: &'a [u8]) -> Result<Locked<'a>, RescueError> {
        if !file.starts_with(MAGIC) {
            return Err(RescueError::NotOne);
        }
        if file.len() > MAX_FILE_BYTES {
            return Err(RescueError::TooLarge);
        }
        if file.get(MAGIC.len()).is_some_and(|version| !is_known(u32::from(*version))) {
            return Err(RescueError::Newer);
        }
        let (head, sealed) = file.split_first_chunk::<HEAD_BYTES>().ok_or(RescueError::Damaged)?;
        if sealed.len() < TAG_BYTES {
            return Err(RescueError::Damaged);
        }
        let (_, rest) = head.split_at(MAGIC.len() + 1);
        let (key, rest) = rest.split_first_chunk::<KEY_ID_BYTES>().ok_or(RescueError::Damaged)?;
        let (point, nonce) = rest.split_at(POINT_BYTES);
        let nonce = nonce.try_into().map_err(|_| RescueError::Damaged)?;
        Ok(Locked { head, key: Hash::from_bytes(*key), point, nonce, sealed })
    }
}

fn is_known(version: u32) -> bool {
    (1..=u32::from(VERSION)).contains(&version)
}

/// Names the key of a provider: SHA-256 of its public point.
pub fn key_id(point: &[u8]) -> Hash {
    Hash::of(&[point])
}

/// What was in the file. What cannot be read in it is counted, and hinders nothing else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rescue {
    /// The clock of the device.
    pub made_at: Option<Instant>,
    pub events: Vec<Rescued>,
    /// Reports without a name, as the device kept them.
    pub letters: Vec<Value>,
    /// Reports that were not finished, as the device kept them.
    pub drafts: Vec<Value>,
    /// Bytes of photos and small pictures.
    pub photos: Vec<Vec<u8>>,
    pub unreadable: usize,
}

/// An event as the device kept it: word for word what it would have sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    /// The device, as the place in its chain says.
    pub device: String,
    pub epoch: u32,
    pub signed: Signed,
}

/// How a row of the device's store stands in the file.
#[derive(Deserialize)]
struct Row {
    value: Value,
}

#[derive(Deserialize)]
struct File {
    noticed_rescue: u32,
    #[serde(default, deserialize_with = "if_readable")]
    made_at: Option<Instant>,
    #[serde(default)]
    event: Vec<Row>,
    #[serde(default)]
    letter: Vec<Row>,
    #[serde(default)]
    draft: Vec<Row>,
    /// How many bytes each photo has.
    #[serde(default)]
    photo: Vec<u64>,
}

#[derive(Deserialize)]
struct EventRow {
    slot: String,
    bytes: String,
    sig: String,
}

impl Rescue {
    /// # Errors  `Damaged` for no JSON of this form; `Newer`; `TooLarge` for more rows than any device has.
    pub fn read(content: &[u8]) -> Result<Rescue, RescueError> {
        let mut both = content.splitn(2, |byte| *byte == 0);
        let (json, photos) = (both.next().unwrap_or_default(), both.next().unwrap_or_default());
        let file: File = serde_json::from_slice(json).map_err(|_| RescueError::Damaged)?;
        if !is_known(file.noticed_rescue) {
            return Err(RescueError::Newer);
        }
        if file.event.len() + file.letter.len() + file.draft.len() + file.photo.len() > MAX_ROWS {
            return Err(RescueError::TooLarge);
        }
        let mut rescue = Rescue { made_at: file.made_at, ..Rescue::default() };
        for row in file.event {
            rescue.take(event(row.value), |rescue| &mut rescue.events);
        }
        for row in file.letter {
            rescue.take(kept_text(row.value), |rescue| &mut rescue.letters);
        }
        for row in file.draft {
            rescue.take(kept_text(row.value), |rescue| &mut rescue.drafts);
        }
        let mut rest = photos;
        for size in file.photo {
            let cut = usize::try_from(size).ok().and_then(|size| rest.split_at_checked(size));
            rest = cut.map_or(&[], |(_, after)| after);
            rescue.take(cut.map(|(photo, _)| photo.to_vec()), |rescue| &mut rescue.photos);
        }
        Ok(rescue)
    }

    fn take<T>(&mut self, found: Option<T>, list: impl FnOnce(&mut Self) -> &mut Vec<T>) {
        match found {
            Some(found) => list(self).push(found),
            None => self.unreadable += 1,
        }
    }
}

fn event(value: Value) -> Option<Rescued> {
    let EventRow { slot, bytes, sig } = serde_json::from_value(value).ok()?;
    // `device/epoch/dseq/branch`, see the layout of the device's store.
    let mut parts = slot.rsplitn(4, '/').skip(2);
    let epoch = parts.next()?.parse().ok()?;
    let device = parts.next()?.to_owned();
    Some(Rescued { device, epoch, signed: Signed { bytes, sig } })
}

/// The store keeps JSON as text.
fn kept_text(value: Value) -> Option<Value> {
    match value {
        Value::String(text) => serde_json::from_str(&text).ok(),
        _ => None,
    }
}

fn if_readable<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Instant>, D::Error> {
    let value = Value::deserialize(input)?;
    Ok(serde_json::from_value(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn file(sealed: usize) -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        file.push(VERSION);
        file.extend((0..HEAD_BYTES - 9 + sealed).map(|at| at as u8));
        file
    }

    #[test]
    fn a_file_is_taken_apart_where_the_table_says() {
        let file = file(20);
        let locked = Locked::read(&file).expect("whole");
        assert_eq!((locked.key.as_bytes()[31], locked.point.len()), (31, POINT_BYTES));
        assert_eq!((locked.point[0], locked.nonce[0], locked.sealed.len()), (32, 97, 20));
        assert_eq!(Locked::read(&file[..HEAD_BYTES + 3]), Err(RescueError::Damaged));
        assert_eq!(Locked::read(&file[..40]), Err(RescueError::Damaged));
        assert_eq!(Locked::read(b"{\"noticed_rescue\":1}"), Err(RescueError::NotOne));
        let mut newer = file.clone();
        newer[8] = VERSION + 1;
        assert_eq!(Locked::read(&newer), Err(RescueError::Newer));
        let mut large = file;
        large.resize(MAX_FILE_BYTES + 1, 0);
        assert_eq!(Locked::read(&large), Err(RescueError::TooLarge));
    }

    #[test]
    fn one_row_that_cannot_be_read_hinders_no_other() {
        let text = json!({
            "noticed_rescue": 1,
            "made_at": "yesterday",
            "event": [
                { "key": 1, "value": { "slot": "d-1/2/000000000003/0", "bytes": "{}", "sig": "s", "hash": "h" } },
                { "key": 2, "value": { "slot": "d-1", "bytes": "{}", "sig": "s" } },
                { "key": 3, "value": null },
            ],
            "letter": [{ "key": "k", "value": "{\"key\":\"k\"}" }, { "key": "l", "value": "{" }],
        });
        let rescue = Rescue::read(text.to_string().as_bytes()).expect("read");
        let signed = Signed { bytes: "{}".into(), sig: "s".into() };
        assert_eq!(rescue.events, [Rescued { device: "d-1".into(), epoch: 2, signed }]);
        assert_eq!((rescue.letters.len(), rescue.drafts.len(), rescue.unreadable), (1, 0, 3));
        assert_eq!(rescue.made_at, None);
        assert_eq!(Rescue::read(br#"{"noticed_rescue":3}"#), Err(RescueError::Newer));
        assert_eq!(Rescue::read(b"[]"), Err(RescueError::Damaged));
    }

    #[test]
    fn photos_stand_behind_the_words_as_long_as_the_words_say() {
        let file = |json: &[u8], photos: &[u8]| [json, b"\0", photos].concat();
        let photos = |file: &[u8]| {
            let rescue = Rescue::read(file).expect("read");
            (rescue.photos, rescue.unreadable)
        };
        let two = br#"{"noticed_rescue":2,"photo":[3,4]}"#;
        assert_eq!(photos(&file(two, b"\0bcdefg")), (vec![b"\0bc".to_vec(), b"defg".to_vec()], 0));
        assert_eq!(photos(&file(two, b"abcde")), (vec![b"abc".to_vec()], 1), "cut short");
        assert_eq!(photos(two), (vec![], 2), "none of them came");
        let huge = br#"{"noticed_rescue":2,"photo":[18446744073709551615,0]}"#;
        assert_eq!(photos(&file(huge, b"abc")), (vec![vec![]], 1));
        assert_eq!(photos(br#"{"noticed_rescue":1}"#), (vec![], 0), "as an older page wrote it");
    }

    #[test]
    fn more_rows_than_a_device_has_are_refused() {
        let rows = vec![json!({ "value": null }); MAX_ROWS + 1];
        let text = json!({ "noticed_rescue": 1, "event": rows }).to_string();
        assert_eq!(Rescue::read(text.as_bytes()), Err(RescueError::TooLarge));
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300), ours in any::<bool>()) {
            let file = if ours { [MAGIC.as_slice(), &[VERSION], &bytes].concat() } else { bytes };
            let locked = Locked::read(&file);
            prop_assert_eq!(locked.is_ok(), ours && file.len() >= HEAD_BYTES + TAG_BYTES);
            prop_assert!(Rescue::read(&file).is_err());
        }
    }
}

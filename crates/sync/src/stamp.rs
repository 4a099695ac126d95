//! A reply carries the hash of its own text, so that not one letter of it can change on the way unnoticed.
//! Without this a page of rows with one changed letter is still JSON, and stays on the device for good.

use crate::hash::Hash;

const START: &[u8] = b",\"digest\":\"";
const END: &[u8] = b"\"}";
const DIGITS: usize = 64;

/// Adds the hash as the last field. `text` is the JSON of an object that has fields.
pub fn stamped(mut text: String) -> String {
    if text.pop() != Some('}') {
        return text;
    }
    let hash = of(text.as_bytes());
    text.push_str(",\"digest\":\"");
    text.push_str(&hash.to_string());
    text.push_str("\"}");
    text
}

/// Whether the text is the one that was stamped; a reply of an older server has no stamp, and is taken as it is.
pub fn is_whole(body: &[u8]) -> bool {
    fits(body).unwrap_or(true)
}

/// The same where a stamp is needed: for what takes something away from a device.
pub fn is_stamped(body: &[u8]) -> bool {
    fits(body).unwrap_or(false)
}

/// Whether the stamp is that of the text; `None` without a stamp.
fn fits(body: &[u8]) -> Option<bool> {
    let at = body.len().checked_sub(START.len() + DIGITS + END.len())?;
    let (text, stamp) = body.split_at(at);
    let digits = stamp.strip_prefix(START)?.strip_suffix(END)?;
    Some(std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()) == Some(of(text)))
}

fn of(text: &[u8]) -> Hash {
    Hash::of(&[b"nm.reply.v1", text])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REPLY: &str = r#"{"next":12,"rows":[{"note":"word"}]}"#;

    #[test]
    fn a_stamp_is_one_more_field_and_an_older_reply_has_none() {
        let stamped = stamped(REPLY.to_owned());
        let read: serde_json::Value = serde_json::from_str(&stamped).expect("JSON");
        assert_eq!((read["next"].as_u64(), read["digest"].as_str().map(str::len)), (Some(12), Some(DIGITS)));
        assert!(is_whole(stamped.as_bytes()) && is_whole(REPLY.as_bytes()) && is_whole(b""));
        assert!(is_stamped(stamped.as_bytes()) && !is_stamped(REPLY.as_bytes()) && !is_stamped(b""));
    }

    proptest! {
        #[test]
        fn f52_one_changed_letter_of_a_reply_shows(place in 0..REPLY.len(), letter in 0x20_u8..0x7f) {
            let mut bytes = stamped(REPLY.to_owned()).into_bytes();
            // The last letter of the text is part of the stamp.
            let place = place.min(REPLY.len() - 2);
            prop_assume!(bytes[place] != letter);
            bytes[place] = letter;
            prop_assert!(!is_whole(&bytes));
        }
    }
}

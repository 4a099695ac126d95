//! The bytes of an event are frozen: what version 1 wrote is readable for ever, and written the same.

use crate::support::at;
use domain::event::{Author, Fields};
use serde_json::json;
use sync::{BlobRef, Envelope, EnvelopeError, Hash, Signed};

/// Never edit this text. A new envelope version gets its own beside it.
const GOLDEN: &str = include_str!("golden/event_v1.json");
/// `printf nm.event.v1 | cat - event_v1.json`, without the last line feed, through `sha256sum`.
const GOLDEN_HASH: &str = "21957d8e0551497b2e8571bd458f2b3d6b55e62caf1f5b6eeac24b51be654379";

fn golden() -> Envelope {
    let fields = json!({
        "count": 2,
        "kinds": ["medication", "handover"],
        "what": "Zażółć 😀 \"quoted\" back\\slash\nnew line",
    });
    let photo =
        BlobRef { sha256: Hash::of(&[b"abc"]), len: 81_234, mime: "image/jpeg".to_owned(), w: 1280, h: 960 };
    Envelope {
        v: 1,
        id: "0190f5a0-0000-7000-8000-000000000001".into(),
        tenant: "willow-care".to_owned(),
        site: "willow-house".into(),
        record: Some("0190f5a0-0000-7000-8000-000000000002".into()),
        device: "phone-a".into(),
        epoch: 1,
        dseq: 2,
        prev: Hash::of_event("{}"),
        actor: "ada".to_owned(),
        attested: true,
        kind: "report".to_owned(),
        kschema: 1,
        seen: 0,
        recorded_at: at("2026-11-23T14:05:06.789Z"),
        offset_ms: Some(-1500),
        hlc: "116759962306379776".to_owned(),
        payload: fields.as_object().cloned().unwrap_or_default().into(),
        blobs: vec![photo],
    }
}

#[test]
fn the_bytes_of_version_1_are_frozen() {
    let sealed = golden().seal().expect("sealed");
    assert_eq!(sealed.bytes, GOLDEN.trim_end());
    assert_eq!(sealed.hash.to_string(), GOLDEN_HASH);
}

#[test]
fn an_old_event_still_opens() {
    assert_eq!(Envelope::open(GOLDEN.trim_end()), Ok(golden()));
}

#[test]
fn the_domain_sees_what_was_written() {
    let event = golden().event();
    assert_eq!(event.by, Author::Staff("ada".into()));
    assert_eq!((event.verb.as_str(), event.seen, event.offset_ms), ("report", 0, Some(-1500)));
    assert_eq!(event.with, golden().payload);
    assert_eq!(event.device_time, at("2026-11-23T14:05:06.789Z"));
}

#[test]
fn what_is_absent_is_written_as_null_and_reads_back() {
    let bare =
        Envelope { record: None, offset_ms: None, payload: Fields::default(), blobs: vec![], ..golden() };
    let bytes = bare.seal().expect("sealed").bytes;
    assert!(bytes.contains(r#""record":null"#) && bytes.contains(r#""offset_ms":null"#));
    assert_eq!(Envelope::open(&bytes), Ok(bare));
}

#[test]
fn a_newer_envelope_is_told_apart_from_rubbish() {
    let newer = GOLDEN.replacen(r#""v":1"#, r#""v":2"#, 1);
    assert_eq!(Envelope::open(&newer), Err(EnvelopeError::Newer(2)));
    assert_eq!(Envelope::open(r#"{"v":9,"entirely":"other"}"#), Err(EnvelopeError::Newer(9)));
    for rubbish in ["", "null", "[]", "<html>", r#"{"v":1}"#, &GOLDEN[..200]] {
        assert!(matches!(Envelope::open(rubbish), Err(EnvelopeError::Unreadable(_))), "{rubbish}");
    }
}

#[test]
fn a_field_that_we_do_not_know_does_not_stop_reading() {
    let more = GOLDEN.replacen(r#""seen":0"#, r#""seen":0,"weather":"rain""#, 1);
    assert_eq!(Envelope::open(&more), Ok(golden()));
}

#[test]
fn an_entry_that_could_never_be_sent_is_refused_at_once() {
    let long = json!({ "text": "a".repeat(33_000) });
    let long = Envelope { payload: long.as_object().cloned().unwrap_or_default().into(), ..golden() };
    assert!(matches!(long.seal(), Err(EnvelopeError::TooLong { bytes }) if bytes > 33_000));
}

#[test]
fn a_signed_event_is_hashed_from_its_bytes() {
    let sealed = golden().seal().expect("sealed");
    let signed = sealed.clone().signed("c2ln".to_owned());
    assert_eq!(signed.hash(), sealed.hash);
    let touched = Signed { bytes: signed.bytes.replace("ada", "bob"), ..signed };
    assert_ne!(touched.hash(), sealed.hash);
}

/// The last Sundays of March and October: the hour that is missing in London, and the hour that comes twice.
#[test]
fn f63_a_time_around_a_clock_change_is_the_same_however_often_it_is_saved() {
    let around = ["2026-03-29T00:30Z", "2026-03-29T01:00Z", "2026-10-25T00:30Z", "2026-10-25T01:30Z"];
    for time in around {
        let mut envelope = golden();
        envelope.recorded_at = at(time);
        let first = envelope.seal().expect("sealed");
        for _ in 0..5 {
            let again = Envelope::open(&first.bytes).expect("opened");
            assert_eq!(again.recorded_at, at(time), "{time}");
            assert_eq!(again.seal().expect("sealed").hash, first.hash, "{time}");
        }
    }
    let hour = |time: &str| domain::time::london_hour(at(time));
    assert_eq!((hour(around[0]), hour(around[1])), (0, 2), "no half past one in March");
    assert_eq!((hour(around[2]), hour(around[3])), (1, 1), "half past one comes twice in October");
}

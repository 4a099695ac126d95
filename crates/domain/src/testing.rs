//! What tests of the fold share: an event that was accepted, though no check was asked.
//! Where the checks matter, `patterns::tests::Home` writes and judges as people and the server do.

use crate::{
    event::{Event, Judgement, Outcome, Received},
    time::Instant,
};
use serde_json::Value;

/// Done by Sean to record `r` at Elm House, and received at once as the `number`th event.
/// A test changes what it is about.
pub(crate) fn received(number: u32, verb: &str, at: Instant, with: Value) -> Received {
    let event = Event {
        id: format!("e{number}").into(),
        verb: verb.into(),
        site: "elm".into(),
        record: Some("r".into()),
        by: "sean".into(),
        device: "phone".into(),
        with: with.as_object().cloned().unwrap_or_default().into(),
        seen: 0,
        device_time: at,
        offset_ms: Some(0),
    };
    let judgement = Judgement {
        seq: u64::from(number),
        received_at: at,
        offset_ms: 0,
        corrected_at: at,
        version: Some(number),
        result: Outcome::Applied,
        code: None,
        marks: Vec::new(),
        deliveries: 1,
        second: None,
        author_away: false,
        words_gone: None,
    };
    Received { event, judgement }
}

//! What the tests of this folder share: a register with one record `r`.

use crate::{
    directory::Directory,
    event::{Event, Judgement, Outcome, Received},
    register::Register,
    time::parse_instant,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// All written by one author: a staff code, `hidden` or `anonymous`.
pub(super) fn register(events: &[(&str, Value)], by: &str) -> Register {
    let at = parse_instant("2026-06-11T08:00+01:00").expect("a time");
    let mut register = Register::new(Arc::new(Directory::default()));
    for (number, (verb, with)) in (1..).zip(events) {
        let event = Event {
            id: format!("e{number}").into(),
            verb: (*verb).into(),
            site: "elm".into(),
            record: Some("r".into()),
            by: by.into(),
            device: "phone".into(),
            with: with.as_object().cloned().unwrap_or_default(),
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
        };
        register.take(Arc::new(Received { event, judgement }));
    }
    register
}

/// A wrong dose that did not reach anybody, with more fields.
pub(super) fn report(more: Value) -> (&'static str, Value) {
    let mut with = json!({"category": "medication", "happened": "something_happened", "reached": "no", "error_type": "wrong_dose"});
    for (name, value) in more.as_object().into_iter().flatten() {
        with[name] = value.clone();
    }
    ("report", with)
}

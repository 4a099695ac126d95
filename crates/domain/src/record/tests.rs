//! What the tests of this folder share: a register with one record `r`.

use crate::{register::Register, testing::received, time::parse_instant};
use serde_json::{Value, json};
use std::sync::Arc;

/// All written by one author: a staff code, `hidden` or `anonymous`.
pub(super) fn register(events: &[(&str, Value)], by: &str) -> Register {
    let at = parse_instant("2026-06-11T08:00+01:00").expect("a time");
    let mut register = Register::default();
    for (number, (verb, with)) in (1..).zip(events) {
        let mut received = received(number, verb, at, with.clone());
        received.event.by = by.into();
        register.take(Arc::new(received));
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

#[test]
fn a_decision_carries_that_its_author_was_away_when_it_arrived() {
    let at = parse_instant("2026-06-11T08:00+01:00").expect("a time");
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    let mut register = Register::default();
    let events = [report(json!({})), ("review_risk", risk.clone()), ("review_risk", risk)];
    for (number, (verb, with)) in (1..).zip(events) {
        let mut received = received(number, verb, at, with);
        received.judgement.author_away = number == 2;
        register.take(Arc::new(received));
    }
    let record = register.record("r").expect("the record");
    let away: Vec<bool> = record.decisions.iter().map(|decision| decision.author_away).collect();
    assert_eq!(away, [true, false]);
}

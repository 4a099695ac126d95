//! The rules of this category, by example.

use super::SPEC;
use crate::{
    category::tests::{check_kind, facts},
    record::{Kind, UrgentReason},
};
use serde_json::{Value, json};

fn with(more: Value) -> Value {
    let mut fields = json!({"category": "behaviour", "happened": "something_happened", "reached": "no", "hands_on": "no", "behaviour_type": "throwing", "triggers": ["noise"]});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    fields
}

#[test]
fn holding_somebody_comes_before_every_other_fact() {
    check_kind(with(json!({})), Kind::NearMiss);
    check_kind(with(json!({"hands_on": "yes"})), Kind::RestrictivePractice);
    check_kind(with(json!({"hands_on": "yes", "happened": "nothing_yet"})), Kind::RestrictivePractice);
    check_kind(with(json!({"hands_on": "yes", "reached": "yes", "harm": "some"})), Kind::RestrictivePractice);
}

#[test]
fn a_kind_of_restriction_contradicts_that_nobody_was_held() {
    let contradicts = |more| (SPEC.rules.contradicts)(&facts(with(more)));
    assert!(contradicts(json!({"restrictive_types": ["physical"]})));
    assert!(!contradicts(json!({"restrictive_types": []})));
    assert!(!contradicts(json!({"hands_on": "yes", "restrictive_types": ["physical"]})));
}

#[test]
fn police_make_it_urgent() {
    let urgent = |more| (SPEC.rules.urgent)(&facts(with(more)));
    assert_eq!(urgent(json!({"outcome": "police_called"})), Some(UrgentReason::PoliceCalled));
    assert_eq!(urgent(json!({"outcome": "settled_alone"})), None);
}

#[test]
fn only_incidents_and_restriction_count_before_they_are_confirmed() {
    let in_play = SPEC.rules.in_play_unconfirmed;
    assert!(SPEC.needs_confirmation);
    assert!(in_play(Kind::Incident) && in_play(Kind::RestrictivePractice));
    assert!(!in_play(Kind::NearMiss) && !in_play(Kind::Hazard) && !in_play(Kind::NoHarmIncident));
    assert!(!in_play(Kind::Unclassified));
}

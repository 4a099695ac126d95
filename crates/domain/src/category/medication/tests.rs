//! The rules of this category, by example.

use super::{ERROR_TYPE, SPEC};
use crate::{
    category::tests::{check_kind, facts},
    record::Kind,
};
use serde_json::json;

#[test]
fn a_missed_dose_has_always_reached_the_person() {
    let with = |reached: &str, harm: Option<&str>| json!({"category": "medication", "happened": "something_happened", "reached": reached, "harm": harm, "error_type": "omitted"});
    check_kind(with("no", None), Kind::Unclassified);
    check_kind(with("no", Some("none")), Kind::NoHarmIncident);
    check_kind(with("unsure", Some("some")), Kind::Incident);
    assert_eq!(facts(with("no", None)).code("reached"), Some("yes"));
}

#[test]
fn a_dose_nearly_missed_is_a_near_miss() {
    check_kind(
        json!({"category": "medication", "happened": "something_happened", "reached": "no", "error_type": "nearly_omitted"}),
        Kind::NearMiss,
    );
}

#[test]
fn a_missed_dose_cannot_be_something_that_has_not_happened() {
    let contradicts = |with| (SPEC.rules.contradicts)(&facts(with));
    assert!(contradicts(
        json!({"category": "medication", "happened": "nothing_yet", "error_type": "omitted"})
    ));
    assert!(!contradicts(
        json!({"category": "medication", "happened": "nothing_yet", "error_type": "nearly_omitted"})
    ));
}

#[test]
fn national_codes_follow_the_kind_and_the_error() {
    let check = |with, ncc_merp, pir| {
        let national = facts(with).national();
        assert_eq!((national.ncc_merp, national.pir), (ncc_merp, pir));
    };
    let base = |happened: &str, reached: Option<&str>, harm: Option<&str>, error: &str| json!({"category": "medication", "happened": happened, "reached": reached, "harm": harm, "error_type": error});
    check(base("nothing_yet", None, None, "mar_gap"), Some("A"), Some("wrongly_recorded"));
    check(
        base("something_happened", Some("no"), None, "wrong_dose"),
        Some("B"),
        Some("too_little_or_too_much"),
    );
    check(
        base("something_happened", Some("yes"), Some("none"), "allergy"),
        Some("C_or_worse"),
        Some("wrong_medicine"),
    );
    check(
        base("something_happened", Some("yes"), Some("some"), "omitted"),
        Some("E_or_worse"),
        Some("missed"),
    );
    check(base("something_happened", Some("unsure"), None, "other"), None, Some("incorrect_manner"));
}

#[test]
fn every_error_type_has_a_category_of_the_provider_return() {
    assert!(
        ERROR_TYPE
            .codes
            .iter()
            .all(|error| error.fact("pir").is_some_and(|pir| super::PIR_CATEGORY.has(pir)))
    );
}

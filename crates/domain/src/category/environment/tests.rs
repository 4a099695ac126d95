//! The rules of this category, by example.

use super::{HAZARD, SPEC};
use crate::{
    category::{
        QuestionKind,
        tests::{check_kind, facts},
    },
    record::Kind,
};
use serde_json::json;

#[test]
fn a_danger_seen_in_time_is_a_hazard_and_one_stopped_in_time_a_near_miss() {
    check_kind(
        json!({"category": "environment", "happened": "nothing_yet", "hazard": "lighting"}),
        Kind::Hazard,
    );
    check_kind(
        json!({"category": "environment", "happened": "something_happened", "reached": "no", "hazard": "hoist"}),
        Kind::NearMiss,
    );
}

#[test]
fn only_a_sling_softens_the_question_about_lifting_equipment() {
    let softens = |hazard: &str, question| {
        (SPEC.rules.softens)(&facts(json!({"category": "environment", "hazard": hazard})), question)
    };
    assert!(softens("sling", "lifting_equipment"));
    assert!(!softens("hoist", "lifting_equipment"));
    assert!(!softens("sling", "product_fault"));
}

#[test]
fn medication_codes_do_not_apply() {
    let national =
        facts(json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist"})).national();
    assert_eq!((national.ncc_merp, national.pir), (None, None));
}

#[test]
fn nearly_every_hazard_is_reached_without_the_whole_list() {
    let what = SPEC.question("what").unwrap();
    let QuestionKind::One { tiles, .. } = what.kind else { panic!("one answer") };
    let apart: Vec<_> = HAZARD
        .codes
        .iter()
        .map(|hazard| hazard.code)
        .filter(|code| !tiles.iter().any(|tile| tile.opens.contains(code)))
        .collect();
    assert_eq!(apart, ["it_outage", "other"]);
}

#[test]
fn equipment_is_asked_for_every_hazard_that_is_lifting_equipment() {
    let equipment = SPEC.question("equipment").unwrap();
    for hazard in HAZARD.codes {
        if hazard.fact("lifting_equipment").is_some() || hazard.fact("accessory").is_some() {
            assert!(equipment.when.contains(&("hazard", hazard.code)), "{}", hazard.code);
        }
    }
}

//! The words fit the codes of the domain, and each other.

use super::*;
use crate::seed::{board, year};
use domain::{
    category::CATEGORIES,
    patterns::RULES,
    vocabulary::{CONTROL_STRENGTH, EVIDENCE_SOURCE, FACTOR, VERDICT},
};

fn words() -> Words {
    Words::read().expect("the words")
}

#[test]
fn each_thing_is_a_subtype_or_a_trigger_and_each_category_ends_with_what_fits_all() {
    let words = words();
    for spec in CATEGORIES {
        let of: Vec<&Thing> = words.things.iter().filter(|thing| thing.category == spec.id).collect();
        assert!(of.last().is_some_and(|thing| thing.of.is_empty()), "{}", spec.id);
        for thing in of {
            let triggers = &domain::category::behaviour::BEHAVIOUR_TRIGGER;
            let known = |code: &String| spec.subtypes.has(code) || triggers.has(code);
            assert!(thing.of.iter().all(known), "{:?}", thing.of);
            assert!(thing.plans.len() >= 3 && thing.thanks.len() >= 2, "{:?}", thing.of);
            assert!(thing.plans.iter().all(|(_, strength)| CONTROL_STRENGTH.has(strength)), "{:?}", thing.of);
        }
    }
}

#[test]
fn every_code_in_the_words_is_known() {
    let words = words();
    for (name, category) in &words.categories {
        assert!(CATEGORIES.iter().any(|spec| spec.id == name), "{name}");
        assert!(category.factors.iter().all(|code| FACTOR.has(code)), "{name}");
        assert!(category.shown_by.iter().all(|code| EVIDENCE_SOURCE.has(code)), "{name}");
        for (strength, evidence) in &category.evidence {
            assert!(CONTROL_STRENGTH.has(strength) && evidence.iter().all(|code| EVIDENCE_SOURCE.has(code)));
        }
        for list in [&category.no_action, &category.waiting, &category.weak] {
            assert!(list.len() >= 2, "{name}");
        }
    }
    assert!(words.results.keys().all(|code| VERDICT.has(code) || code == "carried_on"));
    for rule in &RULES {
        assert!(words.alerts.get(rule.rule.code()).is_some_and(|reasons| reasons.len() >= 2));
    }
}

#[test]
fn a_tale_is_of_a_thread_that_works_or_of_a_plan_that_its_thing_has() {
    let words = words();
    let threads = year::threads().expect("the threads");
    for tale in board::tales().expect("the tales") {
        match (&tale.thread, &tale.action) {
            (Some(name), None) => {
                let thread = threads.iter().find(|thread| thread.name == *name).expect("a thread");
                assert!(thread.site == tale.site && thread.changed_in == tale.from_month, "{name}");
            }
            (None, Some(action)) => {
                let planned =
                    words.things.iter().flat_map(|thing| &thing.plans).any(|(text, _)| text == action);
                assert!(planned && tale.subtype.is_some(), "{action}");
            }
            other => panic!("{other:?}"),
        }
    }
}

//! The examples for "show me one all the way through": picked by rule, so that nobody can choose a pretty one.

use crate::{request::Request, selection::Selection, story::strongest};
use domain::{
    category::CATEGORIES,
    ids::RecordId,
    learning,
    record::{Kind, Record},
    register::Register,
    vocabulary::CONTROL_STRENGTH,
};

/// The rule, as the pack says it.
pub const RULE: &str = "Picked by rule, one of each category: near misses and dangers before what reached somebody; then \
                        those that went the whole way (decided, an action done, a result measured, the reporter told); \
                        then those with a better result that has not come back; then the higher risk; then the \
                        stronger action; then the one for which most is written; then the newest. Where something came \
                        back after it was put right, one such record stands last and says so.";

/// The examples of a request in their order, for a page that asks about them before the pack is made.
pub fn examples_of(register: &Register, request: &Request) -> Vec<RecordId> {
    let tells = !request.kind.is_coded_only() && !request.kind.is_about_one();
    if tells { examples(&Selection::of(register, request)) } else { Vec::new() }
}

/// One record for each category that has any, one that did not last, then the records that were asked for.
pub(crate) fn examples(selection: &Selection<'_>) -> Vec<RecordId> {
    let register = selection.register;
    let best = |spec: &domain::category::CategorySpec| {
        let of_category = selection.records.iter().filter(|record| record.facts.category() == spec.id);
        of_category.max_by_key(|record| rank(record, register)).copied()
    };
    let mut picked: Vec<&Record> = CATEGORIES.into_iter().filter_map(best).collect();
    // Stable: those that lasted keep the order of their categories and come first.
    picked.sort_by_key(|record| did_not_last(record, register));
    if !picked.last().is_some_and(|record| did_not_last(record, register)) {
        let came_back = selection.records.iter().filter(|record| did_not_last(record, register));
        picked.extend(came_back.max_by_key(|record| rank(record, register)).copied());
    }
    let mut picked: Vec<RecordId> = picked.into_iter().map(|record| record.id.clone()).collect();
    for asked in &selection.request.examples {
        if selection.has(asked) && !picked.contains(asked) {
            picked.push(asked.clone());
        }
    }
    picked
}

/// The same happened again after it was put right.
pub(crate) fn did_not_last(record: &Record, register: &Register) -> bool {
    !learning::came_back(record, register).is_empty()
}

fn rank(record: &Record, register: &Register) -> impl Ord + use<> {
    let strength = strongest(record).map_or(0, |action| {
        let weakest = CONTROL_STRENGTH.codes.len();
        weakest - CONTROL_STRENGTH.position(&action.strength).unwrap_or(weakest)
    });
    (
        record.is_in_play() && matches!(record.kind, Kind::Hazard | Kind::NearMiss),
        went_the_whole_way(record),
        learning::is_better(record, register),
        record.band(),
        strength,
        completeness(record),
        record.facts.occurred_at(),
        record.arrival,
    )
}

/// Decided, put right, measured, and the reporter knows.
fn went_the_whole_way(record: &Record) -> bool {
    record.notification().is_some()
        && record.actions.iter().any(|action| action.done.is_some())
        && record.outcome().is_some_and(|review| review.verdict != "too_early")
        && !record.told.is_empty()
}

/// How much of what can be written is written.
fn completeness(record: &Record) -> usize {
    let outcome = record.outcome();
    let written = [
        record.risk().is_some_and(|review| !review.factors.is_empty()),
        record.risk().is_some_and(|review| !review.note.trim().is_empty()),
        record.notification().is_some_and(|decision| !decision.reason.trim().is_empty()),
        record.unsent_bodies().next().is_none(),
        record.actions.iter().any(|action| action.verified.is_some()),
        record.actions.iter().all(|action| action.late_days() == Some(0)),
        outcome.is_some_and(|review| review.baseline.count > 0.0),
        outcome.is_some_and(|review| review.evidence.len() > 1),
        outcome.is_some_and(|review| review.review == "90d"),
        record.facts.has("caught_by"),
        record.facts.has("defence"),
    ];
    written.into_iter().filter(|holds| *holds).count()
}

//! The example for "show me one all the way through": picked by rule, so that nobody can choose a pretty one.

use crate::{selection::Selection, story::strongest};
use domain::{
    category::CATEGORIES, ids::RecordId, pathway::State, record::Record, vocabulary::CONTROL_STRENGTH,
};

/// The rule, as the pack says it.
pub const RULE: &str = "Picked by rule, one of each category: closed before open; then with a verdict other than too \
                        early; then with the reporter told; then the one with the strongest done action; then the one \
                        for which most is written; then the newest.";

/// One record for each category that has any, then the records that were asked for.
pub fn examples(selection: &Selection<'_>) -> Vec<RecordId> {
    let mut picked: Vec<RecordId> = Vec::new();
    for spec in CATEGORIES {
        let of_category = selection.records.iter().filter(|record| record.facts.category() == spec.id);
        let best = of_category.max_by_key(|record| rank(record));
        picked.extend(best.map(|record| record.id.clone()));
    }
    for asked in &selection.request.examples {
        if selection.has(asked) && !picked.contains(asked) {
            picked.push(asked.clone());
        }
    }
    picked
}

fn rank(record: &Record) -> impl Ord + use<> {
    let judged = record.outcome().is_some_and(|review| review.verdict != "too_early");
    let strength = strongest(record).map_or(0, |action| {
        let weakest = CONTROL_STRENGTH.codes.len();
        weakest - CONTROL_STRENGTH.position(&action.strength).unwrap_or(weakest)
    });
    (
        record.state == State::Closed,
        judged,
        !record.told.is_empty(),
        strength,
        completeness(record),
        record.facts.occurred_at(),
        record.arrival,
    )
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

//! Two people decided the same step without seeing each other: what each said, in few words, before one is chosen.

use super::{
    levels::{POTENTIAL, word},
    record::lower_first,
};
use domain::{
    record::{DecisionBody, Record},
    vocabulary::{BAND, NOTIFICATION_OUTCOME, VERDICT},
};

/// The group of the inbox, and what there is to do.
pub const CHOOSE: &str = "Two decisions: choose one";

/// "The risk is low, or the risk is extreme", in the middle of a sentence.
pub fn said(record: &Record, step: u8) -> String {
    let said = record.conflict(step).iter().filter_map(|id| record.decision_of(id));
    let words: Vec<String> = said.map(|rival| said_by(&rival.body)).collect();
    let is_same = words.len() > 1 && words.iter().all(|one| *one == words[0]);
    let words = either(words, ", or ");
    if is_same { format!("{words}, each says") } else { words }
}

/// "Potential: moderate or death, two people decided", of the milder and the graver: neither counts for good yet.
pub fn potential(record: &Record) -> Option<String> {
    let reviews = record.conflict(2).iter().filter_map(|id| record.decision_of(id));
    let mut levels: Vec<u8> = reviews
        .filter_map(|rival| match &rival.body {
            DecisionBody::Risk(review) => Some(review.potential_worst),
            _ => None,
        })
        .collect();
    levels.sort_unstable();
    let words = levels.iter().map(|level| lower_first(word(&POTENTIAL, *level)));
    let words = either(words.collect(), " or ");
    (!levels.is_empty()).then(|| format!("Potential: {words}, two people decided"))
}

fn said_by(body: &DecisionBody) -> String {
    match body {
        DecisionBody::Risk(review) => {
            format!("the risk is {}", BAND.label(review.band().code()).to_lowercase())
        }
        DecisionBody::Returned { .. } => "it goes back with a question".into(),
        DecisionBody::Notification(said) => lower_first(NOTIFICATION_OUTCOME.label(&said.outcome)),
        DecisionBody::Finished(_) => "the actions are finished".into(),
        DecisionBody::NoAction { .. } => "no action is needed".into(),
        DecisionBody::Outcome(review) => {
            format!("the result is \u{201c}{}\u{201d}", lower_first(VERDICT.label(&review.verdict)))
        }
    }
}

/// What is the same is said once.
fn either(mut words: Vec<String>, or: &str) -> String {
    words.dedup();
    words.join(or)
}

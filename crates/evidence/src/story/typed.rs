//! For the person whom a record names: every word that was typed about it, in the order in which it arrived. The other
//! parts tell what stands now; here is also what was corrected later, and what stands nowhere else.

use super::{Part, Teller, decisions::deed};
use crate::{
    doc::Block,
    labels,
    typed::{Typed, typed},
};
use domain::{event::Received, vocabulary};

const LABELS: [(&str, &str); 19] = [
    ("reason", "Reason"),
    ("weak_reason", "Why weaker actions are enough"),
    ("note", "Note"),
    ("interim", "For now"),
    ("question", "Question"),
    ("advice_from", "Advice from"),
    ("wider_risk", "Wider risk"),
    ("finding", "Finding"),
    ("reference", "Reference"),
    ("how", "How"),
    ("proof", "Where the proof is kept"),
    ("contractor", "Who comes to do it"),
    ("waiting_for", "Waits for"),
    ("audit_sample", "Audit sample"),
    ("whys", "Why"),
    ("measure", "What was counted"),
    ("ref", "Reference in the other system"),
    ("closed_note", "How it ended, in the old list"),
    ("section", "Section of the plan"),
];

pub(super) fn part(teller: &Teller<'_>) -> Option<Part> {
    teller.cast.about()?;
    let mut blocks = Vec::new();
    for received in &teller.record.events {
        // The version of the rules is worked out, not typed, and stands with its decision.
        let said: Vec<Typed<'_>> =
            typed(&received.event).into_iter().filter(|typed| typed.path != ["rules"]).collect();
        if !said.is_empty() {
            blocks.push(Block::Para(head(teller, received)));
            blocks.push(Block::List(said.iter().map(|typed| line(typed)).collect()));
        }
    }
    if blocks.is_empty() {
        blocks.push(Block::Para("No word was typed.".into()));
    }
    Some(Part { key: "typed", title: "Every word that was typed", blocks })
}

fn head(teller: &Teller<'_>, received: &Received) -> String {
    let Received { event, judgement } = received;
    let sealed = teller.cast.seals(&event.by, teller.record);
    format!(
        "{}, by {}, {}:",
        deed(event),
        teller.cast.author_in(&event.by, teller.record),
        teller.when(judgement.corrected_at, sealed),
    )
}

fn line(typed: &Typed<'_>) -> String {
    format!("{}: {}", name(&typed.path), typed.words.join("; "))
}

/// "Reason (Care Quality Commission)".
fn name(path: &[&str]) -> String {
    let last = path.last().copied().unwrap_or_default();
    let known = LABELS.iter().find(|(field, _)| *field == last).map(|(_, label)| *label);
    match path {
        ["bodies", body, _] => format!("Reason ({})", vocabulary::BODY.label(body)),
        ["text"] => "Words".to_owned(),
        _ => known.unwrap_or_else(|| labels::label(last)).to_owned(),
    }
}

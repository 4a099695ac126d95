//! What was measured before and after, and what the reporter was told.

use super::{Part, Teller, actions};
use crate::{doc::Block, gone, labels, words};
use domain::{
    learning,
    pathway::State,
    record::{Count, DecisionBody, OutcomeReview, Standing, StepDecision},
    vocabulary,
};

pub(super) fn in_short(teller: &Teller<'_>) -> String {
    let record = teller.record;
    let verdict =
        record.outcome().map(|review| words::lower_first(vocabulary::VERDICT.label(&review.verdict)));
    if record.imported.is_some() && record.state == State::Closed {
        return "The record was closed before it came here.".to_owned();
    }
    let told =
        if record.told.is_empty() { "the reporter has not been told" } else { "the reporter was told" };
    let again = came_back(teller);
    match (record.state, verdict) {
        (State::Closed, Some(verdict)) => {
            format!("Result: {verdict}.{again} The record is closed, and {told}.")
        }
        (State::Closed, None) => {
            format!("The record is closed without a measured result, and {told}.{again}")
        }
        (_, Some(verdict)) => {
            format!("Result so far: {verdict}.{again} The record is still open, and {told}.")
        }
        (state, None) => {
            format!("Now: {}; {told}.{again}", words::lower_first(vocabulary::STATE.label(state.code())))
        }
    }
}

/// " But it came back after the change: 2 similar records." or nothing.
fn came_back(teller: &Teller<'_>) -> String {
    let again = learning::again(teller.record, teller.register);
    let others = again.into_iter().filter(|record| teller.cast.may_tell(record)).count();
    match others {
        0 => String::new(),
        many => format!(
            " But it came back after the change: {}.",
            words::count(many, "similar record", "similar records")
        ),
    }
}

pub(super) fn part(teller: &Teller<'_>) -> Part {
    let record = teller.record;
    let reviews = record.decisions.iter().filter_map(|decision| match &decision.body {
        DecisionBody::Outcome(review) => Some((decision, review)),
        _ => None,
    });
    let mut blocks: Vec<Block> = reviews.flat_map(|(step, review)| one(teller, step, review)).collect();
    if blocks.is_empty() {
        blocks.push(Block::Para("Nothing has been measured yet.".into()));
    }
    let again = came_back(teller);
    if !again.is_empty() {
        blocks.push(Block::Note(again.trim().to_owned()));
    }
    if record.state == State::Closed {
        let closed = record.events.iter().rev().find(|received| received.event.verb == "close");
        if let Some(received) = closed {
            let by = words::doer(&teller.cast.author_in(&received.event.by, record));
            let when = words::moment(received.judgement.corrected_at);
            blocks.push(Block::Para(format!("{by} closed the record at {when}.")));
            for (name, field) in [("Reason", "reason"), ("Why weaker actions are enough", "weak_reason")] {
                let text = received.event.text(field).and_then(|text| teller.free(text));
                blocks.extend(text.map(|text| Block::Para(format!("{name}: {text}"))));
            }
        }
    }
    Part { key: "outcome", title: "What was measured before and after", blocks }
}

fn one(teller: &Teller<'_>, step: &StepDecision, review: &OutcomeReview) -> Vec<Block> {
    let measure = measure(teller, &review.measure);
    let kept = match step.standing {
        Standing::NotKept => " This result was set aside in favour of another.",
        Standing::Rival => " Two people recorded a result; the manager must settle which one counts.",
        Standing::Effective { .. } => "",
    };
    let mut blocks = vec![Block::Para(format!(
        "{}, {} at {}: {measure}: before {}; after {}. Verdict: {}.{kept}",
        vocabulary::REVIEW_POINT.label(&review.review),
        words::inside(&teller.cast.author_in(&step.by, teller.record)),
        words::moment(step.at),
        counted(&review.baseline),
        counted(&review.value),
        words::lower_first(vocabulary::VERDICT.label(&review.verdict)),
    ))];
    if !review.evidence.is_empty() {
        blocks.push(Block::Para(format!("Evidence: {}.", actions::labels(&review.evidence))));
    }
    if let Some(supervision) = review.supervision.as_ref().filter(|_| teller.cast.about().is_none()) {
        let date = supervision.date.map(|date| format!(" on {}", words::day(date))).unwrap_or_default();
        let result = teller.free(&supervision.result).map(|text| format!(" {text}")).unwrap_or_default();
        let staff = match supervision.staff.is_empty() && teller.record.words_gone().is_some() {
            true => gone::NAME.to_owned(),
            false => teller.cast.staff(&supervision.staff, &teller.record.site),
        };
        blocks.push(Block::Para(format!("Talked about in supervision ({staff}){date}.{result}")));
    }
    blocks.extend(teller.free(&review.note).map(|text| Block::Para(format!("Note: {text}"))));
    blocks
}

/// What the numbers are of: typed words where they may be told, else those that the app offered and nobody changed.
fn measure(teller: &Teller<'_>, typed: &str) -> String {
    let of = typed.strip_prefix("Other reports of ").or_else(|| typed.strip_prefix("Reports of "));
    let record = teller.record;
    let code = record.spec().zip(record.facts.subtype());
    // Earlier versions called by its code what nobody had said.
    let earlier = code.map(|(spec, code)| spec.subtypes.label(code).to_owned());
    let mut titles = [Some(labels::subtype(record)), earlier]
        .into_iter()
        .flatten()
        .map(|subtype| format!("{}: {subtype}", labels::category(record)).to_lowercase());
    let is_offered = of.is_some_and(|of| titles.any(|title| title == of.to_lowercase()));
    let told = teller.free(typed).or_else(|| teller.shared(typed).filter(|_| is_offered));
    match told {
        Some(text) => words::upper_first(&text),
        None if typed.trim().is_empty() && record.words_gone().is_some() => {
            format!("{}: what was counted", gone::WORDS)
        }
        None if typed.trim().is_empty() => "What was counted is not written".to_owned(),
        None => "What was counted is left out with the other typed words".to_owned(),
    }
}

/// "2 per 61 days".
pub(crate) fn counted(count: &Count) -> String {
    let unit = words::lower_first(vocabulary::MEASURE_UNIT.label(&count.unit));
    match count.per {
        Some(per) if per > 0.0 => format!("{} per {} {unit}", words::short(count.count), words::short(per)),
        _ if unit.is_empty() => words::short(count.count),
        _ => format!("{} {unit}", words::short(count.count)),
    }
}

pub(super) fn heard(teller: &Teller<'_>) -> Part {
    let record = teller.record;
    let mut blocks = Vec::new();
    for note in &record.told {
        let when = words::moment(note.at);
        let who = words::doer(&teller.cast.author_in(&note.by, record));
        blocks.push(Block::Para(format!("{who} told the reporter at {when}:")));
        match teller.shared(&note.text) {
            Some(text) => blocks.push(Block::Quote(text)),
            None if note.text.trim().is_empty() && record.words_gone().is_some() => {
                blocks.push(Block::Para(format!("{}.", gone::WORDS)));
            }
            None => {
                blocks.push(Block::Para("The words of the message are left out of this document.".into()));
            }
        }
    }
    if record.told.is_empty() {
        blocks.push(Block::Para("The reporter has not been told yet what changed.".into()));
    }
    let asked = record.questions.len();
    if asked > 0 {
        let answered = record.questions.iter().filter(|question| question.answer.is_some()).count();
        blocks.push(Block::Para(format!(
            "The reporter was asked {} and answered {answered}.",
            words::count(asked, "question", "questions"),
        )));
        for question in &record.questions {
            let answer = question.answer.as_ref().and_then(|answer| teller.free(&answer.text));
            if let Some(text) = teller.free(&question.text) {
                let answer = answer.unwrap_or_else(|| "no answer yet".to_owned());
                blocks.push(Block::Para(format!("Question: {text} Answer: {answer}")));
            }
        }
    }
    Part { key: "heard", title: "What the reporter was told", blocks }
}

//! Who had to be told, and why or why not.

use super::{Part, Teller};
use crate::{
    doc::{Block, Cell, Table},
    gone, words,
};
use domain::{
    notification::{self, TellBy},
    record::{BodyDecision, Notification, StepDecision},
    vocabulary,
};

pub(super) fn in_short(teller: &Teller<'_>) -> String {
    let Some(decision) = teller.record.notification() else {
        return match teller.record.imported {
            Some(_) => "It was brought in already finished: who had to be told was not decided in Noticed.",
            None => "Nobody has decided yet who must be told.",
        }
        .into();
    };
    let needed: Vec<&str> = needed(decision).map(|(body, _)| vocabulary::BODY.label(body)).collect();
    if needed.is_empty() {
        format!(
            "Decision on who must be told: {}.",
            words::lower_first(vocabulary::NOTIFICATION_OUTCOME.label(&decision.outcome))
        )
    } else {
        let unsent = teller.record.unsent_bodies().count();
        let state = if unsent == 0 { "all told" } else { "not all told yet" };
        format!("Who must be told: {} ({state}).", words::listed(&needed))
    }
}

fn needed(decision: &Notification) -> impl Iterator<Item = (&str, &BodyDecision)> {
    vocabulary::BODY.codes.iter().filter_map(|body| {
        decision.bodies.get(body.code).filter(|decided| decided.needed).map(|decided| (body.code, decided))
    })
}

pub(super) fn part(teller: &Teller<'_>) -> Part {
    let record = teller.record;
    let blocks = match (record.notification_decision(), record.notification()) {
        (Some(step), Some(decision)) => blocks(teller, step, decision),
        _ => vec![Block::Para("The decision on who must be told has not been made yet.".into())],
    };
    Part { key: "told", title: "Who had to be told, and why", blocks }
}

fn blocks(teller: &Teller<'_>, step: &StepDecision, decision: &Notification) -> Vec<Block> {
    let record = teller.record;
    let changed = if decision.revises { "changed the decision" } else { "decided" };
    let rules = match (step.withholds_words(), decision.rules.as_str()) {
        (true, "") => String::new(),
        (false, "") => " Rules: version not written.".to_owned(),
        (_, rules) => words::month_of(rules)
            .map_or_else(|| format!(" Rules: {rules}."), |month| format!(" By the rules of {month}.")),
    };
    let mut blocks = vec![Block::Para(format!(
        "{} {changed} at {}: {}.{rules}",
        words::doer(&teller.cast.author_in(&step.by, record)),
        words::moment(step.at),
        words::lower_first(vocabulary::NOTIFICATION_OUTCOME.label(&decision.outcome)),
    ))];
    let asked = decision.answers.len();
    let yes: Vec<String> = decision
        .answers
        .iter()
        .filter(|(_, answer)| *answer != "n")
        .map(|(question, answer)| {
            let words = question_words(question);
            if answer == "y" { format!("Yes to: {words}") } else { format!("Not sure: {words}") }
        })
        .collect();
    if yes.is_empty() {
        blocks.push(Block::Para(format!(
            "{} were asked and each was answered no.",
            words::upper_first(&words::count(asked, "question", "questions"))
        )));
    } else {
        blocks.push(Block::List(yes));
    }
    for (name, text) in [
        ("Reason", &decision.reason),
        ("Wider risk", &decision.wider_risk),
        ("Finding", &decision.finding),
        ("Advice from", &decision.advice_from),
    ] {
        blocks.extend(teller.free(text).map(|text| Block::Para(format!("{name}: {text}"))));
    }
    if teller.free(&decision.reason).is_none() && !decision.reason.trim().is_empty() {
        blocks.push(Block::Para(
            "The manager wrote a reason. It is left out here because it is free text.".into(),
        ));
    }
    if step.withholds_words() && record.words_gone().is_some() {
        blocks.push(Block::Para(format!(
            "{}: why it was decided, and by which version of the rules.",
            gone::WORDS
        )));
    } else if step.withholds_words() {
        blocks.push(Block::Para(
            "Why it was decided, and by which version of the rules, is not shown to the reader of this page."
                .into(),
        ));
    }
    blocks.push(bodies(teller, step, decision));
    if record.decision_stale {
        blocks.push(Block::Note(
            "The facts changed after this decision. It must be looked at again before the record is closed."
                .into(),
        ));
    }
    blocks
}

/// Every body that a rule spoke for or that was decided; the others in one sentence.
fn bodies(teller: &Teller<'_>, step: &StepDecision, decision: &Notification) -> Block {
    let mut table = Table::new(
        "Each body, what the rules said, and what was decided",
        &[("Body", 3), ("The rules said", 3), ("Decided", 2), ("Told", 3)],
    );
    for body in vocabulary::BODY.codes {
        let Some(decided) = decision.bodies.get(body.code) else { continue };
        if decided.suggested == "not_needed" && !decided.needed {
            continue;
        }
        table.row([
            Cell::from(body.label),
            Cell::from(why(teller, step, decision, body.code, decided)),
            Cell::from(decided_words(teller, decided)),
            Cell::from(sent(teller, decision, body.code, decided.needed)),
        ]);
    }
    let others = vocabulary::BODY.codes.len() - table.rows.len();
    if table.rows.is_empty() {
        return Block::Para(format!(
            "None of the {others} bodies in the rules had to be told: no answer asks for it."
        ));
    }
    table.caption.push_str(&format!(". For the other {others} no answer says that they must be told"));
    Block::Table(table)
}

fn why(
    teller: &Teller<'_>,
    step: &StepDecision,
    decision: &Notification,
    body: &str,
    decided: &BodyDecision,
) -> String {
    let rows = notification::reasons_then(teller.record, decision, step.at, body);
    let sources: Vec<&str> = rows.iter().map(|reason| reason.row.source.as_str()).collect();
    let label = vocabulary::SUGGESTION.label(&decided.suggested);
    if sources.is_empty() { label.to_owned() } else { format!("{label}: {}", sources.join("; ")) }
}

fn decided_words(teller: &Teller<'_>, decided: &BodyDecision) -> String {
    let word = if decided.needed { "Must be told" } else { "Need not be told" };
    match teller.free(&decided.reason) {
        Some(reason) => format!("{word}. {reason}"),
        None if decided.reason.trim().is_empty() => word.to_owned(),
        None => format!("{word}; a reason was written"),
    }
}

fn sent(teller: &Teller<'_>, decision: &Notification, body: &str, needed: bool) -> String {
    let record = teller.record;
    let settings = teller.register.directory().settings(&record.site);
    let by = notification::tell_by(record, decision, body, &settings).map(|by| match by {
        TellBy::Date(date) => format!(" (by {})", words::short_day(date)),
        TellBy::At(instant) => format!(" (by {})", words::short_moment(instant)),
    });
    let told: Vec<String> = record
        .sent
        .iter()
        .filter(|sent| sent.body == body)
        .map(|sent| {
            let reference = teller.free(&sent.reference).map(|text| format!(", reference {text}"));
            format!(
                "{}, {}{}",
                words::short_moment(sent.sent_at),
                words::beside_report(sent.sent_at, record.reported_at),
                reference.unwrap_or_default()
            )
        })
        .collect();
    match (told.is_empty(), needed) {
        (false, _) => format!("{}{}", told.join("; "), by.unwrap_or_default()),
        (true, true) => format!("Not told yet{}", by.unwrap_or_default()),
        (true, false) => "-".into(),
    }
}

fn question_words(id: &str) -> &str {
    let known = notification::rules().questions.iter().find(|question| question.id == id);
    known.map_or(id, |question| question.words.as_str())
}

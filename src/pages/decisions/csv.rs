//! The register as a table for a spreadsheet: one row for each decision, in the order of arrival.

use super::{
    lines::{Line, Stands},
    row::NOT_SHOWN,
};
use crate::{
    pages::record::changed_by,
    text::review::{people, record::reference, second},
};
use domain::{
    directory::Directory,
    record::Reporter,
    vocabulary::{BODY, CATEGORY, NOTIFICATION_OUTCOME},
};
use exchange::csv::{About, Cell, Form, Table, instant_text, to_text, with_why};

/// A column, with whether only a file with people has it: names, and words that somebody typed.
type Column = (&'static str, Form, bool, &'static str);

const ALWAYS: bool = false;
const WITH_PEOPLE: bool = true;

const COLUMNS: [Column; 22] = [
    ("number", Form::Whole, ALWAYS, "Place in the order of arrival at the site."),
    ("reference", Form::Text, ALWAYS, "Reference of the record."),
    (
        "record",
        Form::Id,
        ALWAYS,
        "Id of the record. Without people: empty where the reporter wished to stay unknown, because it holds the time.",
    ),
    ("category", Form::Text, ALWAYS, "Category of the record."),
    ("decided_at", Form::Instant, ALWAYS, "When it was decided."),
    ("arrived_at", Form::Instant, ALWAYS, "When it reached the server."),
    ("decided_by", Form::Text, WITH_PEOPLE, "Who decided, with their role."),
    ("decided_by_role", Form::Text, ALWAYS, "Role of who decided."),
    ("decision", Form::Code(&NOTIFICATION_OUTCOME), ALWAYS, "The decision, as a code."),
    ("decision_label", Form::Label, ALWAYS, "The words for decision."),
    ("stands", Form::Text, ALWAYS, "In force, replaced, contested or not chosen."),
    ("changes_earlier", Form::YesNo, ALWAYS, "It changes an earlier decision."),
    ("must_be_told", Form::Text, ALWAYS, "Bodies that must be told."),
    ("must_be_told_why", Form::Text, WITH_PEOPLE, "Reasons written for bodies that must be told."),
    (
        "need_not_be_told",
        Form::Text,
        ALWAYS,
        "Bodies that were thought about and need not be told. With people: and why.",
    ),
    ("told", Form::Text, ALWAYS, "Bodies that were told, and when. With people: and their reference."),
    ("not_told_yet", Form::Text, ALWAYS, "Bodies that must be told and were not yet."),
    ("reason", Form::Text, WITH_PEOPLE, "Why, in the words of the person who decided."),
    ("what_changed", Form::Text, ALWAYS, "What it says otherwise than the decision before."),
    ("server_suggested", Form::Text, ALWAYS, "What the server would have suggested otherwise."),
    ("rule_set", Form::Text, ALWAYS, "Version of the rules that made the suggestions."),
    (
        "author_away",
        Form::YesNo,
        ALWAYS,
        "It came from a shared device on which its author was not signed in when it arrived.",
    ),
];

/// The text of the file. `why`: what stands in it about why it names people; none: roles, and no word that was typed.
pub fn text(lines: &[Line], directory: &Directory, why: Option<&str>) -> String {
    let is_in = |column: &Column| why.is_some() || column.2 == ALWAYS;
    let columns = COLUMNS
        .into_iter()
        .filter(is_in)
        .map(|(name, form, _, meaning)| About { name: name.to_owned(), meaning: meaning.to_owned(), form })
        .collect();
    let row = |line| {
        let cells = row(line, directory, why.is_some())?;
        Some(
            cells
                .into_iter()
                .zip(&COLUMNS)
                .filter(|(_, column)| is_in(column))
                .map(|(cell, _)| cell)
                .collect(),
        )
    };
    let rows = lines.iter().filter_map(row).collect();
    to_text(&with_why(Table { name: "decisions.csv", columns, rows }, why), true)
}

fn row(line: &Line, directory: &Directory, people: bool) -> Option<Vec<Cell>> {
    let (record, decision, said) = (&line.record, line.decision()?, line.said()?);
    let words = |text: String| if text.is_empty() { Cell::Empty } else { Cell::Text(text) };
    let names = |codes: &[&str]| codes.iter().map(|code| BODY.label(code)).collect::<Vec<_>>().join("; ");
    let told: Vec<String> = line
        .needed()
        .into_iter()
        .filter_map(|body| record.sent.iter().rev().find(|sent| sent.body == body))
        .map(|sent| {
            let told = format!("{} {}", BODY.label(&sent.body), instant_text(sent.sent_at));
            if sent.reference.is_empty() || !people { told } else { format!("{told} ({})", sent.reference) }
        })
        .collect();
    let kept = |why: String| match people {
        true if decision.withholds_words() => NOT_SHOWN.to_lowercase(),
        true => why,
        false => String::new(),
    };
    let is_open = people || matches!(record.reporter, Reporter::Named(_));
    let arrived = record.event(&decision.id).filter(|received| received.judgement.seq > 0);
    Some(vec![
        Cell::Whole(i64::try_from(line.number).unwrap_or(i64::MAX)),
        Cell::Text(reference(&record.id)),
        if is_open { Cell::Text(record.id.to_string()) } else { Cell::Empty },
        words(CATEGORY.label(record.facts.category()).to_owned()),
        Cell::Instant(decision.at),
        arrived.map_or(Cell::Empty, |received| Cell::Instant(received.judgement.received_at)),
        words(people::author(&decision.by, directory, &record.site)),
        words(people::author_role(&decision.by, directory, &record.site)),
        words(said.outcome.clone()),
        words(NOTIFICATION_OUTCOME.label(&said.outcome).to_owned()),
        words(stands(line.stands()).1.to_lowercase()),
        Cell::YesNo(said.revises),
        words(names(&line.needed())),
        words(listed(line.needed().into_iter().map(|body| (body, line.why(body).to_owned())), false)),
        words(listed(line.not_needed().into_iter().map(|(body, why)| (body, kept(why))), true)),
        words(told.join("; ")),
        words(names(&line.untold())),
        words(match decision.withholds_words() {
            true => NOT_SHOWN.to_lowercase(),
            false => said.reason.clone(),
        }),
        words(changed_by(record, decision).join(" ")),
        words(decision.second.as_ref().map(second::words).unwrap_or_default()),
        words(said.rules.clone()),
        Cell::YesNo(decision.author_away),
    ])
}

/// "Police: No crime is suspected; Coroner". `bare`: also bodies without a reason.
fn listed(bodies: impl Iterator<Item = (&'static str, String)>, bare: bool) -> String {
    let each = bodies.filter(|(_, why)| bare || !why.is_empty()).map(|(body, why)| match why.as_str() {
        "" => BODY.label(body).to_owned(),
        why => format!("{}: {why}", BODY.label(body)),
    });
    each.collect::<Vec<_>>().join("; ")
}

/// `data-status` and the words of where a decision stands.
pub fn stands(stands: Stands) -> (&'static str, &'static str) {
    match stands {
        Stands::InForce => ("done", "In force"),
        Stands::Replaced => ("closed", "Replaced"),
        Stands::Contested => ("contested", "Waits for a choice"),
        Stands::NotChosen => ("withdrawn", "Not chosen"),
    }
}

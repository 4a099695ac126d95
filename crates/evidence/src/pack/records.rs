//! Lists of records, alerts, audits and decisions, as tables.

use super::View;
use crate::{
    doc::{Block, Cell, Table},
    figures::{audits_in, oversights_in},
    labels, words,
};
use chrono::NaiveDate;
use domain::{
    learning,
    record::Record,
    time::{days_between, london_date},
    vocabulary,
};

/// "No more rows than this in a list inside a chapter; the rest is in the tables of the pack."
pub(super) const MOST_IN_CHAPTER: usize = 8;

pub(super) fn table(view: &View<'_>, caption: String, records: &[&Record]) -> Table {
    let mut table = Table::new(
        caption,
        &[
            ("Record", 2),
            ("Happened", 3),
            ("What", 5),
            ("Kind", 3),
            ("Risk", 3),
            ("Where it stands", 4),
            ("Result", 4),
            ("Told", 2),
        ],
    )
    .based_on(view.basis("none, these are records"));
    for record in records {
        let reference = view.selection.reference(&record.id).unwrap_or_default();
        let risk = record.band().map_or("-", |band| vocabulary::BAND.label(band.code()));
        table.row([
            Cell::linked(reference, view.address(&record.id)),
            Cell::from(words::short_day(record.facts.occurred_on())),
            Cell::from(labels::subtype(record)),
            Cell::from(words::upper_first(labels::kind(record))),
            Cell::from(risk),
            Cell::from(vocabulary::STATE.label(record.state.code())),
            Cell::from(result(view, record)),
            Cell::from(if record.told.is_empty() { "No" } else { "Yes" }),
        ]);
    }
    table
}

/// "Better", "Better, then it came back" or a dash.
fn result(view: &View<'_>, record: &Record) -> String {
    let Some(review) = record.outcome() else { return "-".to_owned() };
    let verdict = vocabulary::VERDICT.label(&review.verdict);
    match learning::came_back(record, view.selection.register).is_empty() {
        true => verdict.to_owned(),
        false => format!("{verdict}, then it came back"),
    }
}

/// The newest few, and how many more there are.
pub(super) fn some(view: &View<'_>, caption: &str, records: &[&Record]) -> Vec<Block> {
    if records.is_empty() {
        return Vec::new();
    }
    let newest: Vec<&Record> = records.iter().rev().take(MOST_IN_CHAPTER).copied().collect();
    let more = records.len() - newest.len();
    let caption = if more == 0 {
        format!("{caption}: {}", words::count(records.len(), "record", "records"))
    } else {
        format!("{caption}: the newest {} of {} records", newest.len(), records.len())
    };
    vec![Block::Table(table(view, caption, &newest))]
}

/// "Signed 4 Sep 2026, 21 days late".
fn signed_on(day: NaiveDate, due: NaiveDate) -> String {
    let signed = format!("Signed {}", words::short_day(day));
    match usize::try_from(days_between(due, day)) {
        Ok(late @ 1..) => format!("{signed}, {} late", words::count(late, "day", "days")),
        _ => signed,
    }
}

/// "Not done, past its date", or not due yet.
fn unsigned(words: &str, due: NaiveDate, view: &View<'_>) -> String {
    match due < london_date(view.selection.request.made_at) {
        true => format!("{words}, past its date"),
        false => format!("{words}, not due yet"),
    }
}

/// Audits of the period with what they found.
pub(super) fn audits(view: &View<'_>, categories: &[&str]) -> Vec<Block> {
    let (selection, request) = (view.selection, view.selection.request);
    let mut table = Table::new(
        "Audits, with the figures as they stood on the day they were signed",
        &[("Audit", 4), ("Site", 3), ("Due", 3), ("State", 4), ("Records looked at", 2), ("Gaps found", 2)],
    )
    .based_on(view.basis("records in the sample of each audit"));
    let mut summaries = Vec::new();
    for site in &request.sites {
        for line in audits_in(selection, site).iter().filter(|line| categories.contains(&line.category)) {
            let name = format!("{}, {}", vocabulary::CATEGORY.label(line.category), line.period.words());
            let signed = line.audit.and_then(|audit| audit.signed.as_ref());
            let state = match (signed, line.audit) {
                (Some(signed), _) => {
                    let who = selection.cast.author(&signed.by, site);
                    format!("{} by: {who}", signed_on(london_date(signed.at), line.due))
                }
                (None, Some(_)) => unsigned("Begun, not signed", line.due, view),
                (None, None) => unsigned("Not done", line.due, view),
            };
            table.row([
                Cell::from(name.clone()),
                Cell::from(selection.cast.site(site)),
                Cell::from(words::short_day(line.due)),
                Cell::from(state),
                Cell::number(line.audit.map_or(0, |audit| audit.sample.len())),
                Cell::number(line.audit.map_or(0, |audit| audit.findings().count())),
            ]);
            if let Some(signed) = signed.filter(|_| !selection.is_coded_only())
                && !signed.summary.trim().is_empty()
            {
                let place = if request.sites.len() > 1 {
                    format!(" ({})", selection.cast.site(site))
                } else {
                    String::new()
                };
                summaries.push(format!("{name}{place}: {}", signed.summary.trim()));
            }
        }
    }
    let mut blocks = vec![table.or("No audit period ended inside this period.")];
    if !summaries.is_empty() {
        blocks.push(Block::Heading("What the audits said".into()));
        blocks.push(Block::List(summaries));
    }
    blocks
}

pub(super) fn oversights(view: &View<'_>, categories: &[&str]) -> Vec<Block> {
    let (selection, request) = (view.selection, view.selection.request);
    let mut table =
        Table::new("Oversight by the provider", &[("Oversight", 4), ("Site", 3), ("Due", 3), ("State", 5)])
            .based_on(view.basis("none, these are oversights"));
    let mut notes = Vec::new();
    for site in &request.sites {
        for line in oversights_in(selection, site).iter().filter(|line| categories.contains(&line.category)) {
            let name = format!("{}, {}", vocabulary::CATEGORY.label(line.category), line.period.words());
            let state = line.signed.map_or_else(
                || unsigned("Not signed", line.due, view),
                |signed| signed_on(london_date(signed.at), line.due),
            );
            table.row([
                Cell::from(name.clone()),
                Cell::from(selection.cast.site(site)),
                Cell::from(words::short_day(line.due)),
                Cell::from(state),
            ]);
            if let Some(signed) = line.signed.filter(|signed| !signed.note.trim().is_empty())
                && !selection.is_coded_only()
            {
                notes.push(format!("{name}: {}", signed.note.trim()));
            }
        }
    }
    let mut blocks = vec![table.or("No oversight period ended inside this period.")];
    if !notes.is_empty() {
        blocks.push(Block::Heading("What the provider noted".into()));
        blocks.push(Block::List(notes));
    }
    blocks
}

/// How often each decision was made, and every record for which somebody had to be told.
pub(super) fn decisions(view: &View<'_>) -> Vec<Block> {
    let selection = view.selection;
    let mut counts = Table::new("Decisions in force on who must be told", &[("Decision", 6), ("Records", 2)])
        .based_on(view.basis("records in this pack"));
    for code in vocabulary::NOTIFICATION_OUTCOME.codes {
        let with =
            |record: &&&Record| record.notification().is_some_and(|decision| decision.outcome == code.code);
        let number = selection.records.iter().filter(with).count();
        if number > 0 {
            counts.row([Cell::from(code.label), Cell::number(number)]);
        }
    }
    let undecided = selection.records.iter().filter(|record| record.notification().is_none()).count();
    if undecided > 0 {
        counts.row([Cell::from("Not decided yet"), Cell::number(undecided)]);
    }
    let mut blocks = vec![counts.or("There is no record to decide on.")];
    if selection.is_coded_only() {
        return blocks;
    }
    let mut told = Table::new(
        "Records for which somebody had to be told",
        &[("Record", 2), ("Happened", 3), ("What", 5), ("Who", 5), ("Told", 5)],
    )
    .based_on(view.basis("none, these are records"));
    for record in &selection.records {
        let Some(decision) = record.notification() else { continue };
        let needed: Vec<&str> =
            decision.bodies.iter().filter(|(_, body)| body.needed).map(|(body, _)| body.as_str()).collect();
        if needed.is_empty() {
            continue;
        }
        let names: Vec<&str> = needed.iter().map(|body| vocabulary::BODY.label(body)).collect();
        let sent: Vec<String> = needed
            .iter()
            .map(|body| {
                let first = record.sent.iter().find(|sent| sent.body == *body);
                first.map_or_else(
                    || "not told yet".to_owned(),
                    |sent| words::beside_report(sent.sent_at, record.reported_at),
                )
            })
            .collect();
        told.row([
            Cell::linked(selection.reference(&record.id).unwrap_or_default(), view.address(&record.id)),
            Cell::from(words::short_day(record.facts.occurred_on())),
            Cell::from(labels::subtype(record)),
            Cell::from(names.join("; ")),
            Cell::from(sent.join("; ")),
        ]);
    }
    blocks.push(told.or("Nobody outside had to be told about any of them."));
    blocks
}

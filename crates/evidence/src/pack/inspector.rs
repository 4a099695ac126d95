//! For an inspector with ten minutes: the way in on the first page, one example all the way through, then each
//! statement or question with its evidence.

use super::{View, numbers, patterns, pictures, records};
use crate::{
    doc::{Block, Cell, Link, Section, Table},
    figures::{Figure, audits_in, oversights_in},
    framework::{Entry, Evidence},
    labels, pick, words,
};
use chrono::NaiveDate;
use domain::{
    audits::AuditState,
    due::{self, Due},
    patterns::State,
    record::Record,
    vocabulary,
};
use std::cmp::Ordering;

const KEY: [&str; 8] = [
    "records",
    "near_misses",
    "step_2_in_time",
    "step_3_in_time",
    "stronger_share",
    "improved_share",
    "told_share",
    "audits_signed_in_time",
];

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let framework = &view.selection.request.framework;
    let mut sections = vec![ten_minutes(view), not_well(view)];
    let mut example = Section::new(2, "examples", "One example all the way through").on_new_page();
    example.para(pick::RULE);
    if view.examples.is_empty() {
        example.para("There is no record to show.");
    }
    sections.push(example);
    sections.extend(view.stories());
    let mut statements = Section::new(2, "statements", framework.title.clone()).on_new_page();
    statements.para(framework.note.clone());
    statements.push(index(view));
    sections.push(statements);
    sections.extend(framework.entries.iter().map(|entry| one(view, entry)));
    sections.extend(shared(view));
    sections
}

/// Chapters that stand behind every statement.
fn shared(view: &View<'_>) -> Vec<Section> {
    let categories = view.selection.request.wanted_categories();
    let mut figures = Section::new(2, "numbers", "The numbers").on_new_page();
    let ids: Vec<&str> = view.figures.whole().iter().map(|figure| figure.id).collect();
    figures.push(numbers::figures(view, "Every number of this pack", &ids));
    figures.push(pictures::months(view));
    figures.push(numbers::months(view));
    figures.blocks.extend(pictures::kinds(view));
    figures.blocks.extend(numbers::sites(view, &["records", "near_misses", "step_3_in_time", "told_share"]));
    let mut audits = Section::new(2, "audits", "Audits and oversight").on_new_page();
    audits.blocks.extend(records::audits(view, &categories));
    audits.blocks.extend(records::oversights(view, &categories));
    let mut found = Section::new(2, "patterns", "Patterns, and what became of them").on_new_page();
    found.push(patterns::alert_table(view, &patterns::alerts(view)));
    let mut decisions = Section::new(2, "decisions", "Who had to be told").on_new_page();
    decisions.blocks.extend(records::decisions(view));
    let mut all = Section::new(2, "records", "Every record of this pack").on_new_page();
    let caption = "Every record, oldest first".to_owned();
    all.push(records::table(view, caption, &view.selection.records).or("There is no record."));
    vec![figures, numbers::definitions(view), audits, found, decisions, all]
}

fn ten_minutes(view: &View<'_>) -> Section {
    let mut section = Section::new(2, "ten-minutes", "If you have ten minutes");
    section.push(Block::Heading("Show me one example all the way through".into()));
    let links: Vec<Link> = view
        .examples
        .iter()
        .filter_map(|id| {
            let record = view.selection.register.record(id)?;
            let reference = view.selection.reference(id)?;
            let apart = match pick::did_not_last(record, view.selection.register) {
                true => "One that did not last: ",
                false => "",
            };
            Some(Link {
                to: view.told_at(id)?,
                text: format!(
                    "{apart}{}: {} ({reference})",
                    labels::category(record),
                    labels::subtype(record)
                ),
                more: format!(
                    "{}, {}",
                    words::short_day(record.facts.occurred_on()),
                    words::lower_first(vocabulary::STATE.label(record.state.code()))
                ),
            })
        })
        .collect();
    if links.is_empty() {
        section.para("There is no record to show.");
    } else {
        section.push(Block::Links(links));
    }
    section.push(numbers::figures(view, "Where the service stands", &KEY));
    section.push(Block::Heading("Where to find the rest".into()));
    let link =
        |to: &str, text: &str, more: &str| Link { to: to.into(), text: text.into(), more: more.into() };
    section.push(Block::Links(vec![
        link("not-well", "What has not gone well", "late, open or repeated, named by ourselves"),
        link("statements", "Evidence by statement or question", &view.selection.request.framework.title),
        link("patterns", "Patterns, and what became of them", ""),
        link("decisions", "Who had to be told", "every decision with its reason and times"),
        link("audits", "Audits and oversight", ""),
        link("checking", "How to check that nothing was changed", ""),
    ]));
    section
}

/// A service that knows its gaps names them first.
fn not_well(view: &View<'_>) -> Section {
    let mut table =
        Table::new("Late, open or repeated on the day the pack was made", &[("What", 7), ("How many", 3)])
            .based_on(view.basis("given in each cell as \u{201c}of\u{201d}"));
    for id in [
        "actions_overdue",
        "actions_late",
        "worse_or_same",
        "better_came_back",
        "came_back",
        "weaker_share",
        "luck_share",
        "audit_findings",
        "self_reviewed",
        "arrived_late",
    ] {
        if let Some(figure) = view.figures.figure(id, None, None) {
            table.row([Cell::from(figure.name), Cell::number(&figure.shown)]);
        }
    }
    let now = view.selection.request.made_at;
    for (name, late, all) in late(view) {
        table.row([Cell::from(name), Cell::number(format!("{late} of {all}"))]);
    }
    let open = patterns::alerts(view).iter().filter(|alert| alert.state(now) == State::Open).count();
    table.row([Cell::from("Patterns that nobody has settled yet"), Cell::number(open)]);
    let unsent = view.selection.records.iter().map(|record| record.unsent_bodies().count()).sum::<usize>();
    table.row([Cell::from("Bodies that must be told and have not been"), Cell::number(unsent)]);
    let contested = view.selection.records.iter().filter(|record| !record.conflicts.is_empty()).count();
    table.row([Cell::from("Decisions that two people made and nobody has settled"), Cell::number(contested)]);
    Section::new(2, "not-well", "What has not gone well").with(not_in_time(view)).with(Block::Table(table))
}

/// Whatever has a due time and was not always done by it, worst first.
fn not_in_time(view: &View<'_>) -> Block {
    let is_missed = |figure: &Figure| figure.value.is_some_and(|share| share < 100.0);
    let mut missed: Vec<Figure> = view.figures.whole();
    missed.retain(|figure| figure.id.ends_with("_in_time") && is_missed(figure));
    missed.sort_by(|one, other| one.value.partial_cmp(&other.value).unwrap_or(Ordering::Equal));
    let mut table = Table::new(
        "Done in time, where not all of it was. The worst is first",
        &[("What", 7), ("In time", 3)],
    )
    .based_on(view.basis("given in each cell as \u{201c}of\u{201d}"));
    for figure in missed {
        table.row([Cell::from(figure.name), Cell::number(figure.shown)]);
    }
    table.or("Whatever had a due time in this period was done in time.")
}

/// What is late on the day the pack was made, and of how many: steps that wait, audits, and oversights by the provider.
fn late(view: &View<'_>) -> [(&'static str, usize, usize); 3] {
    let (selection, now) = (view.selection, view.selection.request.made_at);
    let (mut late_steps, mut steps) = (0, 0);
    for record in &selection.records {
        let settings = selection.register.directory().settings(&record.site);
        let waits = due::items(record, &settings);
        for item in waits.iter().filter(|item| record.action(&item.name).is_none()) {
            steps += 1;
            late_steps += usize::from(item.is_overdue(now));
        }
    }
    let is_past = |due: NaiveDate| Due::On(due).is_past(now);
    let (mut audits, mut late_audits, mut oversights, mut late_oversights) = (0, 0, 0, 0);
    for site in &selection.request.sites {
        for line in audits_in(selection, site) {
            audits += 1;
            late_audits += usize::from(line.state != AuditState::Signed && is_past(line.due));
        }
        for line in oversights_in(selection, site) {
            oversights += 1;
            late_oversights += usize::from(line.state != AuditState::Signed && is_past(line.due));
        }
    }
    [
        ("Steps late now, of those that wait", late_steps, steps),
        ("Audits past their date and not signed", late_audits, audits),
        ("Oversights by the provider past their date and not signed", late_oversights, oversights),
    ]
}

fn matching<'a>(view: &View<'a>, evidence: &Evidence) -> Vec<&'a Record> {
    let Some(rule) = &evidence.records else { return Vec::new() };
    let records = view.selection.records.iter().copied();
    records.filter(|record| rule.holds(view.selection.register, record)).collect()
}

fn index(view: &View<'_>) -> Block {
    let mut table = Table::new(
        "Where the evidence is",
        &[("Key question", 3), ("Statement or question", 5), ("What stands there", 4)],
    )
    .based_on(view.basis("none; one record can belong to several"));
    for entry in &view.selection.request.framework.entries {
        let mut ids: Vec<&str> = entry
            .evidence
            .iter()
            .flat_map(|evidence| matching(view, evidence))
            .map(|record| record.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        table.row([
            Cell::from(entry.group.clone()),
            Cell::linked(entry.title.clone(), Some(address(entry))),
            Cell::from(stands(view, entry, ids.len())),
        ]);
    }
    Block::Table(table)
}

/// "12 records, 3 patterns, 2 audits and numbers".
fn stands(view: &View<'_>, entry: &Entry, records: usize) -> String {
    let rules: Vec<&str> =
        entry.evidence.iter().flat_map(|evidence| &evidence.alerts).map(String::as_str).collect();
    let patterns = patterns::alerts(view).iter().filter(|alert| rules.contains(&alert.rule.code())).count();
    let categories: Vec<&str> =
        entry.evidence.iter().flat_map(|evidence| &evidence.audits).map(String::as_str).collect();
    let sites = || view.selection.request.sites.iter();
    let audits = sites().flat_map(|site| audits_in(view.selection, site));
    let oversights = sites().flat_map(|site| oversights_in(view.selection, site));
    let counts = [
        (records, "record", "records"),
        (patterns, "pattern", "patterns"),
        (audits.filter(|line| categories.contains(&line.category)).count(), "audit", "audits"),
        (oversights.filter(|line| categories.contains(&line.category)).count(), "oversight", "oversights"),
    ];
    let there = counts.into_iter().filter(|(number, ..)| *number > 0);
    let mut there: Vec<String> = there.map(|(number, one, many)| words::count(number, one, many)).collect();
    if entry.evidence.iter().any(|evidence| !evidence.figures.is_empty()) {
        there.push("numbers".to_owned());
    }
    if there.is_empty() {
        "Nothing in this period".to_owned()
    } else {
        words::upper_first(&words::listed(&there))
    }
}

fn address(entry: &Entry) -> String {
    format!("statement-{}", words::anchor(&entry.code))
}

fn one(view: &View<'_>, entry: &Entry) -> Section {
    let mut section = Section::new(3, address(entry), format!("{}: {}", entry.group, entry.title));
    section.para(entry.shows.clone());
    let mut none: Vec<&str> = Vec::new();
    for evidence in &entry.evidence {
        let before = section.blocks.len();
        let found = matching(view, evidence);
        section.blocks.extend(records::some(view, &evidence.says, &found));
        if !evidence.figures.is_empty() {
            let ids: Vec<&str> = evidence.figures.iter().map(String::as_str).collect();
            section.push(numbers::figures(view, &evidence.says, &ids));
        }
        if !evidence.alerts.is_empty() {
            let alerts = patterns::alerts(view);
            let own: Vec<_> = alerts
                .into_iter()
                .filter(|alert| evidence.alerts.iter().any(|code| code == alert.rule.code()))
                .collect();
            if !own.is_empty() {
                section.push(named(patterns::alert_table(view, &own), &evidence.says));
            }
        }
        if !evidence.audits.is_empty() {
            let categories: Vec<&str> = evidence.audits.iter().map(String::as_str).collect();
            let blocks = records::audits(view, &categories);
            let tables = blocks.into_iter().filter(|block| matches!(block, Block::Table(_)));
            section.blocks.extend(tables.map(|block| named(block, &evidence.says)));
        }
        if section.blocks.len() == before {
            none.push(&evidence.says);
        }
    }
    if !none.is_empty() {
        let listed: Vec<String> = none.iter().map(|says| words::lower_first(says)).collect();
        section.para(format!("Nothing in this period for: {}.", listed.join("; ")));
    }
    section
}

/// A table under the words of the evidence that it is.
fn named(block: Block, says: &str) -> Block {
    match block {
        Block::Table(table) => Block::Table(Table { caption: says.to_owned(), ..table }),
        block => block,
    }
}

//! For an inspector, behind the first part: each statement or question with its evidence.

use super::{View, numbers, patterns, pictures, records};
use crate::{
    doc::{Block, Cell, Section, Table},
    figures::{audits_in, oversights_in},
    framework::{Entry, Evidence},
    words,
};
use domain::record::Record;

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let framework = &view.selection.request.framework;
    let mut statements = Section::new(2, "statements", framework.title.clone())
        .on_new_page()
        .hinted("evidence by statement or question");
    statements.para(framework.note.clone());
    statements.push(index(view));
    let mut sections = vec![statements];
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
    let mut decisions = Section::new(2, "decisions", "Who had to be told")
        .on_new_page()
        .hinted("every decision with its reason and times");
    decisions.blocks.extend(records::decisions(view));
    let mut all = Section::new(2, "records", "Every record of this pack").on_new_page();
    let caption = "Every record, oldest first".to_owned();
    all.push(records::table(view, caption, &view.selection.records).or("There is no record."));
    vec![figures, numbers::definitions(view), audits, found, decisions, all]
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

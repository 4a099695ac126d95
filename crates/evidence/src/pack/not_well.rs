//! What is late, open or repeated, in the first part of a pack.

use super::{View, governance, patterns};
use crate::{
    doc::{Block, Cell, Section, Table},
    figures::{Figure, audits_in, oversights_in},
};
use chrono::NaiveDate;
use domain::{
    audits::AuditState,
    due::{self, Due},
    patterns::State,
};
use std::cmp::Ordering;

/// Lines of what is late, the longest first; the rest is a number.
const MOST_LATE: usize = 10;

/// A service that knows its gaps names them first.
pub(super) fn not_well(view: &View<'_>) -> Section {
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
    for (name, late, all) in late(view) {
        table.row([Cell::from(name), Cell::number(format!("{late} of {all}"))]);
    }
    // Who is shown counts only is not shown everything that these are counted from.
    if !view.selection.is_coded_only() {
        of_records(view, &mut table);
    }
    let mut section = Section::new(2, "not-well", "What has not gone well")
        .hinted("late, open or repeated, named by ourselves");
    section.blocks.extend([not_in_time(view), Block::Table(table)]);
    if !view.selection.is_coded_only() {
        section.push(governance::late(view, Some(MOST_LATE)));
    }
    section
}

fn of_records(view: &View<'_>, table: &mut Table) {
    let now = view.selection.request.made_at;
    let open = patterns::alerts(view).iter().filter(|alert| alert.state(now) == State::Open).count();
    table.row([Cell::from("Patterns that nobody has settled yet"), Cell::number(open)]);
    let unsent = view.selection.records.iter().map(|record| record.unsent_bodies().count()).sum::<usize>();
    table.row([Cell::from("Bodies that must be told and have not been"), Cell::number(unsent)]);
    let contested = view.selection.records.iter().filter(|record| !record.conflicts.is_empty()).count();
    table.row([Cell::from("Decisions that two people made and nobody has settled"), Cell::number(contested)]);
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

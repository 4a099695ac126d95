//! A supervision note about the practice of one member of staff. Fair: what they reported, did and learned; no blame,
//! and nothing that they reported in confidence. Source: brief.txt example 3 step 5.

use super::{View, records};
use crate::{
    doc::{Block, Cell, Section, Table},
    labels, words,
};
use domain::{
    record::{DecisionBody, Record, Reporter},
    vocabulary,
};

/// What a note begins with: whom it is about, and what was talked about before.
pub(super) fn first(view: &View<'_>) -> Vec<Section> {
    let Some(staff) = &view.selection.request.staff else { return Vec::new() };
    let selection = view.selection;
    let site = selection.request.sites.first().map_or("", |site| site.as_str());
    let owned = || {
        selection.records.iter().flat_map(|record| &record.actions).filter(|action| action.owner == *staff)
    };
    let open = owned().filter(|action| action.done.is_none()).count();
    let mut about = Section::new(2, "about", "What this note is for");
    about.para(
        "To talk about practice: what was noticed, what was learned, what helps. Reporting a near miss is never a \
         mark against anybody.",
    );
    about.push(Block::Facts(vec![
        ("Member of staff".into(), selection.cast.staff(staff, site)),
        ("Reports under their own name".into(), reports(view, staff).len().to_string()),
        ("Actions that they own".into(), format!("{}; not done yet: {open}", owned().count())),
    ]));
    vec![about, talked(view, staff)]
}

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let Some(staff) = &view.selection.request.staff else { return Vec::new() };
    let mut reported = Section::new(2, "reported", "What they reported").on_new_page();
    reported.push(
        records::table(view, "Reports under their own name".into(), &reports(view, staff))
            .or("No report in this period."),
    );
    vec![reported, owned(view, staff)]
}

fn reports<'a>(view: &View<'a>, staff: &str) -> Vec<&'a Record> {
    let records = view.selection.records.iter().filter(|record| record.imported.is_none());
    records
        .filter(|record| matches!(&record.reporter, Reporter::Named(by) if **by == *staff))
        .copied()
        .collect()
}

/// For the pen.
pub(super) fn agreed() -> Section {
    Section::new(2, "agreed", "Agreed today").with(Block::Write(vec![
        ("What went well", 3),
        ("What to try next", 3),
        ("Support that is needed", 3),
        ("Signed, member of staff", 1),
        ("Signed, supervisor", 1),
    ]))
}

/// Outcomes that name a supervision of this person.
fn talked(view: &View<'_>, staff: &str) -> Section {
    let selection = view.selection;
    let mut table = Table::new(
        "Talked about in supervision",
        &[
            ("Record", 2),
            ("What it is about", 5),
            ("Supervision on", 3),
            ("Verdict", 3),
            ("What was seen", 5),
        ],
    )
    .based_on(view.basis("none, these are records"));
    for record in &selection.records {
        for decision in &record.decisions {
            let DecisionBody::Outcome(review) = &decision.body else { continue };
            let Some(supervision) = review.supervision.as_ref().filter(|known| *known.staff == *staff) else {
                continue;
            };
            let result = if selection.cast.is_identified() {
                supervision.result.trim().to_owned()
            } else {
                "left out, free text".to_owned()
            };
            table.row([
                Cell::linked(selection.reference(&record.id).unwrap_or_default(), view.address(&record.id)),
                Cell::from(labels::subtype(record)),
                Cell::from(supervision.date.map_or_else(|| "-".to_owned(), words::short_day)),
                Cell::from(vocabulary::VERDICT.label(&review.verdict)),
                Cell::from(if result.is_empty() { "-".to_owned() } else { result }),
            ]);
        }
    }
    Section::new(2, "talked", "Supervision about near misses")
        .with(table.or("No result of this period names a supervision."))
}

fn owned(view: &View<'_>, staff: &str) -> Section {
    let selection = view.selection;
    let mut table = Table::new(
        "Actions that they own",
        &[("Record", 2), ("What it is about", 5), ("Strength", 3), ("Due", 3), ("Done", 3)],
    )
    .based_on(view.basis("none, these are actions"));
    for record in &selection.records {
        for action in record.actions.iter().filter(|action| *action.owner == *staff) {
            table.row([
                Cell::linked(selection.reference(&record.id).unwrap_or_default(), view.address(&record.id)),
                Cell::from(labels::subtype(record)),
                Cell::from(vocabulary::CONTROL_STRENGTH.label(&action.strength)),
                Cell::from(words::short_day(action.due)),
                Cell::from(
                    action
                        .done
                        .as_ref()
                        .map_or_else(|| "Not done".to_owned(), |done| words::short_day(done.on)),
                ),
            ]);
        }
    }
    Section::new(2, "owned", "Actions").with(table.or("No action of theirs in this period."))
}

//! The service improvement plan: every change, how strong it is, and what it did. Source: brief.txt example 2 step 5.

use super::{View, numbers};
use crate::{
    doc::{Cell, Section, Table},
    labels, story, words,
};
use domain::vocabulary;
use std::cmp::Reverse;

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let mut numbers = Section::new(2, "numbers", "Improvement in numbers").on_new_page();
    numbers.push(numbers::figures(
        view,
        "Actions and results",
        &[
            "stronger_share",
            "weaker_share",
            "actions_late",
            "actions_overdue",
            "improved_share",
            "better_came_back",
            "worse_or_same",
            "came_back",
            "step_4_in_time",
            "step_5_in_time",
        ],
    ));
    let mut plan = Section::new(2, "plan", "The plan: actions").on_new_page();
    plan.push(actions(view));
    let mut results = Section::new(2, "results", "Every result").on_new_page();
    results.push(outcomes(view, None));
    vec![numbers, plan, results, numbers::definitions(view)]
}

pub(super) fn actions(view: &View<'_>) -> crate::doc::Block {
    let selection = view.selection;
    let mut table = Table::new(
        "Every action: open ones first, then by due date",
        &[
            ("Record", 2),
            ("What it is about", 4),
            ("Action", 5),
            ("Strength", 2),
            ("Owner", 3),
            ("Due", 3),
            ("Done", 3),
        ],
    )
    .based_on(view.basis("none, these are actions"));
    let mut rows = Vec::new();
    for record in &selection.records {
        for action in &record.actions {
            let kind = vocabulary::ACTION_KIND.label(&action.kind);
            let typed = Some(action.text.trim()).filter(|text| !text.is_empty());
            let typed = typed.filter(|_| selection.cast.is_identified());
            let text = typed
                .or_else(|| labels::offered(action))
                .map_or_else(|| kind.to_owned(), |text| format!("{text} ({})", kind.to_lowercase()));
            let done = action.done.as_ref().map_or_else(
                || "Not done".to_owned(),
                |done| match action.late_days().unwrap_or_default() {
                    0 => words::short_day(done.on),
                    days => format!(
                        "{}, {} late",
                        words::short_day(done.on),
                        words::count(days as usize, "day", "days")
                    ),
                },
            );
            rows.push((
                (action.done.is_some(), action.due),
                vec![
                    Cell::linked(
                        selection.reference(&record.id).unwrap_or_default(),
                        view.address(&record.id),
                    ),
                    Cell::from(labels::subtype(record)),
                    Cell::from(text),
                    Cell::from(vocabulary::CONTROL_STRENGTH.label(&action.strength)),
                    Cell::from(selection.cast.owner(action, record)),
                    Cell::from(words::short_day(action.due)),
                    Cell::from(done),
                ],
            ));
        }
    }
    rows.sort_by_key(|(order, _)| *order);
    rows.into_iter().for_each(|(_, row)| table.row(row));
    table.or("No action was planned for any record of this period.")
}

/// Every result in force, by the records; or so many, the newest first.
pub(super) fn outcomes(view: &View<'_>, most: Option<usize>) -> crate::doc::Block {
    let selection = view.selection;
    let mut table = Table::new(
        "Results in force: what was measured before and after",
        &[
            ("Record", 2),
            ("What it is about", 5),
            ("Before", 3),
            ("After", 3),
            ("Looked at", 3),
            ("Verdict", 4),
        ],
    )
    .based_on(view.basis("as written in each row"));
    let mut records: Vec<_> = selection.records.iter().filter(|record| record.outcome().is_some()).collect();
    if let Some(most) = most.filter(|most| *most < records.len()) {
        table.caption =
            format!("What was measured before and after: the {most} newest results, of {}", records.len());
        records.sort_by_key(|record| Reverse(record.outcome_decision().map(|decision| decision.at)));
        records.truncate(most);
    }
    for record in records {
        let Some(review) = record.outcome() else { continue };
        let measure = if selection.cast.is_identified() && !review.measure.trim().is_empty() {
            format!("{}: {}", labels::subtype(record), review.measure.trim())
        } else {
            labels::subtype(record)
        };
        table.row([
            Cell::linked(selection.reference(&record.id).unwrap_or_default(), view.address(&record.id)),
            Cell::from(measure),
            Cell::from(story::counted(&review.baseline)),
            Cell::from(story::counted(&review.value)),
            Cell::from(vocabulary::REVIEW_POINT.label(&review.review)),
            Cell::from(vocabulary::VERDICT.label(&review.verdict)),
        ]);
    }
    table.or("No result was recorded yet.")
}

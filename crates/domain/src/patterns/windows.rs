//! Window rules: so many alike records in so many days. Source: model.md sections 11.1 and 11.2.

use super::board::{Board, Cause, Known};
use crate::record::Record;

/// Runs every window rule that the record matches, after one of its events.
pub(super) fn run(board: &mut Board, known: Known<'_>, record: &Record, cause: Cause) {
    let Some(place) = board.place(record.arrival) else { return };
    let alike = place.alike.clone();
    for lane in &alike.lanes {
        run_lane(board, known, record, (*lane, alike.date), cause);
    }
}

fn run_lane(
    board: &mut Board,
    known: Known<'_>,
    record: &Record,
    (number, date): (u32, chrono::NaiveDate),
    cause: Cause,
) {
    let Some(lane) = board.lanes.get(number as usize).cloned() else { return };
    let Some(rule) = lane.rule else { return };
    let Some(window) = rule.window(&lane.key, known.settings(&board.site)) else { return };
    let Some((first, last)) = lane.reach(date, window) else { return };
    let alert = match board.joinable(rule, &lane.key) {
        Some(alert) => alert,
        None if board.is_in_any(record.arrival, rule, &lane.key) => return,
        None => board.raise(rule, &lane.key, record.spec(), cause),
    };
    let open_days: Vec<_> = lane
        .days
        .range(first..=last)
        .filter(|(_, day)| day.whole_in != Some(alert))
        .map(|(date, day)| (*date, day.records.clone()))
        .collect();
    drop(lane);
    for (date, records) in open_days {
        for record in records {
            board.list(known, alert, record, cause);
        }
        board.with_lane(number, |lane| {
            if let Some(day) = lane.days.get_mut(&date) {
                day.whole_in = Some(alert);
            }
        });
    }
}

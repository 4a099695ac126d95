//! Window rules: so many alike records in so many days. Source: model.md sections 11.1 and 11.2.

use super::board::{Board, Cause, Known};
use crate::{directory::RuleNumbers, record::Record};
use chrono::NaiveDate;

/// Runs every window rule that the record matches, after one of its events.
pub(super) fn run(board: &mut Board, known: Known<'_>, record: &Record, cause: Cause) {
    let Some(place) = board.place(record.arrival) else { return };
    let alike = place.alike.clone();
    // The numbers of that moment: a log that is read again later raises the same alerts.
    let rules = known.rules_at(&board.site, cause.raised_at);
    for lane in &alike.lanes {
        let Some((alert, first, last)) = look(board, rules, record, (*lane, alike.date), cause) else {
            continue;
        };
        join(board, known, (*lane, alert), (first, last), cause);
    }
}

/// The alert to join, raised if need be, and the dates whose records join it.
fn look(
    board: &mut Board,
    rules: &RuleNumbers,
    record: &Record,
    (number, date): (u32, NaiveDate),
    cause: Cause,
) -> Option<(u32, NaiveDate, NaiveDate)> {
    let lane = board.lanes.get(number as usize)?;
    let rule = lane.rule?;
    let (first, last) = lane.reach(date, rule.window_by(&lane.key, rules)?)?;
    let alert = match board.open(lane.alert) {
        Some(alert) => alert,
        None if board.is_in_any_up_to(record.arrival, lane.alert) => return None,
        None => {
            let lane = lane.clone();
            let alert = board.raise(rule, &lane.key, record.spec(), cause);
            drop(lane);
            board.with_lane(number, |lane| lane.alert = Some(alert));
            alert
        }
    };
    Some((alert, first, last))
}

fn join(
    board: &mut Board,
    known: Known<'_>,
    (number, alert): (u32, u32),
    (first, last): (NaiveDate, NaiveDate),
    cause: Cause,
) {
    let Some(lane) = board.lanes.get(number as usize) else { return };
    let days = lane.days.range(first, last).filter(|(_, day)| day.whole_in != Some(alert));
    let days: Vec<(NaiveDate, Vec<u32>)> = days.map(|(date, day)| (*date, day.records.clone())).collect();
    for (date, records) in days {
        for record in records {
            board.list(known, alert, record, cause);
        }
        board.with_lane(number, |lane| {
            if let Some(day) = lane.days.get_mut(date) {
                day.whole_in = Some(alert);
            }
        });
    }
}

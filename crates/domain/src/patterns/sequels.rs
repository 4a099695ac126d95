//! Rules about one record and those that follow it: it came back after step 4 was finished, or it shows up again
//! while it waits. The alert is named after the first record. Source: model.md section 11.3.

use super::{
    Rule,
    board::{Board, Cause, Finding, Known},
    place::AlikeIn,
};
use crate::{
    record::Record,
    time::{self, Instant},
};
use std::collections::BTreeSet;

/// Dates after the end of step 4 in which the same thing counts as having come back.
const COMES_BACK_DAYS: u64 = 90;

/// `recurrence_after_close`, after any event of either record.
pub(super) fn run_recurrence(board: &mut Board, known: Known<'_>, record: &Record, cause: Cause) {
    let Some(place) = board.place(record.arrival) else { return };
    let (alike, finished) = (place.alike.clone(), place.finished);
    let number = record.arrival;
    let earliest = time::start_of(time::take_days(alike.date, COMES_BACK_DAYS));
    let came_before: BTreeSet<(Instant, u32)> = sequels(board, &alike.comes_back)
        .flat_map(|sequel| sequel.first.range((earliest, 0)..(alike.occurred_at.max(earliest), 0)))
        .copied()
        .filter(|(_, first)| *first != number)
        .collect();
    for (finished, first) in came_before {
        let alert = board.entry(first).and_then(|entry| entry.came_back);
        if alert.is_some_and(|alert| board.is_listed(number, alert)) {
            continue;
        }
        let Some(record) = known.record(first) else { continue };
        let followers = match board.joinable(Rule::RecurrenceAfterClose, &record.id) {
            Some(_) => vec![number],
            None => came_back(board, first, finished),
        };
        note_recurrence(board, known, record, &[number], &followers, cause);
    }
    if let Some(finished) = finished {
        let followers = came_back(board, number, finished);
        let alert = board.entry(number).and_then(|entry| entry.came_back);
        let is_news = |follower: &u32| !alert.is_some_and(|alert| board.is_listed(*follower, alert));
        if followers.iter().any(is_news) {
            note_recurrence(board, known, record, &followers, &followers, cause);
        }
    }
}

fn note_recurrence(
    board: &mut Board,
    known: Known<'_>,
    first: &Record,
    fresh: &[u32],
    followers: &[u32],
    cause: Cause,
) {
    let records = [&[first.arrival], followers].concat();
    let (rule, key) = (Rule::RecurrenceAfterClose, &*first.id);
    let finding = Finding { rule, key, spec: first.spec(), subject: None, fresh, records: &records };
    if let Some(alert) = board.find(known, &finding, cause) {
        board.entry_mut(first.arrival).came_back = Some(alert);
    }
}

/// Every record of the same thing that happened after `finished`, within the days.
fn came_back(board: &Board, first: u32, finished: Instant) -> Vec<u32> {
    let Some(place) = board.place(first) else { return Vec::new() };
    let end = time::start_of(time::add_days(time::london_date(finished), COMES_BACK_DAYS + 1));
    let after = (finished, u32::MAX);
    let found: BTreeSet<u32> = sequels(board, &place.alike.comes_back)
        .flat_map(|sequel| sequel.next.range(after..(end, 0)))
        .map(|(_, record)| *record)
        .filter(|record| *record != first)
        .collect();
    found.into_iter().collect()
}

/// Verbs after which a repair can have been asked for again.
pub(super) fn asks_again(verb: &str) -> bool {
    matches!(verb, "report" | "amend" | "resubmit")
}

/// `delayed_repair` because the same thing was reported again while the first report waits.
pub(super) fn run_repairs(board: &mut Board, known: Known<'_>, record: &Record, cause: Cause) {
    let Some(place) = board.place(record.arrival) else { return };
    let (alike, waits) = (place.alike.clone(), place.waits);
    let Some(repair) = alike.repair else { return };
    let this = (alike.reported_at, record.arrival);
    let earlier: Vec<(Instant, u32)> =
        sequels(board, &[repair]).flat_map(|sequel| sequel.first.range(..this)).copied().collect();
    let unseen = sequels(board, &[repair]).map(|sequel| sequel.unseen).next();
    for first in earlier {
        let alert = board.open(board.entry(first.1).and_then(|entry| entry.waited));
        match alert {
            // An alert that lists all the others already takes the one that is new.
            Some(alert) if board.whole_repairs.get(&alert).copied() == unseen => {
                board.list(known, alert, record.arrival, cause);
            }
            _ => {
                let Some(waiting) = known.record(first.1) else { continue };
                let followers = reported_after(board, &alike, first);
                note_repair(board, known, waiting, (&[record.arrival], &followers), unseen, cause);
            }
        }
    }
    if waits {
        let followers = reported_after(board, &alike, this);
        if !followers.is_empty() {
            note_repair(board, known, record, (&followers, &followers), unseen, cause);
        }
    }
}

fn note_repair(
    board: &mut Board,
    known: Known<'_>,
    first: &Record,
    (fresh, followers): (&[u32], &[u32]),
    unseen: Option<u32>,
    cause: Cause,
) {
    let records = [&[first.arrival], followers].concat();
    let (rule, key) = (Rule::DelayedRepair, &*first.id);
    let finding = Finding { rule, key, spec: first.spec(), subject: None, fresh, records: &records };
    if let (Some(alert), Some(unseen)) = (board.find(known, &finding, cause), unseen) {
        board.whole_repairs.insert(alert, unseen);
        board.entry_mut(first.arrival).waited = Some(alert);
    }
}

fn reported_after(board: &Board, alike: &AlikeIn, (reported_at, first): (Instant, u32)) -> Vec<u32> {
    let lanes = alike.repair.as_slice();
    let after = (reported_at, first.saturating_add(1));
    sequels(board, lanes).flat_map(|sequel| sequel.next.range(after..)).map(|(_, record)| *record).collect()
}

fn sequels<'a>(board: &'a Board, numbers: &'a [u32]) -> impl Iterator<Item = &'a super::lane::Sequel> {
    numbers.iter().filter_map(|number| board.sequels.get(*number as usize)).map(|sequel| &**sequel)
}

//! `silence`: a unit that used to report near misses has not for 28 dates. Source: model.md section 11.6.

use super::{
    Rule,
    agenda::{Appointment, Subject},
    board::{Board, Cause, Known},
    lane::Lane,
};
use crate::{
    register::MAIN_UNIT,
    time::{self, days_between},
};
use chrono::NaiveDate;

/// The alert comes at 00:00 London so many dates after the last near miss.
const QUIET_DAYS: u64 = 29;
/// Each of the three blocks of dates whose median is looked at.
const BLOCK_DAYS: i64 = 28;
const USUAL: usize = 2;

/// Looks again at a unit whose near misses changed. `lane`: of the unit as records say it.
pub(super) fn book(board: &mut Board, known: Known<'_>, lane: u32, cause: Cause) {
    let Some(lane) = board.lanes.get(lane as usize).cloned() else { return };
    let unit = if lane.key.is_empty() { usual_unit(board, known) } else { &lane.key };
    let Some(last) = last_near_miss(board, known, unit) else { return };
    if board.silent_since.get(unit).is_some_and(|dates| dates.contains(&last)) {
        return;
    }
    let nominal = time::start_of(time::add_days(last, QUIET_DAYS));
    let appointment = Appointment { nominal, known_at: cause.raised_at, late: cause.late };
    board.agenda.book(Subject::Silence { unit: unit.to_owned(), last }, appointment);
}

/// The moment has come: is the unit silent, and was it not before?
pub(super) fn run(
    board: &mut Board,
    known: Known<'_>,
    unit: &str,
    last: NaiveDate,
    appointment: Appointment,
) {
    let is_last = last_near_miss(board, known, unit) == Some(last);
    let done = board.silent_since.get(unit).is_some_and(|dates| dates.contains(&last));
    if !is_last || done || median_of_blocks(board, known, unit, last) < USUAL {
        return;
    }
    // An alert that is still open stands for this date too.
    if board.joinable(Rule::Silence, unit).is_none() {
        let cause = Cause { raised_at: appointment.raised_at(), late: appointment.is_late(), own: None };
        board.raise(Rule::Silence, unit, None, cause);
    }
    board.silent_since.entry(unit.to_owned()).or_default().insert(last);
}

/// Unit of a record that names none.
fn usual_unit<'a>(board: &Board, known: Known<'a>) -> &'a str {
    let site = known.directory.sites.get(&board.site);
    site.and_then(|site| site.units.first()).map_or(MAIN_UNIT, String::as_str)
}

fn lanes<'a>(board: &'a Board, known: Known<'_>, unit: &str) -> impl Iterator<Item = &'a Lane> {
    let unnamed = (usual_unit(board, known) == unit).then(|| board.unit_lane("")).flatten();
    board.unit_lane(unit).into_iter().chain(unnamed)
}

fn counts(board: &Board, known: Known<'_>, record: u32) -> bool {
    let settings = known.settings(&board.site);
    board.place(record).is_some_and(|place| place.alike.happened.counts_as_near_miss(settings))
}

fn last_near_miss(board: &Board, known: Known<'_>, unit: &str) -> Option<NaiveDate> {
    let last_of = |lane: &Lane| {
        let mut days = lane.days.latest_first();
        days.find(|(_, day)| day.records.iter().any(|record| counts(board, known, *record)))
            .map(|(date, _)| *date)
    };
    lanes(board, known, unit).filter_map(last_of).max()
}

fn median_of_blocks(board: &Board, known: Known<'_>, unit: &str, last: NaiveDate) -> usize {
    let mut blocks = [0_usize; 3];
    let first = time::take_days(last, 3 * BLOCK_DAYS.unsigned_abs() - 1);
    for (date, day) in lanes(board, known, unit).flat_map(|lane| lane.days.range(first, last)) {
        let block = usize::try_from(days_between(*date, last) / BLOCK_DAYS).unwrap_or_default();
        blocks[block] += day.records.iter().filter(|record| counts(board, known, **record)).count();
    }
    blocks.sort_unstable();
    blocks[1]
}

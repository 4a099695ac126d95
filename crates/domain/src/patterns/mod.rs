//! Patterns: what a pile of records says that no single one does. Rules run after every event that becomes known
//! and as time passes, on what this place knows. Source: model.md section 11.
//! Pure: the caller gives every moment. One event costs the same in any length of history.

mod agenda;
mod alert;
mod board;
mod dry_run;
mod index;
mod key;
mod lane;
mod place;
mod rule;
mod sequels;
mod silence;
mod single;
#[cfg(test)]
pub(crate) mod tests;
mod timed;
mod together;
mod usual;
mod versions;
mod week;
mod windows;

pub use alert::{Alert, Settled, State, Status};
pub(crate) use board::{Board, Known};
pub use dry_run::{Difference, DryRun};
pub use key::{Alike, EVERYWHERE, Part};
pub use rule::{
    LONGEST_REASON, RULE_SET, RULES, Rule, RuleSpec, SENSIBLE_THRESHOLDS, THRESHOLDS, To, WINDOW_DAYS, Window,
};
pub(crate) use single::run_finding;
pub use together::{By, CameBack, Together, together};
pub use usual::Usual;
pub use versions::{ChangedRule, Version};
pub use week::{Digest, Week, days_open, digest};

use crate::{event::Received, ids::RecordId, record::Record, time::Instant};
use board::Cause;

/// Rule and key of an alert's name `rule|key`.
pub fn name_parts(name: &str) -> Option<(Rule, &str)> {
    let (rule, key) = name.split_once('|')?;
    Some((Rule::from_code(rule)?, key))
}

/// Runs the rules after an accepted event of a record.
pub(crate) fn after_event(board: &mut Board, known: Known<'_>, record: &Record, received: &Received) {
    // The past is counted, but raises nothing: see decision 013.
    if record.imported.is_some() {
        return;
    }
    let cause = Cause::event(received, Some(record.arrival));
    let unit_before = board.unit_of(record.arrival);
    let moved = board.index(record, &received.event);
    timed::book(board, record, cause);
    windows::run(board, known, record, cause);
    single::run(board, known, record, &received.event, cause);
    sequels::run_recurrence(board, known, record, cause);
    if sequels::asks_again(&received.event.verb) {
        sequels::run_repairs(board, known, record, cause);
    }
    if moved {
        let unit = board.unit_of(record.arrival);
        for unit in unit_before.into_iter().chain(unit) {
            silence::book(board, known, unit, cause);
        }
    }
}

/// The provider's lists changed: a unit may have another name now, and other records may count.
pub(crate) fn after_directory(board: &mut Board, known: Known<'_>, now: Instant) {
    for unit in board.units() {
        silence::book(board, known, unit, Cause { raised_at: now, late: false, own: None });
    }
}

/// Runs the first rule on the agenda. Gives the record whose decision it makes stale, if any.
pub(crate) fn run_next(board: &mut Board, known: Known<'_>) -> Option<RecordId> {
    let (subject, appointment) = board.agenda.pop()?;
    timed::run(board, known, &subject, appointment)
}

//! Rules that time drives: an action past its date, an outage of 24 hours. Source: model.md sections 11.3 and 11.4.

use super::{
    Rule,
    agenda::{Appointment, Subject},
    board::{Board, Cause, Finding, Known},
    silence,
};
use crate::{
    ids::{EventId, RecordId},
    pathway::State,
    record::{Outage, Record},
    time::{self, Instant},
};

const OUTAGE_HOURS: u64 = 24;

/// After an event of a record: what of it waits for time to pass.
pub(super) fn book(board: &mut Board, record: &Record, cause: Cause) {
    if record.outages.is_empty() && (record.actions.is_empty() || !raises_repairs(record)) {
        return;
    }
    let wanted = wanted(record);
    for subject in board.agenda.of_record(record.arrival) {
        if !wanted.iter().any(|(wanted, _)| *wanted == subject) {
            board.agenda.cancel(&subject);
        }
    }
    for (subject, nominal) in wanted {
        if !is_alerted(board, record, &subject) {
            let appointment = Appointment { nominal, known_at: cause.raised_at, late: cause.late };
            board.agenda.book(subject, appointment);
        }
    }
}

fn wanted(record: &Record) -> Vec<(Subject, Instant)> {
    let number = record.arrival;
    let repairs = record.state == State::AwaitingAction && record.is_in_play() && raises_repairs(record);
    let actions = record.actions.iter().filter(|action| repairs && action.done.is_none()).map(|action| {
        let nominal = time::start_of(time::add_days(action.due, 1));
        (Subject::Action { record: number, action: action.id.clone() }, nominal)
    });
    let running = record.outages.iter().filter(|outage| record.state.is_live() && runs_24h(outage));
    let outages = running
        .map(|outage| (Subject::Outage { record: number, outage: outage.id.clone() }, nominal_of(outage)));
    actions.chain(outages).collect()
}

fn raises_repairs(record: &Record) -> bool {
    record.spec().is_some_and(|spec| spec.raises.contains(&Rule::DelayedRepair))
}

fn nominal_of(outage: &Outage) -> Instant {
    time::hours_after(outage.started_at, OUTAGE_HOURS)
}

/// No end at or before 24 hours is known.
fn runs_24h(outage: &Outage) -> bool {
    outage.ended_at.is_none_or(|ended_at| ended_at > nominal_of(outage))
}

fn is_alerted(board: &Board, record: &Record, subject: &Subject) -> bool {
    match subject {
        Subject::Action { action, .. } => board.has_subject(Rule::DelayedRepair, &record.id, action),
        Subject::Outage { outage, .. } => {
            outage_key(record, outage).is_some_and(|key| board.has_subject(Rule::Outage24h, &key, outage))
        }
        Subject::Silence { .. } => false,
    }
}

fn outage_key(record: &Record, outage: &EventId) -> Option<String> {
    let outage = record.outages.iter().find(|known| known.id == *outage)?;
    Some([&*record.id, "/", &outage.what].concat())
}

/// The moment of a subject has come. Gives the record whose decision an outage makes stale.
pub(super) fn run(
    board: &mut Board,
    known: Known<'_>,
    subject: &Subject,
    appointment: Appointment,
) -> Option<RecordId> {
    let (number, rule, id) = match subject {
        Subject::Action { record, action } => (*record, Rule::DelayedRepair, action),
        Subject::Outage { record, outage } => (*record, Rule::Outage24h, outage),
        Subject::Silence { unit, last } => {
            silence::run(board, known, unit, *last, appointment);
            return None;
        }
    };
    let record = known.record(number)?;
    let key = match rule {
        Rule::Outage24h => outage_key(record, id)?,
        _ => record.id.to_string(),
    };
    let finding =
        Finding { rule, key: &key, spec: record.spec(), subject: Some(id), fresh: &[], records: &[number] };
    let cause = Cause { raised_at: appointment.raised_at(), late: appointment.is_late(), own: Some(number) };
    let alert = board.find(known, &finding, cause);
    alert.filter(|_| rule == Rule::Outage24h).map(|_| record.id.clone())
}

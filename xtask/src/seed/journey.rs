//! What happens next to a record: who does it, with which words. One step at a time, from its state alone.

use super::{
    cast::Cast,
    chance::Chance,
    outcome::{is_looked_at_again, last_look},
    words::Words,
    year::Year,
};
use chrono::Duration;
use domain::{
    pathway::State,
    record::{Record, Reporter},
    register::Register,
    roles::Role,
    time::Instant,
};
use serde_json::{Value, json};

/// One event to be.
pub struct Next {
    pub verb: &'static str,
    pub by: String,
    pub with: Value,
}

pub struct Desk<'a> {
    pub register: &'a Register,
    pub cast: &'a Cast,
    pub words: &'a Words,
    /// Only in the long story.
    pub year: Option<&'a Year>,
    pub now: Instant,
}

impl Desk<'_> {
    /// `None`: nothing more to do, or nobody who could.
    pub fn next(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        if self.year.is_some()
            && let Some(next) = self.unusual(record, chance)
        {
            return Some(next);
        }
        match record.state {
            State::AwaitingRiskReview => self.review(record, chance),
            State::Returned => self.resubmit(record),
            State::AwaitingNotificationDecision => self.decide(record),
            State::AwaitingAction => self.act(record, chance),
            State::AwaitingOutcome => self.outcome(record, chance),
            State::Closed | State::Withdrawn | State::Duplicate => None,
        }
    }

    fn resubmit(&self, record: &Record) -> Option<Next> {
        let Reporter::Named(by) = &record.reporter else { return None };
        // A missed dose always reached the person.
        let missed = self.year.is_some() && record.facts.code("error_type") == Some("omitted");
        let changes = if missed { json!({"harm": "none"}) } else { json!({"reached": "no"}) };
        let with =
            json!({"changes": changes, "text": "Checked with the next shift: it was stopped in time."});
        Some(Next { verb: "resubmit", by: by.to_string(), with })
    }

    pub(super) fn holder(&self, record: &Record, role: Role, chance: &mut Chance) -> Option<String> {
        let holders = self.cast.holders(&record.site, role);
        let others: Vec<&str> = holders
            .iter()
            .copied()
            .filter(|who| !matches!(&record.reporter, Reporter::Named(id) if **id == **who))
            .collect();
        chance.pick(if others.is_empty() { &holders } else { &others }).map(|who| (*who).to_owned())
    }

    pub(super) fn first(&self, record: &Record, role: Role) -> Option<String> {
        if role == Role::RegisteredManager
            && let Some(deputy) = self.stand_in(record)
        {
            return Some(deputy);
        }
        self.cast.holders(&record.site, role).first().map(|who| (*who).to_owned())
    }
}

/// When the next step comes: hours later at first, days for actions, four weeks until it is clear whether it worked.
pub fn next_step(record: &Record, at: Instant, chance: &mut Chance) -> Instant {
    if record.state == State::AwaitingOutcome
        && is_looked_at_again(record)
        && let Some(day) = last_look(record, chance)
    {
        return day.max(at + Duration::hours(1));
    }
    let hours = match record.state {
        State::AwaitingRiskReview if chance.happens(85) => chance.between(1, 9),
        State::AwaitingRiskReview => chance.between(13, 40),
        State::Returned => chance.between(2, 30),
        State::AwaitingNotificationDecision if chance.happens(85) => chance.between(1, 14),
        State::AwaitingNotificationDecision => chance.between(26, 60),
        State::AwaitingAction if record.unsent_bodies().next().is_some() => chance.between(1, 6),
        State::AwaitingAction
            if record.actions.iter().any(|action| action.current && action.done.is_none()) =>
        {
            chance.between(20, 240)
        }
        State::AwaitingAction => chance.between(3, 60),
        State::AwaitingOutcome if record.current_outcome().is_some() => chance.between(1, 48),
        State::AwaitingOutcome => chance.between(27 * 24, 30 * 24),
        _ => 24,
    };
    at + Duration::minutes(hours * 60 + chance.between(0, 59))
}

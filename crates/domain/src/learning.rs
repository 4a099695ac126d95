//! What became of a record after its actions: the measure, the two looks at it, and whether it came back.
//! Source: model.md sections 9 and 11.3, background.md section 3.8.

#[cfg(test)]
mod tests;

use crate::{
    ids::RecordId,
    pathway::State,
    patterns::{Alert, Rule},
    record::{DecisionBody, OutcomeReview, Record, StepDecision},
    register::Register,
    time::{self, Instant},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The second look at a change comes so many days after it. Source: model.md section 14.
pub const LAST_LOOK_DAYS: u64 = 90;

/// One record whose actions ended, as an improvement.
#[derive(Clone, Debug)]
pub struct Improvement<'a> {
    pub record: &'a Record,
    /// When step 4 last ended: the date of the change.
    pub changed_at: Instant,
    /// The latest result in force, with who recorded it.
    pub result: Option<(&'a StepDecision, &'a OutcomeReview)>,
    /// The looks at 28 days (the site's own number of days) and at 90 days.
    pub looks: [Look<'a>; 2],
    /// Alerts that say that it came back; see `came_back`.
    pub came_back: Vec<&'a Alert>,
}

/// A date by which somebody looks if the change worked, and what they found.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    /// Code of `review_point`.
    pub review: &'static str,
    pub due: NaiveDate,
    pub found: Option<(&'a StepDecision, &'a OutcomeReview)>,
}

/// Where an improvement stands, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Similar things happened after the change.
    CameBack,
    /// The date of a look has passed and nobody has looked.
    LookDue,
    /// The latest result is no change or worse.
    NotBetter,
    /// No result yet, or too early to say.
    Waiting,
    /// Better; also where it was said to last before the second look.
    Better,
    /// Better and it lasted, by a look 90 days after the change or later.
    Sustained,
}

impl Standing {
    pub const ALL: [Standing; 6] = [
        Standing::CameBack,
        Standing::LookDue,
        Standing::NotBetter,
        Standing::Waiting,
        Standing::Better,
        Standing::Sustained,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Standing::CameBack => "came_back",
            Standing::LookDue => "look_due",
            Standing::NotBetter => "not_better",
            Standing::Waiting => "waiting",
            Standing::Better => "better",
            Standing::Sustained => "sustained",
        }
    }
}

impl<'a> Improvement<'a> {
    /// `None` while the actions of a record have not ended once, and for a record that no longer counts.
    pub fn of(record: &'a Record, register: &'a Register) -> Option<Self> {
        let changed_at = record.outcome_since.filter(|_| record.state.is_live())?;
        let days = register.directory().settings(&record.site).step5_days;
        let look = |review: &'static str, days: u64| Look {
            review,
            due: time::london_date(time::days_after(changed_at, days)),
            found: found(record, review),
        };
        Some(Improvement {
            record,
            changed_at,
            result: latest(record),
            looks: [look("28d", days), look("90d", LAST_LOOK_DAYS)],
            came_back: came_back(record, register),
        })
    }

    /// Live records of the same category and subtype that happened after the change and within 90 days of it. None for
    /// "something else": nothing says what is similar to it.
    pub fn similar_since(&self, register: &Register) -> Option<usize> {
        let record = self.record;
        let subtype = record.facts.particular_subtype()?;
        let last = time::add_days(time::london_date(self.changed_at), LAST_LOOK_DAYS);
        let similar = |other: &&Record| {
            other.id != record.id
                && other.state.is_live()
                && other.facts.category() == record.facts.category()
                && other.facts.subtype() == Some(subtype)
                && other.facts.occurred_at() > self.changed_at
                && other.facts.occurred_on() <= last
        };
        Some(register.of_site(&record.site).filter(similar).count())
    }

    /// The look that waits, once its date has passed. A record that was closed is looked at no more.
    pub fn look_due(&self, today: NaiveDate) -> Option<&Look<'a>> {
        let waits = self.record.state == State::AwaitingOutcome;
        let later = |index: usize| self.looks.iter().skip(index + 1).any(|look| look.found.is_some());
        let mut looks = self.looks.iter().enumerate();
        let due = looks.find(|(index, look)| look.found.is_none() && !later(*index) && look.due < today);
        due.map(|(_, look)| look).filter(|_| waits)
    }

    /// The latest result is of the second look, or from its date on. Nobody knows after 28 days whether it lasts.
    fn was_looked_at_late_enough(&self) -> bool {
        let [_, last] = &self.looks;
        self.result.is_some_and(|(decision, review)| {
            review.review == last.review || time::london_date(decision.at) >= last.due
        })
    }

    pub fn standing(&self, today: NaiveDate) -> Standing {
        let verdict = self.result.map(|(_, review)| review.verdict.as_str());
        match verdict {
            _ if !self.came_back.is_empty() => Standing::CameBack,
            Some("no_change" | "worse") => Standing::NotBetter,
            _ if self.look_due(today).is_some() => Standing::LookDue,
            Some("sustained") if self.was_looked_at_late_enough() => Standing::Sustained,
            Some("improved" | "sustained") => Standing::Better,
            _ => Standing::Waiting,
        }
    }
}

/// Alerts, the newest first and dismissed ones left out, that say that the same happened again after the latest change.
/// What came back before it was the reason for that change. Empty while step 4 has not ended.
pub fn came_back<'a>(record: &Record, register: &'a Register) -> Vec<&'a Alert> {
    let is_later = |id: &RecordId| later(record, register, id).is_some();
    let is_about_this = |alert: &&Alert| {
        alert.rule == Rule::RecurrenceAfterClose
            && alert.key == record.id.as_str()
            && !alert.is_dismissed()
            && alert.records().any(is_later)
    };
    let mut alerts: Vec<&Alert> = register.alerts_with(record).filter(is_about_this).collect();
    alerts.reverse();
    alerts
}

/// The records of those alerts that happened after the latest change.
pub fn again<'a>(record: &Record, register: &'a Register) -> Vec<&'a Record> {
    let alerts = came_back(record, register);
    let ids: BTreeSet<&RecordId> = alerts.into_iter().flat_map(Alert::records).collect();
    ids.into_iter().filter_map(|id| later(record, register, id)).collect()
}

/// Another live record, where it happened after the latest change of `record`.
fn later<'a>(record: &Record, register: &'a Register, id: &RecordId) -> Option<&'a Record> {
    let changed_at = record.outcome_since?;
    let other = register.record(id).filter(|other| other.id != record.id && other.state.is_live());
    other.filter(|other| other.facts.occurred_at() > changed_at)
}

/// The latest result says better, or better and it lasted, and nothing came back since.
pub fn is_better(record: &Record, register: &Register) -> bool {
    let better = |review: &OutcomeReview| matches!(review.verdict.as_str(), "improved" | "sustained");
    record.outcome().is_some_and(better) && came_back(record, register).is_empty()
}

fn latest(record: &Record) -> Option<(&StepDecision, &OutcomeReview)> {
    record.outcome_decision().and_then(outcome)
}

/// The latest look of that kind since step 5 was last entered.
fn found<'a>(record: &'a Record, review: &str) -> Option<(&'a StepDecision, &'a OutcomeReview)> {
    let since =
        |decision: &&StepDecision| decision.is_effective() && decision.version > record.outcome_entered;
    let mut looks = record.decisions.iter().filter(since).filter_map(outcome).rev();
    looks.find(|(_, found)| found.review == review)
}

fn outcome(decision: &StepDecision) -> Option<(&StepDecision, &OutcomeReview)> {
    match &decision.body {
        DecisionBody::Outcome(review) => Some((decision, review)),
        _ => None,
    }
}

//! By when a body must be told, only where the law or the contract has a time.
//! "Without delay" is never turned into a number of hours. Source: model.md section 8.4.

use crate::{
    directory::Settings,
    due::Due,
    record::{Notification, Record},
    time::{self, Instant},
};
use chrono::NaiveDate;

/// The latest time to tell a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TellBy {
    Date(NaiveDate),
    At(Instant),
}

impl From<TellBy> for Due {
    fn from(by: TellBy) -> Due {
        match by {
            TellBy::Date(date) => Due::On(date),
            TellBy::At(at) => Due::At(at),
        }
    }
}

/// RIDDOR 2013 regulations 4 and 6: 10 days, or 15 for an absence of more than 7 days alone.
const RIDDOR_DAYS: u64 = 10;
const RIDDOR_ABSENCE_DAYS: u64 = 15;
/// UK GDPR article 33.
const ICO_HOURS: u64 = 72;
/// RIDDOR 2013 regulation 12: records are kept for at least three years.
const RIDDOR_KEEP_YEARS: i32 = 3;

/// None where the body is not needed or no time is set by law or contract.
pub fn tell_by(record: &Record, decision: &Notification, body: &str, settings: &Settings) -> Option<TellBy> {
    if !decision.bodies.get(body).is_some_and(|body| body.needed) {
        return None;
    }
    match body {
        "hse_riddor" => {
            let days = if is_absence_only(decision) { RIDDOR_ABSENCE_DAYS } else { RIDDOR_DAYS };
            Some(TellBy::Date(time::add_days(record.facts.occurred_on(), days)))
        }
        "ico" => Some(TellBy::At(time::hours_after(record.reported_at, ICO_HOURS))),
        "commissioner" => {
            let hours = settings.contract_hours?;
            Some(TellBy::At(time::hours_after(record.facts.occurred_at(), hours)))
        }
        _ => None,
    }
}

/// Until when the papers of a RIDDOR report are kept.
pub fn keep_until(record: &Record, decision: &Notification, body: &str) -> Option<NaiveDate> {
    let needed = decision.bodies.get(body).is_some_and(|body| body.needed);
    (needed && body == "hse_riddor").then(|| time::years_after(record.facts.occurred_on(), RIDDOR_KEEP_YEARS))
}

fn is_absence_only(decision: &Notification) -> bool {
    let yes = |question: &str| decision.answers.get(question).is_some_and(|answer| answer == "y");
    let others = ["death", "worker_serious", "lifting_equipment", "electrical_fire", "sharp_or_agent"];
    yes("worker_over_7_days") && !others.into_iter().any(yes)
}

//! What people do differently in the long story: they measure what came of it, some actions come late, a deputy stands
//! in, and what ends a thread is planned in its month.

use crate::seed::journey::{Desk, Next};
use chrono::Duration;
use domain::{
    record::Record,
    time::{self, Instant, add_days, days_between, london_date, take_days},
};
use serde_json::{Value, json};

const BLOCK_DAYS: u64 = 28;

impl Desk<'_> {
    /// What is done about a record of a thread: text and strength.
    pub(in crate::seed) fn of_thread(&self, record: &Record) -> Option<(&str, &str)> {
        let year = self.year?;
        let thread = year.thread_of(record)?;
        let changed = year.month(self.now) >= thread.changed_in;
        let (text, strength) = if changed { &thread.after } else { &thread.before };
        Some((text, strength))
    }

    /// The change of a support plan that ends a thread.
    pub(in crate::seed) fn change_of_plan(&self, record: &Record) -> Option<Value> {
        let year = self.year?;
        let thread = year.thread_of(record)?;
        let mut plan = thread.plan.clone().filter(|_| year.month(self.now) >= thread.changed_in)?;
        plan["changed"] = json!(london_date(self.now));
        Some(plan)
    }

    /// One action in seven comes late, and now and then by weeks: nothing happens to the record before.
    pub(in crate::seed) fn waits_until(&self, record: &Record) -> Option<Instant> {
        self.year?;
        let open = record.actions.iter().find(|action| action.current && action.done.is_none())?;
        let digits = open.id.bytes().filter(u8::is_ascii_digit).map(|digit| u64::from(digit - b'0'));
        let days = match digits.sum::<u64>() % 14 {
            0 => 25,
            1 => 6,
            _ => return None,
        };
        let done = time::start_of(add_days(open.due, days)) + Duration::hours(10);
        Some(done).filter(|done| self.now < *done)
    }

    /// Somebody writes down why it takes so long.
    pub(in crate::seed) fn reminder(&self, record: &Record) -> Option<Next> {
        let by = self.first(record, record.spec()?.pathway.lead)?;
        let waits = days_between(record.facts.occurred_on(), london_date(self.now));
        let text = format!("Waiting for the part; {waits} days now. Asked the supplier again.");
        Some(Next { verb: "add_note", by, with: json!({"text": text}) })
    }

    /// How often the same thing happened at the site in the 28 days before the action was finished, and in the last 28.
    pub(in crate::seed) fn measured(&self, record: &Record) -> Option<Value> {
        self.year?;
        let finished = london_date(record.outcome_since?);
        let today = london_date(self.now);
        let same = |last: chrono::NaiveDate| {
            let first = take_days(last, BLOCK_DAYS - 1);
            self.register
                .of_site(&record.site)
                .filter(|other| other.facts.category() == record.facts.category())
                .filter(|other| other.facts.subtype() == record.facts.subtype())
                .filter(|other| other.facts.code("location") == record.facts.code("location"))
                .filter(|other| (first..=last).contains(&other.facts.occurred_on()))
                .count()
        };
        let (before, after) = (same(finished).max(1), same(today));
        let rounds = record.decisions.iter().filter(|decision| decision.step == 5).count();
        let verdict = match after {
            fewer if fewer < before => "improved",
            more if more > before + 1 && rounds < 2 => "worse",
            _ if rounds < 2 => "no_change",
            _ => "improved",
        };
        Some(json!({
            "measure": "the same thing in the same place",
            "baseline": {"count": before, "per": BLOCK_DAYS, "unit": "days"},
            "value": {"count": after, "per": BLOCK_DAYS, "unit": "days"},
            "review": "28d",
            "verdict": verdict,
            "evidence": ["feedback_staff", "audit"],
        }))
    }

    /// Who stands in for the registered manager on this date.
    pub(in crate::seed) fn stand_in(&self, record: &Record) -> Option<String> {
        self.year?;
        let today = london_date(self.now);
        let staff = self.cast.directory.staff.iter();
        let mut stand_ins = staff.filter(|(_, member)| {
            member.delegate.iter().any(|one| one.site == record.site && (one.from..=one.to).contains(&today))
        });
        stand_ins.next().map(|(id, _)| id.to_string())
    }
}

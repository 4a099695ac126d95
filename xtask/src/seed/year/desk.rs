//! What people do differently in the long story: some actions come late, a deputy stands
//! in, and what ends a thread is planned in its month.

use crate::seed::journey::Desk;
use chrono::Duration;
use domain::{
    record::Record,
    time::{self, Instant, add_days, london_date},
};
use serde_json::{Value, json};

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

//! Similar records before a report and after its actions, beside all near misses of the same times. Counted from the
//! register, so that nobody has to count by hand; nothing is judged here.

use crate::text::{
    common::{count, day},
    measures::Volume,
};
use chrono::NaiveDate;
use domain::{
    measures::begins,
    record::Record,
    register::Register,
    time::{Instant, add_days, days_between, london_date, take_days},
};

/// The days up to the report that make the count before.
pub const BEFORE_DAYS: u64 = 28;

/// The report itself is in no count: it is why somebody looked, so a time that ends with it always holds one, and
/// fewer after would be the rule also where nothing changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// Before and after.
    pub similar: [usize; 2],
    /// Of the whole site, of every category.
    pub near_misses: [usize; 2],
    /// 28, or fewer where the records of the site begin later; 0 where they begin after the report.
    pub before_days: u64,
    /// From the end of step 4 to today, both included.
    pub after_days: u64,
    pub from: NaiveDate,
}

impl Counted {
    /// Live records of the same category and subtype at the site. None where the subtype is "something else": nothing
    /// says what is similar to it.
    pub fn of(record: &Record, register: &Register, now: Instant) -> Option<Counted> {
        let subtype = record.facts.particular_subtype()?;
        let (reported, today) = (record.facts.occurred_on(), london_date(now));
        let from = record.outcome_since.map_or(today, london_date);
        let whole = take_days(reported, BEFORE_DAYS - 1);
        let first = begins(register, &record.site).map_or(whole, |begun| whole.max(begun));
        // What was counted before is not a repeat.
        let times = [first..=reported, from.max(add_days(reported, 1))..=today];
        let settings = register.directory().settings(&record.site);
        let (mut similar, mut near_misses) = ([0; 2], [0; 2]);
        let others = register.of_site(&record.site).filter(|other| other.id != record.id);
        for other in others.filter(|other| other.state.is_live()) {
            let Some(time) = times.iter().position(|time| time.contains(&other.facts.occurred_on())) else {
                continue;
            };
            let is_similar =
                other.facts.category() == record.facts.category() && other.facts.subtype() == Some(subtype);
            similar[time] += usize::from(is_similar);
            near_misses[time] += usize::from(other.counts_as_near_miss(&settings));
        }
        let days = |from, to| u64::try_from(days_between(from, to) + 1).unwrap_or_default();
        Some(Counted {
            similar,
            near_misses,
            before_days: days(first, reported),
            after_days: days(from, today).max(1),
            from,
        })
    }

    /// What was counted, and what was not.
    pub fn words(&self) -> String {
        let after = format!("{} since {}", days(self.after_days), day(self.from));
        let left_out =
            "This report is left out, because it is why somebody looked. You can change the numbers.";
        let [before, now] = self.similar;
        let other = |number| count(number, "other similar record", "other similar records");
        match self.before_days {
            0 => format!(
                "Counted here: {} in the {after}. This happened before the records here begin, so there is no time \
                 before it to count. {left_out}",
                other(now),
            ),
            some => format!(
                "Counted here: {} in the {} up to this report{}, and {now} in the {after}. {left_out}",
                other(before),
                days(some),
                if some < BEFORE_DAYS { ", from when the records here begin" } else { "" },
            ),
        }
    }

    /// None where there is no time before.
    pub fn volume(&self) -> Option<Volume> {
        let [before, now] = self.near_misses.map(|number| number as u64);
        let volume = Volume { before, before_days: self.before_days, now, now_days: self.after_days };
        (self.before_days > 0).then_some(volume)
    }

    /// "All other near misses at this site in the same times: 40 in 28 days before, 30 in 31 days after." A fall of one
    /// kind is read beside it.
    pub fn volume_words(&self) -> Option<String> {
        let Volume { before, before_days, now, now_days } = self.volume()?;
        let (then, since) = (days(before_days), days(now_days));
        Some(format!(
            "All other near misses at this site in the same times: {before} in {then} before, {now} in {since} after."
        ))
    }
}

fn days(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), "day", "days")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Sent, at};
    use domain::{
        directory::{Directory, Site},
        time::parse_date,
    };
    use serde_json::json;
    use std::sync::Arc;

    struct Home(Register);

    impl Home {
        fn new(live_from: &str) -> Home {
            let mut directory = Directory::default();
            directory
                .sites
                .insert("elm".into(), Site { live_from: parse_date(live_from), ..Site::default() });
            Home(Register::new(Arc::new(directory)))
        }

        fn report(mut self, record: &str, day: &str, error: &str) -> Home {
            let at = format!("{day}T09:00+00:00");
            let with = json!({
                "category": "medication", "happened": "something_happened", "reached": "no", "error_type": error,
                "occurred_at": at,
            });
            Sent { record, at: &at, with, ..Sent::default() }.arrives(&mut self.0);
            self
        }

        /// Of the record `r`, whose actions ended on that day.
        fn counted(mut self, ended: &str, today: &str) -> Counted {
            let (at_end, now) = (format!("{ended}T09:00+00:00"), at(&format!("{today}T12:00+00:00")));
            let with = json!({"reason": "a slip"});
            Sent { verb: "no_action_needed", record: "r", at: &at_end, with, ..Sent::default() }
                .arrives(&mut self.0);
            Counted::of(self.0.record("r").expect("r"), &self.0, now).expect("counts")
        }
    }

    #[test]
    fn the_report_that_started_it_is_in_no_count() {
        let home = Home::new("2026-01-01").report("old", "2026-01-20", "wrong_dose");
        let counted = home.report("r", "2026-06-01", "wrong_dose").counted("2026-06-10", "2026-07-10");
        assert_eq!((counted.similar, counted.near_misses), ([0, 0], [0, 0]));
        assert!(
            counted.words().starts_with(
                "Counted here: 0 other similar records in the 28 days up to this report, and 0 in the 31 days since \
                 10 June 2026. This report is left out"
            ),
            "{}",
            counted.words()
        );
    }

    #[test]
    fn all_near_misses_of_the_same_times_stand_beside_it() {
        let home = Home::new("2026-01-01")
            .report("r", "2026-06-01", "wrong_dose")
            .report("too-early", "2026-05-04", "wrong_dose")
            .report("same", "2026-05-05", "wrong_dose")
            .report("other", "2026-05-20", "wrong_time")
            .report("between", "2026-06-05", "wrong_dose")
            .report("after", "2026-06-10", "wrong_time");
        let counted = home.counted("2026-06-10", "2026-07-07");
        assert_eq!((counted.similar, counted.near_misses), ([1, 0], [2, 1]));
        assert_eq!(
            counted.volume_words().as_deref(),
            Some(
                "All other near misses at this site in the same times: 2 in 28 days before, 1 in 28 days after."
            )
        );
    }

    #[test]
    fn days_before_the_records_begin_are_no_days_without_reports() {
        let young = Home::new("2026-05-25").report("first", "2026-05-26", "wrong_time");
        let counted = young.report("r", "2026-06-01", "wrong_dose").counted("2026-06-10", "2026-07-10");
        assert_eq!(counted.before_days, 8);
        assert!(counted.words().contains("8 days up to this report, from when the records here begin"));
        let told_late = Home::new("2026-06-05").report("r", "2026-06-01", "wrong_dose");
        let counted = told_late.counted("2026-06-10", "2026-07-10");
        assert_eq!((counted.before_days, counted.volume_words()), (0, None));
        assert!(counted.words().contains("no time before it to count"), "{}", counted.words());
    }
}

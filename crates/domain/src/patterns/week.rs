//! What the alerts of a site say in one ISO week, each named once.

use super::{Alert, Rule, Status};
use crate::{
    event::{Mark, Received},
    record::Record,
    register::Register,
    time::{self, Instant, add_days, start_of, take_days},
};
use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt;

/// Monday to Sunday, by the London calendar. Written `2026-W47`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week {
    monday: NaiveDate,
}

/// Every alert stands in one list only, as it stood when the week ended, or as it stands in a week that has not ended.
#[derive(Clone, Debug, Default)]
pub struct Digest<'a> {
    /// Raised in the week and open at its end.
    pub new: Vec<&'a Alert>,
    /// Raised before the week and open at its end.
    pub open: Vec<&'a Alert>,
    /// Open but for that somebody lets them wait: nobody is asked about them.
    pub waiting: Vec<&'a Alert>,
    /// Settled in the week.
    pub settled: Vec<&'a Alert>,
    /// Reports that reached the service in the week, long after they were written.
    pub late: Vec<&'a Record>,
}

impl Week {
    pub fn of(date: NaiveDate) -> Week {
        Week { monday: take_days(date, u64::from(date.weekday().num_days_from_monday())) }
    }

    pub fn parse(text: &str) -> Option<Week> {
        let (year, week) = text.split_once("-W")?;
        if year.len() != 4 || week.len() != 2 {
            return None;
        }
        let monday = NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)?;
        Some(Week { monday })
    }

    pub fn first(self) -> NaiveDate {
        self.monday
    }

    pub fn last(self) -> NaiveDate {
        add_days(self.monday, 6)
    }

    pub fn before(self) -> Week {
        Week { monday: take_days(self.monday, 7) }
    }

    pub fn after(self) -> Week {
        Week { monday: add_days(self.monday, 7) }
    }

    /// From the first moment, included, to the last, not included.
    pub fn moments(self) -> (Instant, Instant) {
        (start_of(self.monday), start_of(add_days(self.monday, 7)))
    }
}

impl fmt::Display for Week {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.monday.iso_week();
        write!(out, "{:04}-W{:02}", week.year(), week.week())
    }
}

impl Alert {
    /// When somebody linked or dismissed it.
    pub fn settled_at(&self) -> Option<Instant> {
        self.settled.as_ref().filter(|_| self.is_settled()).map(|settled| settled.at)
    }

    /// Somebody had let it wait by then, until later. Of several waits only the last is known: before it, it was open.
    pub fn waits_at(&self, at: Instant) -> bool {
        let began = self.settled.as_ref().map(|settled| settled.at);
        let Status::Snoozed { until } = self.status else { return false };
        began.is_some_and(|began| began <= at) && at < until
    }
}

/// `sees`: the alerts that are for the reader. `now` counts in a week that is not over.
pub fn digest<'a>(
    register: &'a Register,
    site: &'a str,
    (week, now): (Week, Instant),
    sees: impl Fn(&Alert) -> bool,
) -> Digest<'a> {
    let (start, end) = week.moments();
    let as_of = end.min(now);
    let mut digest = Digest::default();
    for alert in register.alerts(site).filter(|alert| alert.raised_at < end && sees(alert)) {
        match alert.settled_at().filter(|at| *at < end) {
            Some(at) if at < start => {}
            Some(_) => digest.settled.push(alert),
            None if alert.waits_at(as_of) => digest.waiting.push(alert),
            None if alert.raised_at < start => digest.open.push(alert),
            None => digest.new.push(alert),
        }
    }
    let came = |record: &&Record| {
        let report = record.events.first();
        report.is_some_and(|report| is_late(report) && (start..end).contains(&report.judgement.received_at))
    };
    digest.late = register.of_site(site).filter(came).collect();
    digest.late.sort_by_key(|record| record.arrival);
    digest
}

impl Digest<'_> {
    /// Units that were silent when the week ended.
    pub fn silent_units(&self) -> impl Iterator<Item = &str> {
        let open = self.new.iter().chain(&self.open).chain(&self.waiting);
        open.filter(|alert| alert.rule == Rule::Silence).map(|alert| alert.key.as_str())
    }

    pub fn is_empty(&self) -> bool {
        let alerts = [&self.new, &self.open, &self.waiting, &self.settled];
        alerts.into_iter().all(|alerts| alerts.is_empty()) && self.late.is_empty()
    }
}

pub(crate) fn is_late(received: &Received) -> bool {
    received.judgement.marks.contains(&Mark::LateSync)
}

/// Whole London dates that an alert had been open at a moment.
pub fn days_open(alert: &Alert, at: Instant) -> i64 {
    time::days_between(time::london_date(alert.raised_at), time::london_date(at)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::tests::{Home, noon, report};
    use serde_json::json;

    #[test]
    fn a_week_is_read_and_written_as_the_standard_says() {
        let week = Week::parse("2026-W53").expect("53 weeks");
        assert_eq!(
            (week.first().to_string(), week.last().to_string()),
            ("2026-12-28".into(), "2027-01-03".into())
        );
        assert_eq!(week.to_string(), "2026-W53");
        assert_eq!(week.after().to_string(), "2027-W01");
        assert_eq!(Week::of(week.last()), week);
        assert_eq!(week.before().after(), week);
        for text in ["2026-W54", "2026-53", "W12", "26-W01", "2026-W1", "2026-Wxx", ""] {
            assert_eq!(Week::parse(text), None, "{text}");
        }
    }

    fn parsed(week: &str) -> Week {
        Week::parse(week).expect("a week")
    }

    fn of_asset(alert: &Alert) -> bool {
        alert.rule == Rule::SameAsset
    }

    #[test]
    fn what_somebody_lets_wait_is_not_counted_as_open() {
        let mut home = Home::new();
        for record in ["a", "b"] {
            home.reports(noon("2026-06-01"), record, report("environment", json!({"asset": "H1"})));
        }
        let wait = json!({"alert": "same_asset|H1", "until": "2026-06-19T00:00+01:00"});
        home.does("boss", noon("2026-06-10"), "snooze_alert", "", wait);
        // 8 to 14 June, 15 to 21 June.
        let of = |week: &str, now: &str| {
            let digest = digest(&home.register, "meadow", (parsed(week), noon(now)), of_asset);
            (digest.open.len(), digest.waiting.len())
        };
        assert_eq!(of("2026-W24", "2026-12-01"), (0, 1), "it waited when the week ended");
        assert_eq!(of("2026-W25", "2026-12-01"), (1, 0), "the wait had ended by then");
        assert_eq!(of("2026-W25", "2026-06-16"), (0, 1), "that week is not over, and it waits now");
        assert_eq!(of("2026-W24", "2026-06-09"), (1, 0), "nobody had let it wait");
        let new = digest(&home.register, "meadow", (parsed("2026-W23"), noon("2026-12-01")), of_asset);
        assert_eq!((new.new.len(), new.waiting.len()), (1, 0), "the week it was raised in");
    }

    #[test]
    fn each_alert_stands_once_as_it_stood_when_the_week_ended() {
        let mut home = Home::new();
        let hoist = |asset: &str| report("environment", json!({"asset": asset}));
        let pairs = [("H1", "2026-06-01"), ("H2", "2026-06-09"), ("H3", "2026-06-10")];
        for (asset, date) in pairs {
            home.reports(noon(date), &format!("{asset}-1"), hoist(asset));
            home.reports(noon(date), &format!("{asset}-2"), hoist(asset));
        }
        let aside = json!({"alert": "same_asset|H3", "reason": "Two hoists have one number"});
        home.does("boss", noon("2026-06-11"), "dismiss_alert", "", aside);
        let names = |alerts: &[&Alert]| alerts.iter().map(|alert| alert.name()).collect::<Vec<_>>();
        let of = |week: &str| {
            let digest = digest(&home.register, "meadow", (parsed(week), noon("2026-12-01")), of_asset);
            (names(&digest.new), names(&digest.open), names(&digest.settled))
        };
        // 8 to 14 June.
        let (one, two, three) =
            ("same_asset|H1".to_owned(), "same_asset|H2".to_owned(), "same_asset|H3".to_owned());
        assert_eq!(of("2026-W24"), (vec![two.clone()], vec![one.clone()], vec![three]));
        assert_eq!(of("2026-W25"), (vec![], vec![one.clone(), two], vec![]));
        assert_eq!(of("2026-W23"), (vec![one], vec![], vec![]));
        assert_eq!(of("2026-W22"), (vec![], vec![], vec![]));
    }
}

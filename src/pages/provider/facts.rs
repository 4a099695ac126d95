//! What is told of each site beside the others. Pure: the caller gives the register and the time.
//! A number is the length of the list that it opens.

use crate::{pages::audits::calendar, text::audits::Stand};
use chrono::{Months, NaiveDate};
use domain::{
    audits::{self, Period},
    category::Cadence,
    due::{self, Late},
    ids::{RecordId, SiteId},
    measures::{Scope, StepTimes, rate_per, times_to_steps},
    pathway::State,
    patterns,
    record::Record,
    register::Register,
    time::{Instant, london_date, take_days},
    vocabulary::DENOMINATOR,
};

/// Steps that were done in so many days.
pub const TIMES_DAYS: u64 = 90;

/// One site.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteFacts {
    pub site: SiteId,
    pub name: String,
    /// Of the last whole month.
    pub near_misses: usize,
    pub rate: Option<Rate>,
    pub oldest: Option<Oldest>,
    /// Records, actions, audits and oversights that are late.
    pub overdue: usize,
    /// Of the audits that fell due in a year: signed by their date, and all.
    pub audits_on_time: (usize, usize),
    pub alerts: usize,
    /// Steps 2 to 5.
    pub times: [StepTimes; 4],
    /// Of the actions that were due in the same days: done by their date, and all.
    pub actions_in_time: (usize, usize),
}

/// Near misses of the last whole month per 1,000 of what the month offered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    pub value: f64,
    /// Code of `denominator`.
    pub per: &'static str,
    /// Those that go with it.
    pub near_misses: u32,
}

/// The record that has waited longest in its present step.
#[derive(Clone, Debug, PartialEq)]
pub struct Oldest {
    pub record: RecordId,
    /// 1 to 5.
    pub step: u8,
    pub since: Instant,
}

/// The last whole month.
pub fn last_month(today: NaiveDate) -> Period {
    let before = Period::of(Cadence::Monthly, today).first() - Months::new(1);
    Period::of(Cadence::Monthly, before)
}

pub fn of_site(register: &Register, site: &SiteId, name: String, now: Instant) -> SiteFacts {
    let today = london_date(now);
    let scope = Scope { site: Some(site), category: None };
    let month = last_month(today);
    let mut rates = DENOMINATOR.codes.iter().filter_map(|code| {
        let share = rate_per(register, &scope, code.code, &month.to_string())?;
        Some(Rate { value: share.value?, per: code.code, near_misses: share.n })
    });
    let from = take_days(today, TIMES_DAYS - 1);
    SiteFacts {
        site: site.clone(),
        name,
        near_misses: near_misses(register, site, None, now).len(),
        rate: rates.next(),
        oldest: oldest(register, site),
        overdue: overdue(register, site, now).len(),
        audits_on_time: audits_on_time(register, site, now),
        alerts: open_alerts(register, site, now).count(),
        times: times_to_steps(register, &scope, from, today),
        actions_in_time: actions_in_time(register, site, (from, today), today),
    }
}

/// Near misses of the last whole month, the newest first. `category`: none for every one.
pub fn near_misses(
    register: &Register,
    site: &SiteId,
    category: Option<&str>,
    now: Instant,
) -> Vec<RecordId> {
    let month = last_month(london_date(now));
    let settings = register.directory().settings(site);
    let mut found: Vec<&Record> = register
        .of_site(site)
        .filter(|record| record.counts_as_near_miss(&settings) && month.has(record.facts.occurred_on()))
        .filter(|record| category.is_none_or(|category| record.facts.category() == category))
        .collect();
    found.sort_by_key(|record| std::cmp::Reverse(record.facts.occurred_at()));
    found.into_iter().map(|record| record.id.clone()).collect()
}

fn oldest(register: &Register, site: &str) -> Option<Oldest> {
    let waits = register.of_site(site).filter_map(|record| {
        let since = match record.state {
            State::AwaitingRiskReview | State::AwaitingNotificationDecision => Some(record.clock_start),
            State::AwaitingAction => record.action_since,
            State::AwaitingOutcome => record.outcome_since,
            State::Returned => record.returned_at,
            State::Closed | State::Withdrawn | State::Duplicate => None,
        }?;
        Some(Oldest { record: record.id.clone(), step: record.state.step()?, since })
    });
    waits.min_by_key(|oldest| (oldest.since, oldest.record.clone()))
}

/// Of the actions whose date is one of these and has come: done by it, and all.
fn actions_in_time(
    register: &Register,
    site: &str,
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> (usize, usize) {
    let live = register.of_site(site).filter(|record| record.state.is_live());
    let due = live.flat_map(|record| &record.actions).filter(|action| action.was_due(from, to, today));
    due.fold((0, 0), |(done, due), action| (done + usize::from(action.is_in_time()), due + 1))
}

/// Audits that fell due in the last year: signed by their date, and all.
fn audits_on_time(register: &Register, site: &str, now: Instant) -> (usize, usize) {
    let (on_time, late) = audits_due(register, site, now);
    (on_time.len(), on_time.len() + late.len())
}

pub fn open_alerts<'a>(
    register: &'a Register,
    site: &'a str,
    now: Instant,
) -> impl Iterator<Item = &'a patterns::Alert> {
    register.alerts(site).rev().filter(move |alert| alert.state(now) == patterns::State::Open)
}

/// What is late at a site, the earliest due first.
pub fn overdue(register: &Register, site: &str, now: Instant) -> Vec<Late> {
    due::overdue_list(register, site, now)
}

/// Audits that fell due in the last year, the latest first: those that were signed by then, and those that were not.
pub fn audits_due(
    register: &Register,
    site: &str,
    now: Instant,
) -> (Vec<calendar::Slot>, Vec<calendar::Slot>) {
    let today = london_date(now);
    let from = take_days(today, 365);
    let lines = audits::audits(register, site, now).into_iter();
    let due = lines.filter(|line| line.is_expected && line.due < today && line.due >= from);
    let mut slots: Vec<calendar::Slot> = due
        .filter_map(|line| {
            let spec = domain::category::find(line.category)?;
            Some(calendar::slot(register, site, spec, line.period, now))
        })
        .collect();
    slots.sort_by_key(|slot| std::cmp::Reverse(slot.due));
    slots.into_iter().partition(|slot| matches!(slot.stand, Stand::Signed { on, due } if on <= due))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use domain::{
        directory::{Directory, Site},
        measures::category_per,
        time::{parse_date, parse_instant},
    };
    use serde_json::json;
    use std::sync::Arc;

    #[test]
    fn a_site_without_anything_has_no_numbers_that_mean_nothing() {
        let mut directory = Directory::default();
        directory.sites.insert("elm".into(), Site { live_from: parse_date("2026-08-01"), ..Site::default() });
        directory.sites.insert("oak".into(), Site::default());
        let register = Register::new(Arc::new(directory));
        let now = parse_instant("2026-11-25T12:00+00:00").expect("a time");
        let facts = |site: &str| of_site(&register, &site.into(), site.to_owned(), now);
        let oak = facts("oak");
        assert_eq!((oak.near_misses, oak.rate, oak.oldest, oak.overdue), (0, None, None, 0));
        assert_eq!((oak.audits_on_time, oak.alerts), ((0, 0), 0));
        assert!(oak.times.iter().all(|times| times.n == 0 && times.median_min.is_none()));
        // August to October of two categories, none signed; the quarter began before the site did.
        assert_eq!(facts("elm").audits_on_time, (0, 6));
        let (on_time, late) = audits_due(&register, "elm", now);
        assert_eq!((on_time.len(), late.len()), (0, 6));
        assert_eq!(last_month(london_date(now)), Period::Month(2026, 10));
        assert_eq!(last_month(parse_date("2026-01-31").expect("a date")), Period::Month(2025, 12));
    }

    #[test]
    fn per_1000_doses_only_near_misses_with_medicines_are_counted() {
        let mut directory = Directory::default();
        directory.sites.insert("elm".into(), Site { live_from: parse_date("2026-05-01"), ..Site::default() });
        let mut register = Register::new(Arc::new(directory));
        let happened = json!({ "happened": "something_happened", "reached": "no" });
        for (record, category) in [("r1", "medication"), ("r2", "environment"), ("r3", "environment")] {
            let mut with = happened.clone();
            with["category"] = category.into();
            Sent { record, with, ..Sent::default() }.arrives(&mut register);
        }
        let with = json!({ "measure": "administrations", "month": "2026-06", "value": 1_000 });
        let at = "2026-07-01T09:00+01:00";
        Sent { verb: "record_denominator", by: "ada", at, with, ..Sent::default() }.arrives(&mut register);
        let now = parse_instant("2026-07-02T12:00+01:00").expect("a time");
        let facts = of_site(&register, &"elm".into(), "Elm".to_owned(), now);
        assert_eq!(facts.near_misses, 3);
        assert_eq!(facts.rate, Some(Rate { value: 1.0, per: "administrations", near_misses: 1 }));
        let listed = near_misses(&register, &"elm".into(), category_per("administrations"), now);
        assert_eq!(listed.len(), 1, "as many as its list shows");
    }
}

//! Indexes that keep a rule's cost within its window: records with one key by date, and pairs of timelines.

use super::{Rule, rule::Window};
use crate::time::{self, Instant};
use chrono::{Datelike, NaiveDate};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Records in play that share a key, by London date of occurred_at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lane {
    /// None for the records of a unit.
    pub rule: Option<Rule>,
    pub key: String,
    /// Number of its newest alert.
    pub alert: Option<u32>,
    pub days: Days,
}

/// Days by date, those of one month together: a copy shares the months, so a change after it costs one of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Days {
    months: BTreeMap<i32, Arc<BTreeMap<NaiveDate, Day>>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Day {
    /// Arrival numbers.
    pub records: Vec<u32>,
    /// Number of an alert that lists all of them already.
    pub whole_in: Option<u32>,
}

impl Lane {
    pub fn add(&mut self, date: NaiveDate, record: u32) {
        let day = self.days.day_mut(date);
        day.records.push(record);
        day.whole_in = None;
    }

    pub fn remove(&mut self, date: NaiveDate, record: u32) {
        if let Some(day) = self.days.get_mut(date) {
            day.records.retain(|known| *known != record);
            if day.records.is_empty() {
                self.days.remove(date);
            }
        }
    }

    /// First and last date of the windows that hold `date` and enough records, taken together.
    /// They all hold `date`, so together they are one stretch.
    pub fn reach(&self, date: NaiveDate, window: Window) -> Option<(NaiveDate, NaiveDate)> {
        let before = u64::from(window.days.checked_sub(1)?);
        let (from, to) = (time::take_days(date, before), time::add_days(date, before));
        let mut first = self.days.range(from, to).peekable();
        let mut count = 0;
        let mut found = None;
        for (end, day) in self.days.range(from, to) {
            count += day.records.len();
            if *end < date {
                continue;
            }
            let start = time::take_days(*end, before);
            while let Some((_, left)) = first.next_if(|(day, _)| **day < start) {
                count -= left.records.len();
            }
            if count >= window.threshold as usize
                && let Some((start, _)) = first.peek()
            {
                let earliest = found.map_or(**start, |(earliest, _)| earliest);
                found = Some((earliest, *end));
            }
        }
        found
    }
}

impl Days {
    /// Both ends included, in order.
    pub fn range(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = (&NaiveDate, &Day)> {
        let months = self.months.range(month(from)..=month(to).max(month(from)));
        months.flat_map(move |(_, days)| days.range(from..=to.max(from)))
    }

    pub fn latest_first(&self) -> impl Iterator<Item = (&NaiveDate, &Day)> {
        self.months.values().rev().flat_map(|days| days.iter().rev())
    }

    pub fn day_mut(&mut self, date: NaiveDate) -> &mut Day {
        Arc::make_mut(self.months.entry(month(date)).or_default()).entry(date).or_default()
    }

    pub fn get_mut(&mut self, date: NaiveDate) -> Option<&mut Day> {
        Arc::make_mut(self.months.get_mut(&month(date))?).get_mut(&date)
    }

    fn remove(&mut self, date: NaiveDate) {
        let Some(days) = self.months.get_mut(&month(date)) else { return };
        let days = Arc::make_mut(days);
        days.remove(&date);
        if days.is_empty() {
            self.months.remove(&month(date));
        }
    }
}

/// Months since year 0.
fn month(date: NaiveDate) -> i32 {
    date.year() * 12 + date.month0() as i32
}

/// Pairs of a first record and those that follow it. Entries are a moment and an arrival number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sequel {
    /// By when step 4 was finished, or by when it was reported and still waits.
    pub first: BTreeSet<(Instant, u32)>,
    /// By when it happened, or by when it was reported.
    pub next: BTreeSet<(Instant, u32)>,
    /// How often a record came in by an event after which its rule does not run.
    pub unseen: u32,
}

//! Indexes that keep a rule's cost within its window: records with one key by date, and pairs of timelines.

use super::{Rule, rule::Window};
use crate::time::{self, Instant};
use chrono::{Datelike, NaiveDate};
use std::{collections::BTreeSet, sync::Arc};

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
    /// Ascending; none is empty. Lists, for a rule looks through neighbours after every event.
    months: Vec<(i32, Arc<Month>)>,
}

/// Days that have records, in order.
type Month = Vec<(NaiveDate, Day)>;

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
            while let Some((_, left)) = first.next_if(|(day, _)| *day < start) {
                count -= left.records.len();
            }
            if count >= window.threshold as usize
                && let Some((start, _)) = first.peek()
            {
                let earliest = found.map_or(*start, |(earliest, _)| earliest);
                found = Some((earliest, *end));
            }
        }
        found
    }
}

impl Days {
    /// Both ends included, in order.
    pub fn range(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &(NaiveDate, Day)> {
        let (first, last) = (month(from), month(to));
        let start = self.months.partition_point(|(month, _)| *month < first);
        let months = self.months.iter().skip(start).take_while(move |(month, _)| *month <= last);
        months.flat_map(move |(_, days)| {
            let start = days.partition_point(|(date, _)| *date < from);
            days.iter().skip(start).take_while(move |(date, _)| *date <= to)
        })
    }

    pub fn latest_first(&self) -> impl Iterator<Item = &(NaiveDate, Day)> {
        self.months.iter().rev().flat_map(|(_, days)| days.iter().rev())
    }

    pub fn day_mut(&mut self, date: NaiveDate) -> &mut Day {
        let place = self.find(date).unwrap_or_else(|place| {
            self.months.insert(place, (month(date), Arc::default()));
            place
        });
        let days = Arc::make_mut(&mut self.months[place].1);
        let place = days.binary_search_by_key(&date, |(date, _)| *date).unwrap_or_else(|place| {
            days.insert(place, (date, Day::default()));
            place
        });
        &mut days[place].1
    }

    pub fn get_mut(&mut self, date: NaiveDate) -> Option<&mut Day> {
        let place = self.find(date).ok()?;
        let days = Arc::make_mut(&mut self.months[place].1);
        let place = days.binary_search_by_key(&date, |(date, _)| *date).ok()?;
        Some(&mut days[place].1)
    }

    fn remove(&mut self, date: NaiveDate) {
        let Ok(place) = self.find(date) else { return };
        let days = Arc::make_mut(&mut self.months[place].1);
        days.retain(|(known, _)| *known != date);
        if days.is_empty() {
            self.months.remove(place);
        }
    }

    /// Where the month of a date is, or belongs.
    fn find(&self, date: NaiveDate) -> Result<usize, usize> {
        self.months.binary_search_by_key(&month(date), |(month, _)| *month)
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

//! Records through time: one point for each week or month, zeros included.

use super::Row;
use crate::{audits::Period, category::Cadence, time};
use chrono::{Datelike, NaiveDate};

/// How long one point lasts. A week begins on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    Week,
    Month,
}

/// One week or month and what happened in it.
#[derive(Clone, Debug)]
pub struct Point<'a> {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub rows: Vec<&'a Row>,
}

impl Grain {
    pub fn code(self) -> &'static str {
        match self {
            Grain::Week => "week",
            Grain::Month => "month",
        }
    }

    pub fn from_code(code: &str) -> Option<Grain> {
        [Grain::Week, Grain::Month].into_iter().find(|grain| grain.code() == code)
    }

    /// First date of the week or month that holds a date.
    pub fn first(self, date: NaiveDate) -> NaiveDate {
        match self {
            Grain::Week => time::take_days(date, u64::from(date.weekday().num_days_from_monday())),
            Grain::Month => Period::of(Cadence::Monthly, date).first(),
        }
    }

    pub fn last(self, date: NaiveDate) -> NaiveDate {
        match self {
            Grain::Week => time::add_days(self.first(date), 6),
            Grain::Month => Period::of(Cadence::Monthly, date).last(),
        }
    }

    /// So many points that end with the last whole one before `today`.
    pub fn whole(self, points: usize, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let to = time::take_days(self.first(today), 1);
        let first = (1..points).fold(self.first(to), |first, _| self.first(time::take_days(first, 1)));
        (first, to)
    }
}

/// A point for each week or month that begins between the dates. Rows must be in order and on the dates.
pub fn series<'a>(rows: &[&'a Row], grain: Grain, from: NaiveDate, to: NaiveDate) -> Vec<Point<'a>> {
    let mut points = Vec::new();
    let mut rest = rows;
    let mut first = grain.first(from);
    while first <= to {
        let last = grain.last(first);
        let (here, later) = rest.split_at(rest.partition_point(|row| row.date <= last));
        points.push(Point { first, last, rows: here.to_vec() });
        rest = later;
        first = time::add_days(last, 1);
    }
    points
}

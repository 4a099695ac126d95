//! One cell: a value that knows what it is, so that a number stays a number.

use chrono::{NaiveDate, SecondsFormat, TimeZone};
use domain::time::{self, Instant};
use std::fmt;

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    /// Empty too, because nobody has been asked yet; the label beside it says so.
    NotAnswered,
    Text(String),
    Whole(i64),
    Number(f64),
    YesNo(bool),
    Date(NaiveDate),
    Instant(Instant),
}

impl Cell {
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty | Cell::NotAnswered)
    }

    /// May hold anything that somebody typed.
    pub fn is_text(&self) -> bool {
        matches!(self, Cell::Text(_))
    }

    /// Several codes in one cell.
    pub fn list<'a>(items: impl IntoIterator<Item = &'a str>) -> Cell {
        items.into_iter().collect::<Vec<_>>().join("; ").into()
    }
}

/// `2026-06-11T08:29:00+01:00`: the wall clock of London with its offset.
pub fn instant_text(instant: Instant) -> String {
    let seconds = i32::try_from(time::london_offset(instant).num_seconds()).unwrap_or_default();
    match chrono::FixedOffset::east_opt(seconds) {
        Some(offset) => {
            offset.from_utc_datetime(&instant.naive_utc()).to_rfc3339_opts(SecondsFormat::Secs, false)
        }
        None => instant.to_rfc3339_opts(SecondsFormat::Secs, false),
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty | Cell::NotAnswered => Ok(()),
            Cell::Text(text) => out.write_str(text),
            Cell::Whole(number) => write!(out, "{number}"),
            Cell::Number(number) => write!(out, "{number}"),
            Cell::YesNo(true) => out.write_str("yes"),
            Cell::YesNo(false) => out.write_str("no"),
            Cell::Date(date) => write!(out, "{}", date.format("%Y-%m-%d")),
            Cell::Instant(instant) => out.write_str(&instant_text(*instant)),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Cell::from(text.as_str())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Cell::Whole(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Cell::Whole(i64::from(number))
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Self {
        Cell::Whole(i64::from(number))
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// What is no number is nothing.
impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if number.is_finite() { Cell::Number(number) } else { Cell::Empty }
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Cell::YesNo(yes)
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Cell::Date(date)
    }
}

impl From<Instant> for Cell {
    fn from(instant: Instant) -> Self {
        Cell::Instant(instant)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

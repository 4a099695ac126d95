//! Calendar periods of audits, oversight and measures: `2026-06`, `2026-Q2`, `2026`.

use crate::{
    category::Cadence,
    time::{self, Instant},
};
use chrono::{Datelike, NaiveDate};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Year and month, 1 to 12.
    Month(i32, u32),
    /// Year and quarter, 1 to 4.
    Quarter(i32, u32),
    Year(i32),
}

impl Period {
    /// None where it is not one of the three forms.
    pub fn parse(code: &str) -> Option<Period> {
        let number =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
        let year = i32::try_from(number(code.get(..4)?)?).ok().filter(|year| *year > 0)?;
        let part = code.get(4..)?;
        if part.is_empty() {
            return Some(Period::Year(year));
        }
        match part.strip_prefix('-')?.as_bytes() {
            [b'Q', quarter @ b'1'..=b'4'] => Some(Period::Quarter(year, u32::from(quarter - b'0'))),
            [b'0'..=b'9', b'0'..=b'9'] => {
                let month: u32 = number(&part[1..])?;
                (1..=12).contains(&month).then_some(Period::Month(year, month))
            }
            _ => None,
        }
    }

    /// The period of a cadence that holds a date.
    pub fn of(cadence: Cadence, date: NaiveDate) -> Period {
        match cadence {
            Cadence::Monthly => Period::Month(date.year(), date.month()),
            Cadence::Quarterly => Period::Quarter(date.year(), date.month0() / 3 + 1),
            Cadence::Annually => Period::Year(date.year()),
        }
    }

    /// The period of a code, where it has the form of the cadence.
    pub fn parse_as(cadence: Cadence, code: &str) -> Option<Period> {
        Period::parse(code).filter(|period| period.cadence() == cadence)
    }

    pub fn cadence(self) -> Cadence {
        match self {
            Period::Month(..) => Cadence::Monthly,
            Period::Quarter(..) => Cadence::Quarterly,
            Period::Year(_) => Cadence::Annually,
        }
    }

    pub fn first(self) -> NaiveDate {
        let (year, month) = match self {
            Period::Month(year, month) => (year, month),
            Period::Quarter(year, quarter) => (year, quarter * 3 - 2),
            Period::Year(year) => (year, 1),
        };
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX)
    }

    pub fn last(self) -> NaiveDate {
        time::take_days(self.next().first(), 1)
    }

    pub fn next(self) -> Period {
        match self {
            Period::Month(year, 12) => Period::Month(year + 1, 1),
            Period::Month(year, month) => Period::Month(year, month + 1),
            Period::Quarter(year, 4) => Period::Quarter(year + 1, 1),
            Period::Quarter(year, quarter) => Period::Quarter(year, quarter + 1),
            Period::Year(year) => Period::Year(year + 1),
        }
    }

    pub fn has(self, date: NaiveDate) -> bool {
        self.first() <= date && date <= self.last()
    }

    /// Over from 00:00 London of the day after its last date.
    pub fn is_over(self, now: Instant) -> bool {
        time::london_date(now) > self.last()
    }

    /// "October 2026", "July to September 2026", "2026".
    pub fn words(self) -> String {
        match self {
            Period::Month(..) => self.first().format("%B %Y").to_string(),
            Period::Quarter(..) => {
                format!("{} to {}", self.first().format("%B"), self.last().format("%B %Y"))
            }
            Period::Year(year) => year.to_string(),
        }
    }

    /// Counts periods of its cadence through the years, so that samples of one period are the same everywhere.
    pub fn number(self) -> usize {
        let number = match self {
            Period::Month(year, month) => i64::from(year) * 12 + i64::from(month),
            Period::Quarter(year, quarter) => i64::from(year) * 4 + i64::from(quarter),
            Period::Year(year) => i64::from(year),
        };
        usize::try_from(number).unwrap_or_default()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Month(year, month) => write!(out, "{year:04}-{month:02}"),
            Period::Quarter(year, quarter) => write!(out, "{year:04}-Q{quarter}"),
            Period::Year(year) => write!(out, "{year:04}"),
        }
    }
}

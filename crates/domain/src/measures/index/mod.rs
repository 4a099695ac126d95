//! What pages count from: every record that somebody may see, in one pass, the live ones with their London date and hour.
//! Every count here is the length of a list, so that a number and the records behind it can never differ.

mod filter;
mod group;
mod lines;
mod rare;
mod rates;
mod series;
#[cfg(test)]
mod tests;

pub use filter::{Filter, Which};
pub use group::{By, Groups, SMALL_CELL, group, is_small_cell};
pub use lines::{ActionLine, Late, LateFor, StepLine, actions, actions_due, came_back, late, step_lines};
pub use rare::{Cases, Gap, cases, gaps};
pub use rates::{MonthRate, rates};
pub use series::{Grain, Point, series};

use crate::{
    directory::Settings,
    record::Record,
    register::Register,
    time::{self, Instant},
};
use chrono::{Datelike, NaiveDate, Timelike};
use std::sync::Arc;

/// One live record and when it happened by the London clock.
#[derive(Clone, Debug)]
pub struct Row {
    pub record: Arc<Record>,
    pub at: Instant,
    pub date: NaiveDate,
    /// From 0, Monday, to 6.
    pub weekday: u8,
    /// From 0 to 23.
    pub hour: u8,
    /// Counts as a near miss by the settings of its site. Source: model.md section 2.
    pub near_miss: bool,
}

/// Live records in the order in which they happened.
#[derive(Clone, Debug, Default)]
pub struct Index {
    rows: Vec<Row>,
    /// Withdrawn or joined with another: no count has them, but their steps were done.
    ended: Vec<Arc<Record>>,
}

impl Row {
    fn of(record: Arc<Record>, settings: &Settings) -> Row {
        let at = record.facts.occurred_at();
        let wall = time::london(at);
        let weekday = u8::try_from(wall.weekday().num_days_from_monday()).unwrap_or_default();
        let hour = u8::try_from(wall.hour()).unwrap_or_default();
        let near_miss = record.counts_as_near_miss(settings);
        Row { record, at, date: wall.date(), weekday, hour, near_miss }
    }
}

impl Index {
    /// The records for which `sees` holds, of every site.
    pub fn of(register: &Register, sees: impl Fn(&Record) -> bool) -> Index {
        let view = register.view();
        let seen = register.shared_records().filter(|record| sees(record));
        let (live, ended): (Vec<&Arc<Record>>, Vec<_>) = seen.partition(|record| record.state.is_live());
        let rows = live.into_iter().map(|record| Row::of(record.clone(), view.settings(&record.site)));
        let mut rows: Vec<Row> = rows.collect();
        rows.sort_by(|one, other| (one.at, &one.record.id).cmp(&(other.at, &other.record.id)));
        Index { rows, ended: ended.into_iter().cloned().collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The earliest and the latest date on which anything of a site and category happened.
    pub fn span(&self, filter: &Filter) -> Option<(NaiveDate, NaiveDate)> {
        let mut dates = self.rows.iter().filter(|row| filter.is_about(&row.record)).map(|row| row.date);
        let first = dates.next()?;
        Some((first, dates.next_back().unwrap_or(first)))
    }

    /// Rows of the dates, both included: they lie side by side.
    fn between(&self, from: NaiveDate, to: NaiveDate) -> &[Row] {
        let start = self.rows.partition_point(|row| row.date < from);
        let end = self.rows.partition_point(|row| row.date <= to);
        self.rows.get(start..end).unwrap_or_default()
    }

    /// What a number counts.
    pub fn rows(&self, filter: &Filter, which: Which) -> Vec<&Row> {
        let rows = self.between(filter.from, filter.to).iter();
        rows.filter(|row| filter.is_about(&row.record) && which.takes(row)).collect()
    }

    /// Whatever its date, of a site and category.
    fn of_any_date<'a>(&'a self, filter: &'a Filter) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(|row| filter.is_about(&row.record))
    }
}

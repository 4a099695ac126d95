//! The months by which the months of a pack are judged: those of the charts in the app, whatever days the pack is about.
//! So two packs about the same months say the same of them. Source: decision 039.

use super::View;
use crate::words;
use chrono::NaiveDate;
use domain::{
    audits::Period,
    category::Cadence,
    measures::{Xmr, all_begin, xmr},
    record::Record,
    time::london_date,
};

/// From here on limits stay. Source: model.md section 13.
pub(super) const LIMITS_ENOUGH: usize = 12;

/// A month of which every day is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub near_misses: u32,
}

/// Months from the first whole one with records of these sites and categories from when every site counts, up to `last`.
pub(super) fn judged(view: &View<'_>, last: NaiveDate) -> Vec<Month> {
    let (register, request) = (view.selection.register, view.selection.request);
    let directory = register.directory();
    let begun = all_begin(register, &request.sites, london_date(request.made_at)).map(|(from, _)| from);
    let categories = request.wanted_categories();
    let records: Vec<&Record> = register
        .records()
        .filter(|record| record.state.is_live() && request.sites.contains(&record.site))
        .filter(|record| categories.contains(&record.facts.category()))
        .filter(|record| begun.is_none_or(|begun| begun <= record.facts.occurred_on()))
        .collect();
    let Some(first) = records.iter().map(|record| record.facts.occurred_on()).min().or(begun) else {
        return Vec::new();
    };
    let mut month = Period::of(Cadence::Monthly, first);
    if month.first() < first {
        month = month.next();
    }
    let mut months: Vec<Month> = std::iter::successors(Some(month), |month| Some(month.next()))
        .map(|month| Month { first: month.first(), last: month.last(), near_misses: 0 })
        .take_while(|month| month.last <= last)
        .collect();
    let counts = |record: &&&Record| record.counts_as_near_miss(&directory.settings(&record.site));
    for record in records.iter().filter(counts) {
        let day = record.facts.occurred_on();
        let place = months.partition_point(|month| month.last < day);
        if let Some(month) = months.get_mut(place).filter(|month| month.first <= day) {
            month.near_misses += 1;
        }
    }
    months
}

/// The chart of the judged months, as far as they are drawn.
pub(super) fn limits(judged: &[Month], drawn: &[Month]) -> Option<Xmr> {
    let values: Vec<f64> = judged.iter().map(|month| f64::from(month.near_misses)).collect();
    let (first_drawn, first_judged) = (drawn.first()?.first, judged.first()?.first);
    let left_out = judged.partition_point(|month| month.first < first_drawn);
    let before = drawn.partition_point(|month| month.first < first_judged);
    Some(xmr(&values, None, false)?.shown(left_out, before))
}

/// "12 months, September 2024 to August 2025", of the months that give the limits.
pub(super) fn named(judged: &[Month]) -> String {
    let of = &judged[..judged.len().min(LIMITS_ENOUGH)];
    match of {
        [first, .., last] => {
            format!("{} months, {} to {}", of.len(), words::month(first.first), words::month(last.first))
        }
        [only] => words::month(only.first),
        [] => String::new(),
    }
}

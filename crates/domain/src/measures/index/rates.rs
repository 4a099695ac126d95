//! Near misses of each month per 1000 of what the month offered. The same rule as `rate`, for many months in one go.

use super::{Point, Row};
use crate::{
    audits::Period,
    category::Cadence,
    ids::SiteId,
    measures::{
        category_per,
        in_use::{in_use_from, needs_number},
        rate_of,
    },
    register::Register,
};

#[derive(Clone, Debug)]
pub struct MonthRate<'a> {
    pub month: Period,
    /// Those that are counted for the rate.
    pub rows: Vec<&'a Row>,
    /// None where a site with records, or one that was in use by then, has no number for the month.
    pub denominator: Option<f64>,
    /// Per 1000, two decimals.
    pub value: Option<f64>,
}

/// `site`: None for all sites together, which need the number of every site that was in use by then.
pub fn rates<'a>(
    register: &Register,
    site: Option<&SiteId>,
    months: Vec<Point<'a>>,
    measure: &str,
) -> Vec<MonthRate<'a>> {
    let sites = register.directory().sites.iter().filter(|(here, _)| site.is_none_or(|only| only == *here));
    let sites: Vec<_> = sites.map(|(here, of)| (here, in_use_from(register, here, of))).collect();
    let only = category_per(measure);
    let of_month = |mut point: Point<'a>| {
        point.rows.retain(|row| only.is_none_or(|only| row.record.facts.category() == only));
        let month = Period::of(Cadence::Monthly, point.first);
        let mut sum = Some(0.0);
        for (here, from) in &sites {
            let known = register.book(here).and_then(|book| book.denominator(measure, month));
            let is_silent =
                || !needs_number(*from, month) && !point.rows.iter().any(|row| row.record.site == **here);
            sum = match known {
                Some(known) => sum.map(|sum| sum + known.value),
                None if is_silent() => sum,
                None => None,
            };
        }
        let denominator = sum.filter(|sum| *sum > 0.0);
        let value = rate_of(point.rows.len() as f64, denominator);
        MonthRate { month, rows: point.rows, denominator, value }
    };
    months.into_iter().map(of_month).collect()
}

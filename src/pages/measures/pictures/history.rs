//! The points of a chart through time, and the points from which its limits come. Those stay where they are when the end
//! of the chosen time moves, or the same weeks would be a change today and none tomorrow.

use super::{first_whole, whole_from};
use crate::{pages::measures::look::Look, text::measures::range};
use chrono::NaiveDate;
use domain::{
    measures::{
        Xmr,
        index::{Filter, Grain, Point, Which, series},
        xmr,
    },
    time::add_days,
};

/// Points of a chart: two years of months, half a year of weeks.
const MONTHS: usize = 24;
const WEEKS: usize = 26;
/// From so many whole months on, months are drawn where nothing else was chosen.
const MONTHS_ENOUGH: usize = 12;
/// From here on limits stay. Source: model.md section 13.
pub const LIMITS_ENOUGH: usize = 12;

pub struct History<'a> {
    pub grain: Grain,
    /// What is drawn.
    pub points: Vec<Point<'a>>,
    /// From the first week or month with records on: the first 12 give the limits, and all of them are judged.
    pub judged: Vec<Point<'a>>,
}

impl<'a> History<'a> {
    /// Whole weeks or months up to the end of the chosen time.
    pub fn of(look: &'a Look, which: Which) -> History<'a> {
        let to = look.filter.to.min(look.today);
        let begins = |grain: Grain, points: usize| {
            let (from, last) = grain.whole(points, add_days(to, 1));
            Some((from.max(first_whole(look, grain)?), last))
        };
        let none = |grain: Option<Grain>| History {
            grain: grain.unwrap_or(Grain::Month),
            points: Vec::new(),
            judged: Vec::new(),
        };
        let (Some(months), Some(weeks)) = (begins(Grain::Month, MONTHS), begins(Grain::Week, WEEKS)) else {
            return none(look.options.grain);
        };
        let many = || series(&[], Grain::Month, months.0, months.1).len();
        let grain = look
            .options
            .grain
            .unwrap_or_else(|| if many() >= MONTHS_ENOUGH { Grain::Month } else { Grain::Week });
        let (from, last) = if grain == Grain::Month { months } else { weeks };
        if from > last {
            return none(Some(grain));
        }
        let of = |from| series(&look.index.rows(&look.filter.on(from, last), which), grain, from, last);
        let first = counted_from(look, grain).filter(|first| *first <= last).unwrap_or(from);
        History { grain, points: of(from), judged: of(first) }
    }

    /// The chart of all points that are judged, without those that are not drawn.
    pub fn limits(&self, judged: &[f64]) -> Option<Xmr> {
        let (left_out, before) = self.moved();
        Some(xmr(judged, None, false)?.shown(left_out, before))
    }

    /// How many points are judged and not drawn, and how many are drawn and not judged.
    pub fn moved(&self) -> (usize, usize) {
        let (drawn, judged) = (self.points.first(), self.judged.first());
        let (Some(drawn), Some(judged)) = (drawn, judged) else { return (0, 0) };
        (
            self.judged.partition_point(|point| point.first < drawn.first),
            self.points.partition_point(|point| point.first < judged.first),
        )
    }
}

/// "12 weeks, 25 May to 16 August 2026", of the points that give the limits.
pub fn named(points: &[Point<'_>], one: &str, many: &str) -> String {
    match points {
        [] => String::new(),
        [only] => format!("1 {one}, {}", range(only.first, only.last)),
        [first, .., last] => format!("{} {many}, {}", points.len(), range(first.first, last.last)),
    }
}

/// The first whole week or month with records of the site and category. Past incidents that were read in lie before
/// the first day with Noticed, and what was not an incident is not among them: they are no time to compare with.
fn counted_from(look: &Look, grain: Grain) -> Option<NaiveDate> {
    let sites = &look.directory.sites;
    let live_from = match &look.filter.site {
        Some(site) => sites.get(site).and_then(|site| site.live_from),
        None => sites.values().filter_map(|site| site.live_from).min(),
    };
    let (first, last) = look.index.span(&look.filter)?;
    let since = |from| {
        let filter = Filter { from, to: last, ..look.filter.clone() };
        look.index.rows(&filter, Which::All).first().map(|row| row.date)
    };
    Some(whole_from(grain, live_from.and_then(since).unwrap_or(first)))
}

//! The points of a chart through time, and the points from which its limits come. Those stay where they are when the end
//! of the chosen time moves, or the same weeks would be a change today and none tomorrow.

use super::{begun::Begun, first_whole, whole_from};
use crate::{pages::measures::look::Look, text::measures::range};
use chrono::NaiveDate;
use domain::{
    measures::{
        Xmr,
        index::{Grain, Point, Which, series},
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
    /// From the first week or month with records on in which every chosen site counts: the first 12 give the limits, and
    /// all of them are judged.
    pub judged: Vec<Point<'a>>,
    pub begun: Option<Begun>,
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
            begun: None,
        };
        let (Some(months), Some(weeks)) = (begins(Grain::Month, MONTHS), begins(Grain::Week, WEEKS)) else {
            return none(look.options.grain);
        };
        let begun = Begun::of(look);
        let many = || {
            let counted = begun.as_ref().map(|begun| whole_from(Grain::Month, begun.from));
            series(&[], Grain::Month, months.0.max(counted.unwrap_or(months.0)), months.1).len()
        };
        let grain = look
            .options
            .grain
            .unwrap_or_else(|| if many() >= MONTHS_ENOUGH { Grain::Month } else { Grain::Week });
        let (from, last) = if grain == Grain::Month { months } else { weeks };
        if from > last {
            return none(Some(grain));
        }
        let of = |from| series(&look.index.rows(&look.filter.on(from, last), which), grain, from, last);
        let judged = match judged_from(look, begun.as_ref(), grain) {
            Some(first) if first > last => Vec::new(),
            first => of(first.unwrap_or(from)),
        };
        History { grain, points: of(from), judged, begun }
    }

    /// The chart of all points that are judged, without those that are not drawn. `before`: points that stand before them
    /// and are not judged.
    pub fn limits(&self, judged: &[f64], before: usize) -> Option<Xmr> {
        let (left_out, _) = self.moved();
        Some(xmr(judged, None, false)?.shown(left_out, before))
    }

    /// How many points are judged and not drawn, and how many are drawn and not judged.
    pub fn moved(&self) -> (usize, usize) {
        let Some(drawn) = self.points.first() else { return (0, 0) };
        let Some(judged) = self.judged.first() else { return (0, self.points.len()) };
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

/// The first whole week or month with records of the category from when every chosen site counts; where the category has
/// none since, the first whole one.
fn judged_from(look: &Look, begun: Option<&Begun>, grain: Grain) -> Option<NaiveDate> {
    let (first, last) = look.index.span(&look.filter)?;
    let Some(begun) = begun else { return Some(whole_from(grain, first)) };
    let rows = look.index.rows(&look.filter.on(begun.from, last), Which::All);
    Some(whole_from(grain, rows.first().map_or(begun.from, |row| row.date)))
}

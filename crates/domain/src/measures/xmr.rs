//! XmR chart (individuals and moving range), as in Making Data Count. Source: model.md section 13.

use super::{is_above, is_below, mean, points};
use std::ops::Range;

/// Points after which the limits stay locked.
const LOCKED_AFTER: usize = 12;
const LIMIT_FACTOR: f64 = 2.66;
const SCREEN_FACTOR: f64 = 3.267;
/// Consecutive points that make a trend or a shift.
const LONG: usize = 7;
/// Of fewer events in each point, limits call every event and every pause a change: half of a Poisson count of 1 and less
/// is nothing at all, and the floor of the limits is 0. Time between the events shows more.
/// Source: docs/decisions/039.
const FEWEST_A_POINT: f64 = 2.0;
/// A point this close to the mean is on neither side.
const ON_MEAN: f64 = 1e-9;

/// A chart of single values and their moving ranges. All numbers are in the unit of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Xmr {
    /// Of the points that the limits come from.
    pub mean: f64,
    /// Average moving range.
    pub amr: f64,
    /// Upper process limit.
    pub upl: f64,
    /// Lower process limit; may be below 0.
    pub lpl: f64,
    /// Two thirds of the way from the mean to the upper limit.
    pub near_upl: f64,
    /// The same to the lower one.
    pub near_lpl: f64,
    /// Too few points for the limits to stay.
    pub trial: bool,
    pub signals: Signals,
    /// The first signal that holds of each point, or `none`.
    pub labels: Vec<&'static str>,
}

/// Point numbers from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    pub outside: Vec<usize>,
    pub trend: Vec<usize>,
    pub two_of_three: Vec<usize>,
    pub shift: Vec<usize>,
}

/// Will the process meet a target by itself?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    ConsistentPass,
    ConsistentFail,
    Inconsistent,
}

impl Assurance {
    pub fn code(self) -> &'static str {
        match self {
            Assurance::ConsistentPass => "consistent_pass",
            Assurance::ConsistentFail => "consistent_fail",
            Assurance::Inconsistent => "inconsistent",
        }
    }
}

/// None without points. `baseline`: the limits come from so many first points; none: the first 12, or all while
/// there are fewer. `screen`: large moving ranges are left out once.
pub fn xmr(values: &[f64], baseline: Option<usize>, screen: bool) -> Option<Xmr> {
    let length = baseline.unwrap_or(LOCKED_AFTER).clamp(1, values.len().max(1));
    let chart = xmr_from(values, 0..length, screen)?;
    Some(Xmr { trial: baseline.is_none() && values.len() < LOCKED_AFTER, ..chart })
}

/// The limits come from these points (indexes from 0), wherever they stand; every point is judged on them. None where
/// there are no such points.
pub fn xmr_from(values: &[f64], baseline: Range<usize>, screen: bool) -> Option<Xmr> {
    let base = values.get(baseline)?;
    let mean = mean(base)?;
    let amr = average_moving_range(base, screen);
    let (limit, near) = (LIMIT_FACTOR * amr, 2.0 * LIMIT_FACTOR / 3.0 * amr);
    let mut chart = Xmr {
        mean,
        amr,
        upl: mean + limit,
        lpl: mean - limit,
        near_upl: mean + near,
        near_lpl: mean - near,
        trial: base.len() < LOCKED_AFTER,
        signals: Signals::default(),
        labels: Vec::new(),
    };
    chart.signals = chart.signals_of(values);
    chart.labels = (1..=values.len()).map(|point| chart.signals.label(point)).collect();
    Some(chart)
}

fn average_moving_range(base: &[f64], screen: bool) -> f64 {
    let ranges: Vec<f64> = base.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let all = mean(&ranges).unwrap_or_default();
    if !screen {
        return all;
    }
    let kept: Vec<f64> = ranges.into_iter().filter(|range| *range < SCREEN_FACTOR * all).collect();
    mean(&kept).unwrap_or(all)
}

/// Too few events in each point for a chart of counts to say anything.
pub fn is_rare(mean: f64) -> bool {
    mean < FEWEST_A_POINT
}

impl Xmr {
    /// What is shown of it: without the first `left_out` points, and after `before` points that are not judged. The
    /// signals of a run that began earlier stay.
    pub fn shown(self, left_out: usize, before: usize) -> Xmr {
        let moved = |points: Vec<usize>| -> Vec<usize> {
            let kept = points.into_iter().filter(|point| *point > left_out);
            kept.map(|point| point - left_out + before).collect()
        };
        let Signals { outside, trend, two_of_three, shift } = self.signals;
        let signals = Signals {
            outside: moved(outside),
            trend: moved(trend),
            two_of_three: moved(two_of_three),
            shift: moved(shift),
        };
        let judged = self.labels.into_iter().skip(left_out);
        let labels = std::iter::repeat_n("none", before).chain(judged).collect();
        Xmr { signals, labels, ..self }
    }

    /// Against a target: consistent where the target lies beyond a limit.
    pub fn assurance(&self, target: f64, higher_is_better: bool) -> Assurance {
        let always_above = target < self.lpl;
        if !always_above && target <= self.upl {
            Assurance::Inconsistent
        } else if always_above == higher_is_better {
            Assurance::ConsistentPass
        } else {
            Assurance::ConsistentFail
        }
    }

    fn signals_of(&self, values: &[f64]) -> Signals {
        let outside = |value: f64| is_above(value, self.upl) || is_below(value, self.lpl);
        let beyond_near = |value: f64| is_above(value, self.near_upl) || is_below(value, self.near_lpl);
        let near = |value: f64| !outside(value) && beyond_near(value);
        let side = |value: f64| match value - self.mean {
            distance if distance > ON_MEAN => 1,
            distance if distance < -ON_MEAN => -1,
            _ => 0,
        };
        let same_side =
            |run: &[f64]| side(run[0]) != 0 && run.iter().all(|value| side(*value) == side(run[0]));
        let trend = members(values, LONG, |run| goes(run, Way::Up) || goes(run, Way::Down));
        let shift = members(values, LONG, same_side);
        let threes =
            members(values, 3, |run| same_side(run) && run.iter().filter(|value| near(**value)).count() >= 2);
        Signals {
            outside: points(values, |_, value| outside(value)),
            trend: points(values, |index, _| trend[index]),
            two_of_three: points(values, |index, value| threes[index] && near(value)),
            shift: points(values, |index, _| shift[index]),
        }
    }
}

impl Signals {
    fn label(&self, point: usize) -> &'static str {
        let in_order = [
            (&self.outside, "outside"),
            (&self.trend, "trend"),
            (&self.two_of_three, "two_of_three"),
            (&self.shift, "shift"),
        ];
        in_order.into_iter().find(|(points, _)| points.contains(&point)).map_or("none", |(_, label)| label)
    }
}

/// Which way a trend goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// The way of the trend of which a point (index from 0) is a member; none where it is in none, or where one ends and
/// one the other way begins.
pub fn trend_of(values: &[f64], index: usize) -> Option<Way> {
    let is_member = |way| members(values, LONG, |run| goes(run, way)).get(index).copied().unwrap_or_default();
    match (is_member(Way::Up), is_member(Way::Down)) {
        (true, false) => Some(Way::Up),
        (false, true) => Some(Way::Down),
        _ => None,
    }
}

/// Every value is above, or below, the one before it.
fn goes(run: &[f64], way: Way) -> bool {
    run.windows(2).all(|pair| match way {
        Way::Up => pair[0] < pair[1],
        Way::Down => pair[0] > pair[1],
    })
}

/// Which points are members of a run of `length` consecutive points for which `holds`.
fn members(values: &[f64], length: usize, holds: impl Fn(&[f64]) -> bool) -> Vec<bool> {
    let mut members = vec![false; values.len()];
    for (start, run) in values.windows(length).enumerate() {
        if holds(run) {
            members[start..start + length].fill(true);
        }
    }
    members
}

//! Measures: counts and times from the register, and the charts that tell a change from chance.
//! Own numerics in double precision, checked against the vectors of the specification. Source: model.md section 13.

mod begins;
mod charts;
mod compare;
mod counts;
mod in_use;
pub mod index;
mod per;
mod run_chart;
mod step_times;
#[cfg(test)]
mod tests;
mod xmr;

pub use begins::{all_begin, begins};
pub use charts::{Limits, UChart, g_chart, t_chart, u_chart, u_limits};
pub use compare::{BeforeAfter, ParetoRow, before_after, pareto, rate_of};
pub use counts::{Scope, Share, What, count, luck_share, monthly_counts, rate, rate_per};
pub use per::category_per;
pub use run_chart::{RunChart, run_chart};
pub use step_times::{
    StepDone, StepTimes, steps_between, steps_done, time_to_step, times_of, times_to_steps,
};
pub use xmr::{Assurance, Signals, Way, Xmr, is_rare, trend_of, xmr, xmr_from};

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The middle one, or the mean of the middle two.
fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        even if even % 2 == 0 => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
        _ => Some(sorted[middle]),
    }
}

/// `part` of `whole` in per cent, to one decimal, half away from zero.
fn per_cent(part: f64, whole: f64) -> f64 {
    (part * 1000.0 / whole).round() / 10.0
}

/// With so many decimals, half away from zero: formatting alone takes a tie to the even digit.
pub fn shown(value: f64, decimals: u8) -> String {
    let scale = 10_f64.powi(decimals.into());
    format!("{:.*}", decimals.into(), (value * scale).round() / scale)
}

/// Numbers, from 1, of the points for which `holds`.
fn points(values: &[f64], holds: impl Fn(usize, f64) -> bool) -> Vec<usize> {
    let numbered = values.iter().enumerate().filter(|(index, value)| holds(*index, **value));
    numbered.map(|(index, _)| index + 1).collect()
}

/// Above a limit by more than rounding. A mean of equal values is not always that value to the last bit, and a chart
/// in which every point is the same must not say that all of them are outside.
fn is_above(value: f64, limit: f64) -> bool {
    const ROUNDING: f64 = 1e-9;
    value - limit > ROUNDING * limit.abs().max(1.0)
}

/// Below a limit by more than rounding.
fn is_below(value: f64, limit: f64) -> bool {
    is_above(-value, -limit)
}

//! Charts of rare events and of rates: g (cases between), t (days between) and u. Source: model.md section 13.

use super::{is_above, is_below, mean, median, points, xmr};

/// Power that makes days between rare events nearly normal.
const T_POWER: f64 = 3.6;

#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Mean of the values themselves; only a g chart has it.
    pub mean: Option<f64>,
    pub centre: f64,
    /// Upper control limit, in the unit of the values.
    pub ucl: f64,
    /// Lower control limit; never below 0.
    pub lcl: f64,
    /// Point numbers from 1.
    pub signals: Vec<usize>,
}

/// Limits of each point, because each has a denominator of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct UChart {
    pub centre: f64,
    /// Upper control limit of each point: a count divided by its opportunities.
    pub ucl: Vec<f64>,
    /// Lower control limit of each point; never below 0.
    pub lcl: Vec<f64>,
    /// Point numbers from 1.
    pub signals: Vec<usize>,
}

/// Cases between events. None without points.
pub fn g_chart(values: &[f64]) -> Option<Limits> {
    let mean = mean(values)?;
    let ucl = mean + 3.0 * (mean * (mean + 1.0)).sqrt();
    let signals = points(values, |_, value| is_above(value, ucl));
    Some(Limits { mean: Some(mean), centre: median(values)?, ucl, lcl: 0.0, signals })
}

/// Days between events; two on one day are hours / 24 apart. None without points.
pub fn t_chart(values: &[f64]) -> Option<Limits> {
    let roots: Vec<f64> = values.iter().map(|value| value.powf(1.0 / T_POWER)).collect();
    let chart = xmr(&roots, Some(roots.len()), false)?;
    let back = |root: f64| if root < 0.0 { 0.0 } else { root.powf(T_POWER) };
    let (ucl, lcl) = (back(chart.upl), back(chart.lpl));
    let signals = points(values, |_, value| is_above(value, ucl) || is_below(value, lcl));
    Some(Limits { mean: None, centre: back(chart.mean), ucl, lcl, signals })
}

/// Lower and upper limit of a u chart, or of a funnel, where so much was offered.
pub fn u_limits(centre: f64, n: f64) -> (f64, f64) {
    let width = 3.0 * (centre / n).sqrt();
    ((centre - width).max(0.0), centre + width)
}

/// Counts per so much opportunity. None without points, or where the opportunities sum to nothing.
pub fn u_chart(counts: &[f64], n: &[f64]) -> Option<UChart> {
    let total: f64 = n.iter().sum();
    if counts.len() != n.len() || total <= 0.0 {
        return None;
    }
    let centre = counts.iter().sum::<f64>() / total;
    let (lcl, ucl): (Vec<f64>, Vec<f64>) = n.iter().map(|n| u_limits(centre, *n)).unzip();
    let signals = points(counts, |index, count| {
        let value = count / n[index];
        is_above(value, ucl[index]) || is_below(value, lcl[index])
    });
    Some(UChart { centre, ucl, lcl, signals })
}

//! Run chart: too long on one side of the median, or too few crossings. Source: model.md section 13.

use super::median;

#[derive(Clone, Debug, PartialEq)]
pub struct RunChart {
    pub median: f64,
    /// Points that are not on the median.
    pub useful: usize,
    pub longest_run: usize,
    pub longest_run_limit: usize,
    pub crossings: usize,
    pub crossings_limit: usize,
    pub signal: bool,
}

/// None without points.
pub fn run_chart(values: &[f64]) -> Option<RunChart> {
    let median = median(values)?;
    let above: Vec<bool> =
        values.iter().filter(|value| **value != median).map(|value| *value > median).collect();
    let useful = above.len();
    let crossings = above.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let longest_run = above.chunk_by(|one, other| one == other).map(<[bool]>::len).max().unwrap_or(0);
    // Of at least one point, a logarithm is never negative.
    let longest_run_limit = (useful.max(1) as f64).log2().round() as usize + 3;
    let crossings_limit = fewest_crossings(useful);
    let signal = longest_run > longest_run_limit || crossings < crossings_limit;
    Some(RunChart { median, useful, longest_run, longest_run_limit, crossings, crossings_limit, signal })
}

/// Smallest k with P(Binomial(useful - 1, 0.5) <= k) >= 0.05. Logarithms, so that many points do not underflow.
fn fewest_crossings(useful: usize) -> usize {
    const RARE: f64 = 0.05;
    let steps = useful.saturating_sub(1) as f64;
    let mut log_term = steps * 0.5_f64.ln();
    let mut sum = 0.0;
    for crossings in 0..useful {
        sum += log_term.exp();
        if sum >= RARE {
            return crossings;
        }
        let k = crossings as f64;
        log_term += ((steps - k) / (k + 1.0)).ln();
    }
    0
}

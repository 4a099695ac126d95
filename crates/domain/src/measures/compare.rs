//! Comparing: before and after, rates, and what makes up most of a whole. Source: model.md section 13.

use super::per_cent;

/// Two counts over two lengths of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeforeAfter {
    /// Rate after over rate before; none where nothing was counted before.
    pub ratio: Option<f64>,
    /// Two-sided exact p value.
    pub p: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ParetoRow {
    pub code: String,
    pub count: u64,
    /// Per cent, one decimal.
    pub share: f64,
    pub cumulative: f64,
}

/// `c1` in the time `t1` before, `c2` in the time `t2` after.
pub fn before_after(c1: u64, t1: f64, c2: u64, t2: f64) -> BeforeAfter {
    let ratio = (c1 > 0).then(|| (c2 as f64 / t2) / (c1 as f64 / t1));
    BeforeAfter { ratio, p: two_sided(c1, c1 + c2, t1 / t2) }
}

/// Sum of P(X = k) over every k no more likely than `observed`, for X ~ Binomial(total, odds / (1 + odds)).
/// Works with logarithms of P(X = k) / P(X = observed), so that large counts neither overflow nor underflow.
fn two_sided(observed: u64, total: u64, odds: f64) -> f64 {
    /// Equally likely, within rounding.
    const TIE: f64 = 1e-7;
    let step = |k: u64| (((total - k) as f64) / ((k + 1) as f64) * odds).ln();
    let mut below: Vec<f64> = Vec::new();
    let mut log = 0.0;
    for k in (0..observed).rev() {
        log -= step(k);
        below.push(log);
    }
    let mut logs = below;
    log = 0.0;
    logs.push(log);
    for k in observed..total {
        log += step(k);
        logs.push(log);
    }
    let highest = logs.iter().copied().fold(0.0, f64::max);
    let weight = |log: &f64| (log - highest).exp();
    let all: f64 = logs.iter().map(weight).sum();
    let rare: f64 = logs.iter().filter(|log| **log <= TIE.ln_1p()).map(weight).sum();
    (rare / all).min(1.0)
}

/// Per 1000, two decimals; none without a denominator.
pub fn rate_of(count: f64, denominator: Option<f64>) -> Option<f64> {
    let denominator = denominator.filter(|value| *value > 0.0)?;
    Some((count * 100_000.0 / denominator).round() / 100.0)
}

/// Sorted by count, then code; cumulative shares come from the counts, not from rounded shares.
pub fn pareto(counts: &[(String, u64)]) -> Vec<ParetoRow> {
    let total: u64 = counts.iter().map(|(_, count)| count).sum();
    let mut sorted = counts.to_vec();
    sorted.sort_by(|(code, count), (other_code, other)| other.cmp(count).then_with(|| code.cmp(other_code)));
    let mut sum = 0;
    let of_total = |part: u64| if total == 0 { 0.0 } else { per_cent(part as f64, total as f64) };
    sorted
        .into_iter()
        .map(|(code, count)| {
            sum += count;
            ParetoRow { code, count, share: of_total(count), cumulative: of_total(sum) }
        })
        .collect()
}

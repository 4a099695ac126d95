//! Words of the provider's view of all sites.

use crate::text::common::count;
use domain::measures::StepTimes;

pub const ALL_SITES: &str = "All sites";
pub const FAIR: &str = "Sites stand in order of their names. A site with more near misses is not a worse site: it may be one where staff look more carefully. So nothing here ranks sites by how many they report.";
/// With fewer sites chance alone decides who stands at the edge.
pub const FUNNEL_FROM: usize = 8;

/// Why there is no funnel.
pub fn no_funnel(sites: usize) -> String {
    format!(
        "There is no funnel chart. It compares sites only when there are {FUNNEL_FROM} or more, and you have {sites}. With so few, chance alone decides which one stands at the edge."
    )
}

/// "40 minutes", "5 hours", "12 days".
pub fn minutes(value: f64) -> String {
    let whole = |value: f64| value.round().max(0.0) as usize;
    match value {
        few if few < 60.0 => count(whole(few), "minute", "minutes"),
        some if some < 48.0 * 60.0 => count(whole(some / 60.0), "hour", "hours"),
        many => count(whole(many / 1440.0), "day", "days"),
    }
}

/// Median, nine in ten and in time, each with its words; none where nothing was done.
pub fn times(times: &StepTimes) -> Option<[(&'static str, String); 3]> {
    Some([
        ("Half within", minutes(times.median_min?)),
        ("9 in 10 within", minutes(times.p90_min?)),
        ("In time", format!("{}% of {}", times.in_time_pct?, times.n)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_a_unit_that_fits() {
        let check = |value, words: &str| assert_eq!(minutes(value), words);
        check(0.4, "0 minutes");
        check(59.0, "59 minutes");
        check(90.0, "2 hours");
        check(2879.0, "48 hours");
        check(2880.0, "2 days");
        assert_eq!(times(&StepTimes::default()), None);
        let done = StepTimes { n: 4, median_min: Some(60.0), p90_min: Some(120.0), in_time_pct: Some(75.0) };
        assert_eq!(times(&done).map(|[_, _, (_, words)]| words).as_deref(), Some("75% of 4"));
    }
}

//! Words of the provider's view of all sites.

use crate::text::{
    common::{count, list},
    measures::measure_of,
};
use domain::measures::{StepTimes, category_per, shown};

pub const ALL_SITES: &str = "All sites";
pub const FAIR: &str = "Sites stand in order of their names. A site with more near misses is not a worse site: it may be one where staff look more carefully. So nothing here ranks sites by how many they report. Late now counts steps, actions, audits and oversight.";
/// With fewer sites chance alone decides who stands at the edge.
pub const FUNNEL_FROM: usize = 8;

/// What the funnel says of so many sites.
pub fn funnel(sites: usize, more: &[&str], less: &[&str]) -> String {
    let told = |names: &[&str], what: &str| {
        let report = if names.len() == 1 { "reports" } else { "report" };
        (!names.is_empty()).then(|| format!("{} {report} {what} than chance explains.", list(names)))
    };
    let parts: Vec<String> = [told(more, "more"), told(less, "less")].into_iter().flatten().collect();
    match parts.is_empty() {
        true => format!(
            "All {sites} sites lie within the limits of chance. The differences between them say nothing."
        ),
        false => format!(
            "{} Find out why before you judge: more can mean that staff look more carefully.",
            parts.join(" ")
        ),
    }
}

/// Why there is no funnel.
pub fn no_funnel(sites: usize) -> String {
    format!(
        "There is no funnel chart. It compares sites only when there are {FUNNEL_FROM} or more, and you have {sites}. With so few, chance alone decides which one stands at the edge."
    )
}

/// Two decimals, as the rule of the rate says. Source: model.md section 13.
pub fn rate(value: f64) -> String {
    shown(value, 2)
}

/// " per 1,000 occupied bed days (12)", " per 1,000 doses given (5 with medicines)": what stands after a rate.
pub fn per_1000(denominator: &str, near_misses: u32) -> String {
    let of = measure_of(denominator);
    let of_one = if category_per(denominator).is_some() { " with medicines" } else { "" };
    format!(" per 1,000 {of} ({near_misses}{of_one})")
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

/// What the table of times counts.
pub fn times_of(days: u64) -> String {
    format!(
        "Steps done in the last {days} days, from when they could begin. \"First action planned\" is the time to the \
         plan, or to the decision that no action is needed. A check if it worked is due to the minute, so one made later \
         on its day is late. Actions done in time: of the actions due in these days."
    )
}

/// Median, nine in ten and in time, each with its words; none where nothing was done.
pub fn times(times: &StepTimes) -> Option<[(&'static str, String); 3]> {
    Some([
        ("Half within", minutes(times.median_min?)),
        ("9 in 10 within", minutes(times.p90_min?)),
        ("In time", format!("{}% of {}", times.in_time_pct?, crate::text::common::grouped(times.n))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_funnel_names_who_lies_outside_and_judges_nobody() {
        assert!(funnel(8, &[], &[]).starts_with("All 8 sites lie within the limits of chance."));
        let words = funnel(8, &["Elm"], &["Oak", "Ash"]);
        assert!(words.starts_with(
            "Elm reports more than chance explains. Oak and Ash report less than chance explains. Find out why"
        ));
    }

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

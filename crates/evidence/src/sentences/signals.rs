//! What a chart through time says: which points are unusual, and whether something changed.

use crate::words::{count, listed as list, upper_first as upper};
use domain::measures::{RunChart, Xmr};

/// Points before limits stay. Source: model.md section 13.
const ENOUGH: usize = 12;
/// Consecutive points of a trend or a shift.
const LONG: usize = 7;
/// Points off the middle from which runs say something.
const FEW: usize = 10;

/// What the points are: "week", "month", or "event" for the time between rare events.
#[derive(Clone, Copy, Debug)]
pub struct Through<'a> {
    pub one: &'a str,
    pub many: &'a str,
    /// Names of the points in order: "October 2026".
    pub names: &'a [String],
    pub values: &'a [f64],
}

impl Through<'_> {
    fn name(&self, point: usize) -> &str {
        point.checked_sub(1).and_then(|index| self.names.get(index)).map(String::as_str).unwrap_or_default()
    }

    fn value(&self, point: usize) -> f64 {
        point.checked_sub(1).and_then(|index| self.values.get(index)).copied().unwrap_or_default()
    }

    /// The last run of points that follow each other.
    fn last_run(points: &[usize]) -> &[usize] {
        let start = points.windows(2).rposition(|pair| pair[1] != pair[0] + 1).map_or(0, |at| at + 1);
        points.get(start..).unwrap_or_default()
    }
}

/// Sentences about an XmR chart, the most telling first.
pub fn signals(through: Through<'_>, chart: &Xmr) -> String {
    let n = through.values.len();
    if n == 1 {
        return format!("Only one {}: nothing to compare it with yet.", through.one);
    }
    let mut said = Vec::new();
    if chart.trial && n < ENOUGH {
        said.push(format!(
            "Only {} so far. The limits are trial limits until there are {ENOUGH}.",
            count(n, through.one, through.many)
        ));
    }
    if through.values.iter().all(|value| *value == 0.0) {
        said.push(format!("Every {} is 0.", through.one));
        return said.join(" ");
    }
    let told = said.len();
    said.extend(run_words(through, Through::last_run(&chart.signals.shift), |first| {
        let side = if first > chart.mean { "above" } else { "below" };
        (format!("all {side} the usual middle"), "Something has changed.")
    }));
    said.extend(run_words(through, Through::last_run(&chart.signals.trend), |_| {
        let trend = Through::last_run(&chart.signals.trend);
        let ends = trend.first().zip(trend.last());
        let up = ends.is_some_and(|(first, last)| through.value(*last) > through.value(*first));
        (
            format!("each {} than the one before", if up { "higher" } else { "lower" }),
            "Something is changing.",
        )
    }));
    let outside: Vec<&str> =
        chart.signals.outside.iter().rev().take(3).rev().map(|point| through.name(*point)).collect();
    if !outside.is_empty() {
        let lie = if outside.len() == 1 { "lies" } else { "lie" };
        let seldom = "Chance seldom does that: look at what was different then.";
        let words = list(&outside);
        said.push(format!("{} {lie} outside the usual limits. {seldom}", upper(&words)));
    }
    if said.len() == told && !chart.signals.two_of_three.is_empty() {
        let points: Vec<&str> =
            Through::last_run(&chart.signals.two_of_three).iter().map(|point| through.name(*point)).collect();
        said.push(format!(
            "{} came close to a limit, 2 of 3 in a row. Something may be changing.",
            upper(&list(&points))
        ));
    }
    if said.len() == told {
        said.push(format!("Every {} is within the usual limits. Nothing shows a change.", through.one));
    }
    said.join(" ")
}

/// "The last 7 months are all above the usual middle. Something has changed."
fn run_words(
    through: Through<'_>,
    run: &[usize],
    what: impl Fn(f64) -> (String, &'static str),
) -> Option<String> {
    let (first, last) = (*run.first()?, *run.last()?);
    if run.len() < LONG {
        return None;
    }
    let (is, so) = what(through.value(first));
    Some(match last == through.values.len() {
        true => format!("The last {} {} are {is}. {so}", run.len(), through.many),
        false => format!(
            "{} {} in a row, from {} to {}, were {is}. {}",
            run.len(),
            through.many,
            through.name(first),
            through.name(last),
            so.replace("has changed", "was different").replace("is changing", "was changing"),
        ),
    })
}

/// Sentences about a run chart.
pub fn run(through: Through<'_>, chart: &RunChart) -> String {
    let n = through.values.len();
    if n == 1 {
        return format!("Only one {}: nothing to compare it with yet.", through.one);
    }
    if n < FEW {
        let points = count(n, through.one, through.many);
        return format!("Only {points}. That is too few to say whether something changed.");
    }
    if chart.useful < FEW {
        let away = match chart.useful {
            1 => "1 is".to_owned(),
            useful => format!("{useful} are"),
        };
        return format!(
            "{}, of which {away} not on the middle line. That is too few to say whether something changed.",
            count(n, through.one, through.many),
        );
    }
    match chart.signal {
        true if chart.longest_run > chart.longest_run_limit => format!(
            "{} {} in a row are on one side of the middle. Something has changed.",
            chart.longest_run, through.many,
        ),
        true => format!(
            "The line crosses the middle only {}. Something has changed.",
            count(chart.crossings, "time", "times"),
        ),
        false => "The line goes up and down around the middle as chance does. Nothing shows a change.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::measures::{run_chart, xmr};

    fn told(values: &[f64]) -> String {
        let names: Vec<String> = (1..=values.len()).map(|point| format!("month {point}")).collect();
        let through = Through { one: "month", many: "months", names: &names, values };
        signals(through, &xmr(values, None, false).expect("points"))
    }

    #[test]
    fn a_shift_at_the_end_is_told_as_a_change() {
        let mut values = vec![4.0, 6.0, 5.0, 4.0, 6.0, 5.0, 4.0, 6.0, 5.0, 4.0, 6.0, 5.0];
        values.extend([6.0, 7.0, 6.0, 7.0, 6.0, 7.0, 6.0]);
        assert!(
            told(&values)
                .starts_with("The last 7 months are all above the usual middle. Something has changed.")
        );
    }

    #[test]
    fn a_shift_that_is_over_is_told_with_its_dates() {
        let values = [5.0, 6.0, 7.0, 6.0, 7.0, 6.0, 7.0, 1.0, 2.0, 1.0, 2.0, 1.0];
        let words = told(&values);
        assert!(words.contains("7 months in a row, from month 1 to month 7, were all above"), "{words}");
    }

    #[test]
    fn a_point_outside_is_named() {
        let mut values = vec![5.0, 6.0, 5.0, 6.0, 5.0, 6.0, 5.0, 6.0, 5.0, 6.0, 5.0, 6.0];
        values.push(14.0);
        assert!(told(&values).contains("Month 13 lies outside the usual limits."), "{}", told(&values));
    }

    #[test]
    fn few_points_one_point_and_zeros_have_words() {
        assert_eq!(told(&[3.0]), "Only one month: nothing to compare it with yet.");
        assert!(
            told(&[3.0, 4.0, 3.0])
                .starts_with("Only 3 months so far. The limits are trial limits until there are 12.")
        );
        assert!(told(&[0.0; 14]).ends_with("Every month is 0."));
        assert!(told(&[3.0, 4.0, 3.0, 4.0]).ends_with("Nothing shows a change."));
    }

    #[test]
    fn a_run_chart_says_when_there_is_too_little() {
        let words = |values: &[f64]| {
            let through = Through { one: "week", many: "weeks", names: &[], values };
            run(through, &run_chart(values).expect("points"))
        };
        assert_eq!(
            words(&[1.0, 2.0, 3.0]),
            "Only 3 weeks. That is too few to say whether something changed."
        );
        let mut level = [2.0; 12];
        level[3] = 5.0;
        assert_eq!(
            words(&level),
            "12 weeks, of which 1 is not on the middle line. That is too few to say whether something changed."
        );
        let mut long = vec![1.0; 10];
        long.extend([3.0; 10]);
        assert_eq!(words(&long), "10 weeks in a row are on one side of the middle. Something has changed.");
        let even: Vec<f64> = (0..20).map(|point| f64::from(point % 2)).collect();
        assert!(words(&even).ends_with("Nothing shows a change."));
    }
}

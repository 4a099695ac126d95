//! Words of the pages about alerts and rules themselves.

use crate::text::common::count;
use crate::text::common::{day, short_day};
use domain::patterns::{Difference, Week};

pub const ALERTS: &str = "Patterns and alerts";
pub const ALERTS_HINT: &str = "What the reports say together, and what was done about it";
pub const ALERTS_LEDE: &str = "Noticed looks at all reports together. When a rule finds a pattern, one alert comes. New reports join it.";
pub const NO_ALERTS: &str = "No alerts yet.";
pub const NO_ALERTS_WORDS: &str =
    "An alert comes when reports are alike, or when one could have been very bad. The rules say when.";
/// Below a long list on paper.
pub fn not_on_paper(left: usize) -> String {
    format!(
        "{left} more, not on this paper. Choose a rule, a category or a place before you print, or press Show more."
    )
}

pub const NONE_LIKE_THIS: &str = "No alerts like this.";
pub const RULES: &str = "Rules for alerts";
pub const RULES_HINT: &str = "When each alert comes, who is told, and every change of the numbers.";
pub const BY_RULE: &str = "What needs you, by rule";
pub const BY_THING: &str = "What several of them are about";
pub const WEEK: &str = "The week in alerts";
pub const ALERT_GONE: &str = "This alert is not here";

/// "With 2 in 14 days there would have been 9 alerts in the last 12 months instead of 4."
pub fn would_have_been(numbers: &str, found: &Difference) -> String {
    let would = match found.would_be {
        0 => "no alerts".to_owned(),
        some => count(some, "alert", "alerts"),
    };
    let were = match found.were {
        0 => "instead of none".to_owned(),
        same if same == found.would_be => "the same number as there were".to_owned(),
        some => format!("instead of {some}"),
    };
    format!("With {numbers} there would have been {would} in the last 12 months, {were}.")
}

/// What is neither gone nor new, where it is another number of alerts: reports that stood in several would have come
/// together in one, or the other way round.
pub fn regrouped(found: &Difference) -> Option<String> {
    let stay = found.were.checked_sub(found.gone.len())?;
    let same = found.would_be.checked_sub(found.new.len())?;
    let of = |number: usize| count(number, "alert", "alerts");
    (stay != same).then(|| {
        format!(
            "Of those that there were, {} would have come as {}, about the same reports.",
            of(stay),
            of(same)
        )
    })
}

/// A warning about numbers that make no sense, from what they would have done.
pub fn too_much_or_little(found: &Difference) -> Option<&'static str> {
    if found.records == 0 {
        return Some(
            "This device holds no reports of this site, so the past says nothing. Ask the Registered Manager to try it first.",
        );
    }
    if found.would_be == 0 && found.were > 0 {
        return Some(
            "The rule would have said nothing for a whole year. Choose a smaller number of reports, or more days.",
        );
    }
    if found.would_be == 0 {
        return Some(
            "Are you sure? There was no such pattern in the last 12 months, so this rule would hardly ever speak. Choose a smaller number of reports, or more days.",
        );
    }
    let many = found.would_be >= 12 && found.would_be > found.were * 3;
    many.then_some("That is many more than before. People stop reading alerts when there are too many.")
}

/// On the line to press before what is older than four weeks.
pub fn show_older(number: usize) -> String {
    format!("Show {} older than 4 weeks", count(number, "alert", "alerts"))
}

/// "16 to 22 November 2026".
pub fn week_dates(week: Week) -> String {
    let (first, last) = (week.first(), week.last());
    match chrono_same_month(week) {
        true => format!("{} to {}", first.format("%-d"), day(last)),
        false => format!("{} to {}", short_day(first), day(last)),
    }
}

fn chrono_same_month(week: Week) -> bool {
    week.first().format("%m").to_string() == week.last().format("%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(were: usize, would_be: usize) -> Difference {
        Difference { were, would_be, new: Vec::new(), gone: Vec::new(), records: 40 }
    }

    #[test]
    fn a_dry_run_is_told_in_one_sentence() {
        let words = |were, would_be| would_have_been("2 in 14 days", &found(were, would_be));
        assert_eq!(
            words(4, 9),
            "With 2 in 14 days there would have been 9 alerts in the last 12 months, instead of 4."
        );
        assert_eq!(
            words(4, 4),
            "With 2 in 14 days there would have been 4 alerts in the last 12 months, the same number as there were."
        );
        assert_eq!(
            words(0, 0),
            "With 2 in 14 days there would have been no alerts in the last 12 months, instead of none."
        );
    }

    #[test]
    fn alerts_that_come_together_are_said_so_that_the_numbers_add_up() {
        assert_eq!(
            regrouped(&found(27, 20)).as_deref(),
            Some("Of those that there were, 27 alerts would have come as 20 alerts, about the same reports.")
        );
        assert_eq!(regrouped(&found(4, 4)), None);
    }

    #[test]
    fn numbers_that_silence_or_flood_are_warned_about() {
        assert!(too_much_or_little(&found(4, 0)).is_some_and(|words| words.contains("nothing")));
        // Also where the numbers in force found nothing.
        assert!(too_much_or_little(&found(0, 0)).is_some_and(|words| words.starts_with("Are you sure?")));
        assert!(too_much_or_little(&found(4, 40)).is_some_and(|words| words.contains("many")));
        assert_eq!(too_much_or_little(&found(4, 6)), None);
        assert!(too_much_or_little(&Difference { records: 0, ..found(0, 0) }).is_some());
    }

    #[test]
    fn a_week_is_said_by_its_dates() {
        let words = |text: &str| Week::parse(text).map(week_dates).unwrap_or_default();
        assert_eq!(words("2026-W47"), "16 to 22 November 2026");
        assert_eq!(words("2026-W49"), "30 November to 6 December 2026");
    }
}

//! Dates of a period, of a point, and the line that says what is shown.

use crate::text::common::{day, definitions, short_day};
use chrono::{Datelike, NaiveDate};
use domain::measures::index::Grain;

/// "1 September to 25 November 2026".
pub fn range(from: NaiveDate, to: NaiveDate) -> String {
    match (from == to, from.year() == to.year()) {
        (true, _) => day(from),
        (_, true) => format!("{} to {}", short_day(from), day(to)),
        _ => format!("{} to {}", day(from), day(to)),
    }
}

/// A last date that is before the first one.
pub fn turned(from: NaiveDate, to: NaiveDate) -> String {
    format!("Last date: {} is before the first date. Type {} or a later date", day(to), day(from))
}

/// "Shown: Meadow House, all categories, 1 September to 25 November 2026".
pub fn shown(site: &str, category: &str, from: NaiveDate, to: NaiveDate) -> String {
    format!("Shown: {site}, {category}, {}", range(from, to))
}

/// "Counted by the definitions of November 2026." Beside every number, or in the fold that says what it means.
pub fn counted_by() -> String {
    format!("Counted by the {}.", definitions())
}

/// "October 2026", "the week of 5 October 2026".
pub fn point(grain: Grain, first: NaiveDate) -> String {
    let day = day(first);
    match grain {
        Grain::Week => format!("the week of {day}"),
        Grain::Month => day.split_once(' ').map(|(_, month)| month.to_owned()).unwrap_or_default(),
    }
}

/// Under an axis: "Oct 26", "5 Oct".
pub fn label(grain: Grain, first: NaiveDate) -> String {
    let words = short_day(first);
    let month: String = words.split(' ').nth(1).unwrap_or_default().chars().take(3).collect();
    match grain {
        Grain::Week => format!("{} {month}", first.day()),
        Grain::Month => format!("{month} {:02}", first.year() % 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect(text)
    }

    #[test]
    fn a_range_names_the_year_once() {
        let words = |from, to| range(date(from), date(to));
        assert_eq!(words("2026-09-01", "2026-11-25"), "1 September to 25 November 2026");
        assert_eq!(words("2025-12-01", "2026-01-31"), "1 December 2025 to 31 January 2026");
        assert_eq!(words("2026-11-25", "2026-11-25"), "25 November 2026");
    }

    #[test]
    fn a_number_names_the_version_that_counts() {
        assert_eq!(counted_by(), "Counted by the definitions of November 2026.");
    }

    #[test]
    fn points_have_a_name_and_a_short_one() {
        let first = date("2026-10-05");
        assert_eq!(
            (point(Grain::Week, first), label(Grain::Week, first)),
            ("the week of 5 October 2026".into(), "5 Oct".into())
        );
        assert_eq!(
            (point(Grain::Month, first), label(Grain::Month, first)),
            ("October 2026".into(), "Oct 26".into())
        );
    }

    #[test]
    fn what_is_shown_is_one_line() {
        let line = shown("Meadow House", "all categories", date("2026-09-01"), date("2026-11-25"));
        assert_eq!(line, "Shown: Meadow House, all categories, 1 September to 25 November 2026");
    }
}

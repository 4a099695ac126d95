//! What each picture shows, made from the index. Each is a plain function, so that a number and its list agree.

mod begun;
mod compare;
mod groups;
mod heats;
mod history;
mod rare;
mod rates;
mod through;
mod work;

pub use compare::before_after;
pub use groups::{factors, places, risk_groups, subtypes, triggers};
pub use heats::{hours, places_of_categories};
pub use rare::{WHICH, cases_between, days_between, two_years};
pub use rates::rate;
pub use through::{incidents, luck, nameless, near_misses, reporters};
pub use work::{actions_by_strength, late_now, steps_in_time};

use crate::{pages::measures::look::Look, text::common::day, ui::chart::Drawn};
use chrono::NaiveDate;
use domain::{
    measures::index::{Filter, Grain},
    time::add_days,
};

/// The first week or month of which the records of the site hold every day: part of one is no point of a chart. None
/// without records. Of any category: a category without reports is a category with none.
fn first_whole(look: &Look, grain: Grain) -> Option<NaiveDate> {
    let all = Filter { category: None, ..look.filter.clone() };
    let (first, _) = look.index.span(&all)?;
    Some(whole_from(grain, first))
}

/// Where the chosen time ends before the first report.
pub fn before_records(look: &Look) -> Option<String> {
    let whose = if look.filter.site.is_some() { "this site" } else { "these sites" };
    let all = Filter { category: None, ..look.filter.clone() };
    let (first, _) = look.index.span(&all)?;
    let words = || {
        format!("This time ends before the first report of {whose}, on {}. Choose a later time.", day(first))
    };
    (look.filter.to < first).then(words)
}

/// Why a chart through time has no point: the chosen time ends too early, or the records of the site are too young.
fn no_points(look: &Look, one: &str) -> String {
    let whose = if look.filter.site.is_some() { "this site" } else { "these sites" };
    let all = Filter { category: None, ..look.filter.clone() };
    let first = look.index.span(&all).map(|(first, _)| first);
    if let Some(words) = before_records(look) {
        return words;
    }
    match first.filter(|_| look.filter.to < look.today) {
        Some(first) => format!(
            "This time ends before a whole {one} had passed since the first report of {whose}, on {}. Choose a later time.",
            day(first)
        ),
        None => format!("No whole {one} has passed since the first report of {whose}. Come back after one."),
    }
}

fn whole_from(grain: Grain, first: NaiveDate) -> NaiveDate {
    match grain.first(first) {
        start if start == first => start,
        start => add_days(grain.last(start), 1),
    }
}

/// Names a drawing.
fn drawn(code: &str, title: &str, words: &str) -> Drawn {
    Drawn { id: format!("chart-{code}"), title: title.to_owned(), words: words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_date;

    #[test]
    fn a_part_of_a_month_or_week_is_no_point() {
        let date = |text: &str| parse_date(text).expect(text);
        let from = |grain, first| whole_from(grain, date(first));
        assert_eq!(from(Grain::Month, "2026-08-26"), date("2026-09-01"));
        assert_eq!(from(Grain::Month, "2026-08-01"), date("2026-08-01"));
        assert_eq!(from(Grain::Week, "2026-08-26"), date("2026-08-31"));
    }
}

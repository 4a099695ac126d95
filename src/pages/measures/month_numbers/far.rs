//! Asks about a number that is far from that of the month before: an extra digit makes every rate wrong. Pure.

use crate::text::{common::thousands, measures::point};
use chrono::NaiveDate;
use domain::{measures::index::Grain, time::parse_date};
use std::collections::BTreeMap;

/// More than twice, or less than half: a home does not grow or shrink so much in a month.
const TIMES: f64 = 2.0;

/// What to ask, one line a month; months as `2026-10`. `known`: the values that count now. Compared with the month
/// before, typed or known, and where there is none with the latest that is known.
pub fn warnings(typed: &[(String, f64)], known: &BTreeMap<String, f64>) -> Vec<String> {
    let all: BTreeMap<&str, f64> = known
        .iter()
        .map(|(month, value)| (month.as_str(), *value))
        .chain(typed.iter().map(|(month, value)| (month.as_str(), *value)))
        .collect();
    let line = |(month, value): &(String, f64)| {
        let earlier = all.range(..month.as_str()).next_back();
        let latest = || {
            known.iter().rfind(|(other, _)| *other != month).map(|(other, value)| (other.as_str(), *value))
        };
        let (other, beside) = earlier.map(|(other, value)| (*other, *value)).or_else(latest)?;
        let is_far = *value > beside * TIMES || *value * TIMES < beside;
        is_far.then(|| {
            let more = if *value > beside { "much more" } else { "much less" };
            format!(
                "{}: {} is {more} than {} in {}.",
                name(month),
                thousands(*value),
                thousands(beside),
                name(other)
            )
        })
    };
    typed.iter().filter_map(line).collect()
}

fn name(month: &str) -> String {
    let first: Option<NaiveDate> = parse_date(&format!("{month}-01"));
    first.map_or_else(|| month.to_owned(), |first| point(Grain::Month, first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &[(&str, f64)]) -> Vec<String> {
        let known = [("2026-08".to_owned(), 961.0), ("2026-09".to_owned(), 930.0)].into();
        let typed: Vec<(String, f64)> =
            typed.iter().map(|(month, value)| ((*month).to_owned(), *value)).collect();
        warnings(&typed, &known)
    }

    #[test]
    fn a_number_far_from_the_month_before_is_asked_about() {
        assert_eq!(
            asked(&[("2026-10", 999_999_999.0)]),
            ["October 2026: 999,999,999 is much more than 930 in September 2026."]
        );
        assert_eq!(
            asked(&[("2026-10", 93.0)]),
            ["October 2026: 93 is much less than 930 in September 2026."]
        );
        assert!(asked(&[("2026-10", 1114.0), ("2026-11", 1080.0)]).is_empty());
    }

    #[test]
    fn without_a_month_before_the_latest_known_is_beside_it() {
        assert_eq!(asked(&[("2026-07", 9300.0)]).len(), 1);
        assert!(warnings(&[("2026-10".into(), 999_999_999.0)], &BTreeMap::new()).is_empty());
        // Its own earlier value may have been wrong.
        let wrong = [("2026-10".to_owned(), 9300.0)].into();
        assert!(warnings(&[("2026-10".into(), 930.0)], &wrong).is_empty());
    }

    #[test]
    fn months_typed_together_are_compared_with_each_other() {
        assert_eq!(asked(&[("2026-10", 940.0), ("2026-11", 9400.0)]).len(), 1);
    }
}

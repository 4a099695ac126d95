//! Between what stands in the boxes of the editor and the numbers of a site. Pure.

use crate::{text::alerts::rule as words, ui::FieldError};
use domain::{
    directory::{RuleNumbers, Site},
    patterns::{Rule, Window},
};
use serde_json::{Value, json};

/// The numbers that were typed, or what is wrong with them.
pub fn window(threshold: &str, days: &str) -> Result<Window, Vec<FieldError>> {
    let threshold = number(threshold, "threshold", "Type how many reports", words::threshold_problem);
    let days = number(days, "days", "Type in how many days", words::days_problem);
    match (threshold, days) {
        (Ok(threshold), Ok(days)) => Ok(Window { threshold, days }),
        (threshold, days) => Err(threshold.err().into_iter().chain(days.err()).collect()),
    }
}

fn number(
    typed: &str,
    id: &str,
    missing: &str,
    problem: fn(u64) -> Option<String>,
) -> Result<u32, FieldError> {
    let typed = typed.trim().trim_end_matches('.');
    if typed.is_empty() {
        return Err(FieldError::new(id, missing));
    }
    // What is no whole number is as wrong as one that is too large.
    let read = typed.parse::<u64>().unwrap_or(u64::MAX);
    match problem(read) {
        Some(words) => Err(FieldError::new(id, words)),
        None => u32::try_from(read).map_err(|_| FieldError::new(id, missing)),
    }
}

/// All numbers of a site with those of one rule (and key) in place of what it had.
pub fn with(site: &Site, rule: Rule, key: &str, window: Window) -> RuleNumbers {
    let mut rules = site.settings.rules.clone();
    let own = rules.entry(rule.code().to_owned()).or_insert_with(|| json!({}));
    if !own.is_object() {
        *own = json!({});
    }
    let numbers = json!({ "threshold": window.threshold, "days": window.days });
    match (own.as_object_mut(), numbers) {
        (Some(own), numbers) if !key.is_empty() => drop(own.insert(key.to_owned(), numbers)),
        (Some(own), Value::Object(numbers)) => own.extend(numbers),
        _ => {}
    }
    rules
}

/// The change to send: the site as it is with other numbers, and why.
pub fn change(id: &str, site: &Site, rules: &RuleNumbers, reason: &str) -> Value {
    let mut value = serde_json::to_value(site).unwrap_or_default();
    value["settings"]["rules"] = json!(rules);
    json!({ "kind": "site", "id": id, "value": value, "reason": reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(threshold: &str, days: &str) -> Vec<(String, String)> {
        let found = window(threshold, days).err().unwrap_or_default();
        found.into_iter().map(|error| (error.id, error.message)).collect()
    }

    #[test]
    fn nonsense_is_told_beside_its_box_and_gives_no_numbers() {
        let many =
            "Type how many reports as a whole number from 1 to 50. A rule that waits for more comes too late";
        let days = "Type the days as a whole number from 1 to 366";
        for (one, two) in [
            ("0", "0"),
            ("words", "-3"),
            ("4000000000", "4000000000000000000000"),
            ("2.5", "1e3"),
            ("51", "367"),
        ] {
            let expected = [("threshold".to_owned(), many.to_owned()), ("days".to_owned(), days.to_owned())];
            assert_eq!(problems(one, two), expected, "{one} in {two}");
        }
        assert_eq!(problems("", "14"), [("threshold".to_owned(), "Type how many reports".to_owned())]);
        assert_eq!(window(" 2 ", "14."), Ok(Window { threshold: 2, days: 14 }));
    }

    #[test]
    fn one_rule_changes_and_the_others_stay() {
        let mut site = Site::default();
        let own = json!({"days": 60, "lithium": {"threshold": 1, "days": 5}});
        site.settings.rules =
            [("same_risk_group".to_owned(), own), ("same_asset".to_owned(), json!({"days": 30}))].into();
        let window = Window { threshold: 2, days: 45 };
        let general = with(&site, Rule::SameRiskGroup, "", window);
        let expected = json!({"threshold": 2, "days": 45, "lithium": {"threshold": 1, "days": 5}});
        assert_eq!(general["same_risk_group"], expected);
        assert_eq!(general["same_asset"], json!({"days": 30}));
        let keyed = with(&site, Rule::SameRiskGroup, "insulin", window);
        assert_eq!(Rule::SameRiskGroup.window_by("insulin", &keyed), Some(window));
        assert_eq!(keyed["same_risk_group"]["days"], 60);
        let new = with(&Site::default(), Rule::SameAsset, "", window);
        assert_eq!(Rule::SameAsset.window_by("H1", &new), Some(window));
    }
}

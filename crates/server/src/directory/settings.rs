//! The bounds of a site's settings: what a care home may sensibly ask for, so that no due time leaves the calendar.

use super::rows::Problem;
use domain::{
    directory::Settings,
    patterns::{RULES, Rule, RuleSpec, THRESHOLDS, WINDOW_DAYS},
};
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

pub fn problems(settings: &Settings) -> Vec<Problem> {
    let numbers = [
        ("step2_hours", settings.step2_hours, Settings::HOURS),
        ("step3_hours", settings.step3_hours, Settings::HOURS),
        ("returned_hours", settings.returned_hours, Settings::HOURS),
        ("contract_hours", settings.contract_hours.unwrap_or(1), Settings::HOURS),
        ("step4_days", settings.step4_days, Settings::DAYS),
        ("step5_days", settings.step5_days, Settings::DAYS),
        ("audit_due_days", settings.audit_due_days, Settings::DAYS),
        ("oversight_due_days", settings.oversight_due_days, Settings::DAYS),
        ("at_once_grace_min", settings.at_once_grace_min, Settings::MINUTES),
        ("late_sync_min", settings.late_sync_min, Settings::MINUTES),
        ("clock_skew_min", settings.clock_skew_min, Settings::MINUTES),
    ];
    let outside = numbers.into_iter().filter(|(_, number, range)| !range.contains(number));
    let mut problems: Vec<Problem> = outside.map(|(name, _, range)| between(name, &range)).collect();
    problems.extend(settings.rules.iter().flat_map(|(code, own)| of_rule(code, own)));
    problems
}

fn of_rule(code: &str, own: &Value) -> Vec<Problem> {
    let known = Rule::from_code(code).map(Rule::spec).filter(|spec| spec.window.is_some());
    let Some(spec) = known else {
        let windows = RULES.iter().filter(|spec| spec.window.is_some());
        let codes = windows.map(|spec| spec.code).collect::<Vec<_>>().join(", ");
        return vec![("settings", format!("No numbers can be set for the rule {code}. Use one of {codes}."))];
    };
    match own.as_object() {
        Some(own) => own.iter().filter_map(|(name, value)| of_number(spec, name, value)).collect(),
        None => vec![("settings", format!("The rule {code} needs a threshold and days."))],
    }
}

fn of_number(spec: &RuleSpec, name: &str, value: &Value) -> Option<Problem> {
    let (code, fits) =
        (spec.code, |range: &RangeInclusive<u64>| value.as_u64().is_some_and(|n| range.contains(&n)));
    match name {
        "threshold" => (!fits(&THRESHOLDS)).then(|| between(&format!("{code}.threshold"), &THRESHOLDS)),
        "days" => (!fits(&WINDOW_DAYS)).then(|| between(&format!("{code}.days"), &WINDOW_DAYS)),
        key => {
            let keyed = value.as_object().filter(|_| !spec.special.is_empty());
            let plain = |own: &Map<String, Value>| {
                own.iter().find_map(|(name, value)| match name.as_str() {
                    "threshold" | "days" => of_number(spec, name, value),
                    _ => Some(unknown(code, name)),
                })
            };
            keyed.map_or_else(|| Some(unknown(code, key)), plain)
        }
    }
}

fn unknown(code: &str, name: &str) -> Problem {
    ("settings", format!("The rule {code} has no setting named {name}."))
}

fn between(name: &str, range: &RangeInclusive<u64>) -> Problem {
    ("settings", format!("{name} must be a whole number from {} to {}.", range.start(), range.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_setting_has_bounds_and_says_them() {
        assert_eq!(problems(&Settings::default()), []);
        let Value::Object(usual) = serde_json::to_value(Settings::default()).expect("JSON") else { panic!() };
        let numbers = usual.iter().filter(|(name, value)| value.is_u64() || *name == "contract_hours");
        for (name, _) in numbers {
            let mut absurd = usual.clone();
            absurd.insert(name.clone(), json!(u64::MAX));
            let settings = serde_json::from_value(Value::Object(absurd)).expect("settings");
            let told = problems(&settings);
            assert_eq!(told.len(), 1, "{name}");
            assert!(told[0].1.starts_with(name.as_str()) && told[0].1.ends_with('.'), "{}", told[0].1);
        }
    }

    #[test]
    fn numbers_of_rules_have_bounds_too() {
        let check = |rules: Value, words: &[&str]| {
            let rules = serde_json::from_value(rules).expect("rules");
            let told = problems(&Settings { rules, ..Settings::default() });
            assert_eq!(told.iter().map(|problem| problem.1.as_str()).collect::<Vec<_>>(), words);
        };
        check(json!({"same_person": {"threshold": 2, "days": 30}}), &[]);
        check(json!({"same_risk_group": {"days": 60, "insulin": {"threshold": 1, "days": 90}}}), &[]);
        check(
            json!({"same_person": {"threshold": 0, "days": 4_000_000_000_u64}}),
            &[
                "same_person.days must be a whole number from 1 to 366.",
                "same_person.threshold must be a whole number from 1 to 1000.",
            ],
        );
        check(json!({"same_person": {"weeks": 2}}), &["The rule same_person has no setting named weeks."]);
        check(json!({"same_person": 3}), &["The rule same_person needs a threshold and days."]);
        let words = "No numbers can be set for the rule silence. Use one of same_type_same_place, same_person, \
             same_person_medication, same_risk_group, same_asset, same_trigger_same_person, same_shift, same_factor, \
             caught_by_luck.";
        check(json!({"silence": {"days": 2}}), &[words]);
    }
}

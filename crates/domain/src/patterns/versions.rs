//! Which numbers of a rule were in force when: an alert is judged, and explained, by those of its moment.
//! Source: model.md section 15 number 23.

use super::{RULES, Rule, Window};
use crate::{
    directory::{RuleChange, RuleNumbers, Site},
    time::Instant,
};
use std::collections::BTreeSet;

/// The numbers of one rule over some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Version<'a> {
    /// From 1, counted for each rule and key.
    pub number: usize,
    pub window: Window,
    /// The change that brought it; none for the numbers from the beginning.
    pub change: Option<&'a RuleChange>,
}

impl RuleChange {
    /// The numbers of a rule and key before and after; none where this change left them alone.
    pub fn of(&self, rule: Rule, key: &str) -> Option<(Window, Window)> {
        let before = rule.window_by(key, &self.before)?;
        let after = rule.window_by(key, &self.after)?;
        (before != after).then_some((before, after))
    }

    /// Every rule whose numbers it changed, with its key where only one key has them.
    pub fn parts(&self) -> Vec<ChangedRule<'_>> {
        let rules = RULES.iter().filter(|spec| spec.window.is_some());
        let parts = rules.flat_map(|spec| {
            let keys: BTreeSet<&str> =
                keys_of(spec.code, &self.before).chain(keys_of(spec.code, &self.after)).collect();
            [""].into_iter().chain(keys).map(|key| (spec.rule, key))
        });
        let part =
            |(rule, key)| self.of(rule, key).map(|(before, after)| ChangedRule { rule, key, before, after });
        parts.filter_map(part).collect()
    }
}

/// What a change did to one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedRule<'a> {
    pub rule: Rule,
    /// Empty: every key without numbers of its own.
    pub key: &'a str,
    pub before: Window,
    pub after: Window,
}

/// Keys with numbers of their own.
fn keys_of<'a>(rule: &str, rules: &'a RuleNumbers) -> impl Iterator<Item = &'a str> {
    let own = rules.get(rule).and_then(|own| own.as_object()).into_iter().flatten();
    own.filter(|(_, value)| value.is_object()).map(|(key, _)| key.as_str())
}

impl Site {
    /// Keys of a rule that have numbers of their own here, the usual ones first.
    pub fn keys_with_numbers(&self, rule: Rule) -> Vec<&str> {
        let usual = rule.spec().special.iter().map(|(key, _)| *key);
        let mut keys: Vec<&str> = usual.collect();
        let own = keys_of(rule.code(), &self.settings.rules).filter(|key| !keys.contains(key));
        let own: Vec<&str> = own.collect();
        keys.extend(own);
        keys
    }

    /// Numbers of all rules at a moment.
    pub fn rules_at(&self, at: Instant) -> &RuleNumbers {
        let next = self.rule_changes.iter().position(|change| at < change.at);
        next.and_then(|next| self.rule_changes.get(next)).map_or(&self.settings.rules, |next| &next.before)
    }

    /// Numbers of a rule and key at a moment; none for a rule without numbers.
    pub fn version_of(&self, rule: Rule, key: &str, at: Instant) -> Option<Version<'_>> {
        let window = rule.window_by(key, self.rules_at(at))?;
        let past = self.rule_changes.iter().take_while(|change| change.at <= at);
        let changes = past.filter(|change| change.of(rule, key).is_some());
        let (number, change) = changes.fold((1, None), |(number, _), change| (number + 1, Some(change)));
        Some(Version { number, window, change })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::tests::noon;
    use serde_json::json;

    fn numbers(threshold: u32, days: u32) -> RuleNumbers {
        [("same_asset".to_owned(), json!({"threshold": threshold, "days": days}))].into()
    }

    fn change(date: &str, before: RuleNumbers, after: RuleNumbers) -> RuleChange {
        RuleChange { at: noon(date), by: "boss".into(), reason: "Too many".into(), before, after }
    }

    #[test]
    fn each_moment_has_the_numbers_that_were_in_force_then() {
        let mut site = Site::default();
        site.settings.rules = numbers(4, 30);
        let other = [("same_person".to_owned(), json!({"days": 7}))];
        let with_other: RuleNumbers = numbers(3, 60).into_iter().chain(other).collect();
        site.rule_changes = vec![
            change("2026-06-10", RuleNumbers::new(), numbers(3, 60)),
            change("2026-07-10", numbers(3, 60), with_other.clone()),
            change("2026-08-10", with_other, numbers(4, 30)),
        ];
        let check = |date: &str, number, threshold, days| {
            let version = site.version_of(Rule::SameAsset, "H1", noon(date)).expect("numbers");
            assert_eq!((version.number, version.window), (number, Window { threshold, days }), "{date}");
            assert_eq!(version.change.is_some(), number > 1, "{date}");
        };
        check("2026-06-09", 1, 2, 90);
        check("2026-06-10", 2, 3, 60);
        check("2026-07-20", 2, 3, 60);
        check("2026-08-11", 3, 4, 30);
        assert_eq!(site.version_of(Rule::Silence, "main", noon("2026-08-11")), None);
    }

    #[test]
    fn a_change_names_the_rules_and_keys_that_it_touched() {
        let insulin = |days: u32| json!({"insulin": {"threshold": 2, "days": days}});
        let before: RuleNumbers = [("same_risk_group".to_owned(), insulin(90))].into();
        let after: RuleNumbers =
            numbers(3, 90).into_iter().chain([("same_risk_group".to_owned(), insulin(60))]).collect();
        let change = change("2026-06-10", before, after);
        let told: Vec<_> = change.parts().iter().map(|part| (part.rule, part.key, part.after.days)).collect();
        assert_eq!(told, [(Rule::SameRiskGroup, "insulin", 60), (Rule::SameAsset, "", 90)]);
        let mut site = Site::default();
        site.settings.rules = [("same_risk_group".to_owned(), json!({"lithium": {"days": 5}}))].into();
        assert_eq!(
            site.keys_with_numbers(Rule::SameRiskGroup),
            ["insulin", "anticoagulant", "controlled_drug", "lithium"]
        );
    }

    #[test]
    fn a_site_without_a_history_has_always_had_its_numbers() {
        let mut site = Site::default();
        site.settings.rules = numbers(5, 10);
        let version = site.version_of(Rule::SameAsset, "H1", noon("2026-01-01")).expect("numbers");
        assert_eq!((version.number, version.window.threshold), (1, 5));
    }
}

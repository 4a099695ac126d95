//! The rules in words: when each speaks, to whom, and why it is there.

use crate::text::common::{self, count};
use domain::{
    category::CATEGORIES,
    fields::Kind,
    patterns::{Rule, SENSIBLE_THRESHOLDS, To, WINDOW_DAYS, Window},
    vocabulary::{ALERT_RULE, CodeList, ROLE},
};

pub fn name(rule: Rule) -> &'static str {
    ALERT_RULE.label(rule.code())
}

/// "3 in 14 days".
pub fn numbers(window: Window) -> String {
    format!("{} in {}", window.threshold, days(window.days))
}

pub fn days(days: u32) -> String {
    count(days as usize, "day", "days")
}

/// After "3 reports": what makes them alike. None for a rule without numbers.
fn alike(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::SameTypeSamePlace => "of the same thing in the same place",
        Rule::SamePerson => "about the same person, of any kind,",
        Rule::SamePersonMedication => "about medicines and the same person",
        Rule::SameRiskGroup => "about the same kind of medicine",
        Rule::SameAsset => "about the same equipment",
        Rule::SameTriggerSamePerson => "about the same person with the same trigger",
        Rule::SameShift => "of one category on the same shift",
        Rule::SameFactor => "with the same cause",
        Rule::CaughtByLuck => "that only luck caught",
        _ => return None,
    })
}

/// One sentence: when the rule raises an alert, with the numbers of the site.
pub fn speaks(rule: Rule, window: Option<Window>) -> String {
    if let (Some(alike), Some(window)) = (alike(rule), window) {
        let reports = match window.threshold {
            1 => "is 1 report".to_owned(),
            more => format!("are {more} reports"),
        };
        return format!("Raises an alert when there {reports} {alike} in {}.", days(window.days));
    }
    match rule {
        Rule::SingleHighPotential => {
            "Raises an alert when a risk review says high or extreme. One report is enough. If it is extreme, the provider is told too."
        }
        Rule::RecurrenceAfterClose => {
            "Raises an alert when the same thing happens again within 90 days after the actions were finished: the same kind, and the same place, medicine, equipment or person."
        }
        Rule::DelayedRepair => {
            "Raises an alert when a repair is past its date, or when the same fault is reported again before it is put right."
        }
        Rule::LackOfImprovement => {
            "Raises an alert when the check after the actions says that nothing changed, or that it got worse."
        }
        Rule::AuditFinding => "Raises an alert when an audit answers a question with no.",
        Rule::Silence => {
            "Raises an alert when a unit has no near miss for 28 days, although it usually has 2 or more in that time."
        }
        Rule::Outage24h => "Raises an alert when something has been off for more than 24 hours without a break.",
        _ => "This version of Noticed does not know when this rule raises an alert.",
    }
    .to_owned()
}

/// Why the rule is there.
pub fn why(rule: Rule) -> &'static str {
    match rule {
        Rule::SameTypeSamePlace => {
            "The same thing in the same place points to the place or the routine, not to one person."
        }
        Rule::SamePerson => {
            "Several small things around one person can mean that their needs have changed, or that they are not safe."
        }
        Rule::SamePersonMedication => {
            "Medicine mistakes around one person add up quickly. The plan or the record may be wrong."
        }
        Rule::SameRiskGroup => {
            "Some medicines do great harm when they go wrong. A second near miss is already a pattern."
        }
        Rule::SameAsset => "Equipment that failed twice can fail a third time, perhaps with somebody in it.",
        Rule::SameTriggerSamePerson => {
            "When the same thing upsets a person again and again, the support plan needs another look."
        }
        Rule::SameShift => "A shift with many near misses may be short of people, time or information.",
        Rule::SameFactor => "One cause behind different events is worth one strong action.",
        Rule::CaughtByLuck => "Luck is not a safeguard. Next time it may not help.",
        Rule::SingleHighPotential => "It could have been very bad. Nobody should wait for a second one.",
        Rule::RecurrenceAfterClose => "What was done did not last. A stronger action is needed.",
        Rule::DelayedRepair => "A fault that everybody knows and that waits can still hurt somebody.",
        Rule::LackOfImprovement => "Support that does not help must change.",
        Rule::AuditFinding => "An audit finds what everyday work no longer sees.",
        Rule::Silence => "No reports may mean that nothing happens. It may also mean that nobody tells us.",
        Rule::Outage24h => "After 24 hours the Care Quality Commission may have to be told.",
    }
}

/// "Registered Manager and the lead of the category".
pub fn whom(rule: Rule) -> String {
    let words = |to: &To| match to {
        To::Role(role) => ROLE.label(role.code()),
        To::Lead => "the lead of the category",
    };
    let all: Vec<&str> = rule.spec().to.iter().map(words).collect();
    common::list(&all)
}

/// "Insulin" for a key with numbers of its own; the key itself where it is not a code.
pub fn key_name(rule: Rule, key: &str) -> String {
    match (rule, key) {
        (Rule::SameRiskGroup, "") => "Every other kind of medicine".into(),
        (Rule::SameRiskGroup, key) => code_label("risk_group", key),
        (_, key) => key.to_owned(),
    }
}

/// The name of a rule, and of its key where only that key has these numbers.
pub fn name_with_key(rule: Rule, key: &str) -> String {
    match (rule.spec().special.is_empty(), key) {
        (true, _) => name(rule).to_owned(),
        (false, key) => format!("{}: {}", name(rule), super::alert::lower(&key_name(rule, key))),
    }
}

/// The words of a code of a step 1 field.
pub fn code_label(field: &str, code: &str) -> String {
    codes(field).map_or_else(|| code.to_owned(), |list| list.label(code).to_owned())
}

/// The codes that a step 1 field takes.
pub fn codes(field: &str) -> Option<&'static CodeList> {
    let mut fields = CATEGORIES.iter().flat_map(|spec| spec.fields);
    fields.find(|known| known.name == field).and_then(|known| match &known.kind {
        Kind::Code(list) | Kind::Codes(list) => Some(*list),
        _ => None,
    })
}

/// What is wrong with a threshold that was typed.
pub fn threshold_problem(number: u64) -> Option<String> {
    let (from, to) = (SENSIBLE_THRESHOLDS.start(), SENSIBLE_THRESHOLDS.end());
    let fits = SENSIBLE_THRESHOLDS.contains(&number);
    (!fits).then(|| {
        format!("Type how many reports as a whole number from {from} to {to}. A rule that waits for more comes too late")
    })
}

/// What is wrong with a number of days that was typed.
pub fn days_problem(number: u64) -> Option<String> {
    (!WINDOW_DAYS.contains(&number)).then(|| {
        format!("Type the days as a whole number from {} to {}", WINDOW_DAYS.start(), WINDOW_DAYS.end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::patterns::RULES;

    #[test]
    fn every_rule_says_when_it_speaks_to_whom_and_why() {
        for spec in &RULES {
            let words = speaks(spec.rule, spec.window);
            assert!(words.starts_with("Raises an alert when") && words.ends_with('.'), "{words}");
            assert!(why(spec.rule).ends_with('.') && !whom(spec.rule).is_empty(), "{}", spec.code);
        }
        let window = Some(Window { threshold: 3, days: 14 });
        assert_eq!(
            speaks(Rule::SamePerson, window),
            "Raises an alert when there are 3 reports about the same person, of any kind, in 14 days."
        );
        let one = Some(Window { threshold: 1, days: 1 });
        assert_eq!(
            speaks(Rule::SameAsset, one),
            "Raises an alert when there is 1 report about the same equipment in 1 day."
        );
        assert_eq!(whom(Rule::SameAsset), "Registered Manager and the lead of the category");
    }

    #[test]
    fn numbers_that_are_nonsense_are_told_in_words() {
        let words =
            "Type how many reports as a whole number from 1 to 50. A rule that waits for more comes too late";
        for number in [0, 51, 1000] {
            assert_eq!(threshold_problem(number).as_deref(), Some(words));
        }
        assert_eq!((threshold_problem(1), threshold_problem(50)), (None, None));
        assert_eq!(
            days_problem(4_000_000_000).as_deref(),
            Some("Type the days as a whole number from 1 to 366")
        );
        assert_eq!((threshold_problem(2), days_problem(366)), (None, None));
    }

    #[test]
    fn a_key_with_its_own_numbers_has_a_name() {
        assert_eq!(name_with_key(Rule::SameRiskGroup, "insulin"), "Same kind of medicine: insulin");
        assert_eq!(
            name_with_key(Rule::SameRiskGroup, ""),
            "Same kind of medicine: every other kind of medicine"
        );
        assert_eq!(name_with_key(Rule::SameAsset, ""), "Same equipment");
    }
}

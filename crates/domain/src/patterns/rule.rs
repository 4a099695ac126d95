//! The rules that raise alerts, as data: how many in how many days, who is told, what follows.
//! A site may set its own numbers. Source: model.md sections 11.2 and 11.3, rules `patterns-2026-11`.

use crate::{
    category::CategorySpec,
    directory::{RuleNumbers, Settings},
    roles::Role,
};
use serde_json::Value;
use std::ops::RangeInclusive;

/// The table of rules that this code holds.
pub const RULE_SET: &str = "patterns-2026-11";
/// How many records a site may ask for before a rule speaks.
pub const THRESHOLDS: RangeInclusive<u64> = 1..=1_000;
/// How many may be typed. A rule that waits for more would speak when everybody has long seen it; a site that was set up
/// with more keeps it.
pub const SENSIBLE_THRESHOLDS: RangeInclusive<u64> = 1..=50;
/// In how many days.
pub const WINDOW_DAYS: RangeInclusive<u64> = 1..=366;
/// Characters of the reason for new numbers, and for setting an alert aside.
pub const LONGEST_REASON: usize = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    SameTypeSamePlace,
    SamePerson,
    SamePersonMedication,
    SameRiskGroup,
    SameAsset,
    SameTriggerSamePerson,
    SameShift,
    SameFactor,
    CaughtByLuck,
    SingleHighPotential,
    RecurrenceAfterClose,
    DelayedRepair,
    LackOfImprovement,
    AuditFinding,
    Silence,
    Outage24h,
}

/// One line of the table of rules.
#[derive(Debug)]
pub struct RuleSpec {
    pub rule: Rule,
    /// Code of `alert_rule`.
    pub code: &'static str,
    /// So many records in so many days; none for a rule of another form.
    pub window: Option<Window>,
    /// Keys with numbers of their own.
    pub special: &'static [(&'static str, Window)],
    pub to: &'static [To],
    /// Carries the escalation of its category.
    pub escalates: bool,
    /// Speaks of repeated low-level concerns: suggests to think about council safeguarding.
    pub is_concern: bool,
    /// Its keys name a person who is supported.
    pub names_person: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub threshold: u32,
    pub days: u32,
}

/// Somebody whom an alert goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Role(Role),
    /// The lead of the category.
    Lead,
}

const MANAGER: To = To::Role(Role::RegisteredManager);
const DEPUTY: To = To::Role(Role::DeputyManager);
const PROVIDER: To = To::Role(Role::Provider);

const fn window(threshold: u32, days: u32) -> Window {
    Window { threshold, days }
}

const fn spec(rule: Rule, code: &'static str, to: &'static [To]) -> RuleSpec {
    RuleSpec {
        rule,
        code,
        window: None,
        special: &[],
        to,
        escalates: true,
        is_concern: false,
        names_person: false,
    }
}

impl RuleSpec {
    const fn needs(self, threshold: u32, days: u32) -> RuleSpec {
        RuleSpec { window: Some(window(threshold, days)), ..self }
    }

    const fn concern(self) -> RuleSpec {
        RuleSpec { is_concern: true, ..self }
    }

    const fn of_person(self) -> RuleSpec {
        RuleSpec { names_person: true, ..self }
    }

    const fn quiet(self) -> RuleSpec {
        RuleSpec { escalates: false, ..self }
    }
}

/// In the order of `Rule`.
pub static RULES: [RuleSpec; 16] = [
    spec(Rule::SameTypeSamePlace, "same_type_same_place", &[MANAGER, To::Lead]).needs(3, 30).concern(),
    spec(Rule::SamePerson, "same_person", &[MANAGER]).needs(3, 14).concern().quiet().of_person(),
    spec(Rule::SamePersonMedication, "same_person_medication", &[MANAGER, To::Lead])
        .needs(2, 7)
        .concern()
        .of_person(),
    RuleSpec {
        special: &[
            ("insulin", window(2, 90)),
            ("anticoagulant", window(2, 90)),
            ("controlled_drug", window(2, 90)),
        ],
        ..spec(Rule::SameRiskGroup, "same_risk_group", &[MANAGER, To::Lead]).needs(2, 30).concern()
    },
    spec(Rule::SameAsset, "same_asset", &[MANAGER, To::Lead]).needs(2, 90),
    spec(Rule::SameTriggerSamePerson, "same_trigger_same_person", &[MANAGER, To::Lead])
        .needs(3, 14)
        .concern()
        .of_person(),
    spec(Rule::SameShift, "same_shift", &[MANAGER, To::Lead]).needs(4, 28),
    spec(Rule::SameFactor, "same_factor", &[MANAGER]).needs(5, 60).quiet(),
    spec(Rule::CaughtByLuck, "caught_by_luck", &[MANAGER]).needs(2, 30).quiet(),
    spec(Rule::SingleHighPotential, "single_high_potential", &[MANAGER]),
    spec(Rule::RecurrenceAfterClose, "recurrence_after_close", &[MANAGER, DEPUTY]).concern(),
    spec(Rule::DelayedRepair, "delayed_repair", &[MANAGER, To::Lead]),
    spec(Rule::LackOfImprovement, "lack_of_improvement", &[MANAGER, To::Lead]),
    spec(Rule::AuditFinding, "audit_finding", &[MANAGER, To::Lead]),
    spec(Rule::Silence, "silence", &[MANAGER]).quiet(),
    spec(Rule::Outage24h, "outage_24h", &[MANAGER, PROVIDER]),
];

impl Rule {
    pub fn spec(self) -> &'static RuleSpec {
        &RULES[self as usize]
    }

    pub fn code(self) -> &'static str {
        self.spec().code
    }

    pub fn from_code(code: &str) -> Option<Rule> {
        RULES.iter().find(|spec| spec.code == code).map(|spec| spec.rule)
    }

    /// Roles whom an alert goes to, in the order of the table.
    pub fn to(self, category: Option<&CategorySpec>) -> Vec<Role> {
        let role = |to: &To| match to {
            To::Role(role) => Some(*role),
            To::Lead => category.map(|spec| spec.pathway.lead),
        };
        self.spec().to.iter().filter_map(role).collect()
    }

    /// How many in how many days at this site. A setting of the rule leaves keys with numbers of their own;
    /// those have settings by key.
    pub fn window(self, key: &str, settings: &Settings) -> Option<Window> {
        self.window_by(key, &settings.rules)
    }

    /// The same by the numbers that a site has, or had.
    pub fn window_by(self, key: &str, rules: &RuleNumbers) -> Option<Window> {
        let spec = self.spec();
        let general = spec.window?;
        let special = spec.special.iter().find(|(special, _)| *special == key).map(|(_, window)| *window);
        let Some(own) = rules.get(spec.code) else { return Some(special.unwrap_or(general)) };
        let base = special.unwrap_or_else(|| general.changed(own));
        Some(own.get(key).filter(|value| value.is_object()).map_or(base, |keyed| base.changed(keyed)))
    }
}

impl Window {
    fn changed(self, setting: &Value) -> Window {
        let number = |name: &str| setting.get(name)?.as_u64().and_then(|number| u32::try_from(number).ok());
        Window {
            threshold: number("threshold").unwrap_or(self.threshold),
            days: number("days").unwrap_or(self.days),
        }
    }
}

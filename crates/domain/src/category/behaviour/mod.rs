//! Behaviour near misses: somebody was upset and it could have got worse, but staff helped in time.
//! They count once the shift lead confirms them.

mod codes;
mod examples;
mod fields;
mod questions;
mod rules;
pub(super) mod templates;
#[cfg(test)]
mod tests;

use super::{Cadence, CategorySpec, Pathway};
use crate::{
    patterns::{Alike, Part, Rule},
    roles::Role,
};
pub use codes::{
    BEHAVIOUR_OUTCOME, BEHAVIOUR_TRIGGER, BEHAVIOUR_TYPE, EARLY_SIGN, RESTRICTIVE_TYPE, STRATEGY,
};

pub static SPEC: CategorySpec = CategorySpec {
    id: "behaviour",
    name: "Distress or behaviour",
    help: "Someone was upset and it could have got worse.",
    icon: "hand-heart",
    subtype: "behaviour_type",
    subtypes: &BEHAVIOUR_TYPE,
    fields: fields::FIELDS,
    questions: questions::QUESTIONS,
    pathway: Pathway {
        reviewer: Role::ShiftLead,
        lead: Role::BehaviourLead,
        destinations: [
            &["daily_record"],
            &["incident_log"],
            &["governance_system"],
            &["care_planning_system"],
            &["supervision_records"],
        ],
    },
    audits: Cadence::Monthly,
    oversight: Cadence::Quarterly,
    escalation: "review_behaviour_strategies",
    asks: &["restraint", "detained_absence"],
    needs_confirmation: true,
    needs_verification: false,
    patterns: &[Alike {
        rule: Rule::SameTriggerSamePerson,
        parts: &[Part::Names("people"), Part::Codes("triggers")],
    }],
    raises: &[Rule::LackOfImprovement],
    rules: rules::RULES,
    examples: examples::EXAMPLES,
    evidence: &[
        "behaviour_log",
        "audit",
        "feedback_person",
        "feedback_family",
        "feedback_staff",
        "supervision",
    ],
};

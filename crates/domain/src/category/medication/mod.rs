//! Medication near misses: an error with a medicine or its record, caught before harm.

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
pub use codes::{ERROR_TYPE, MEDICATION_STAGE, PIR_CATEGORY, RISK_GROUP};

pub static SPEC: CategorySpec = CategorySpec {
    id: "medication",
    name: "Medicines",
    help: "Anything about medicines or medicine records.",
    icon: "pill",
    subtype: "error_type",
    subtypes: &ERROR_TYPE,
    fields: fields::FIELDS,
    questions: questions::QUESTIONS,
    pathway: Pathway {
        reviewer: Role::Senior,
        lead: Role::MedicationLead,
        destinations: [
            &["medication_incident_form"],
            &["medication_log"],
            &["governance_system"],
            &["medication_audit_file"],
            &["governance_report"],
        ],
    },
    audits: Cadence::Monthly,
    oversight: Cadence::Quarterly,
    escalation: "review_medication_processes",
    asks: &["controlled_drug", "product_fault"],
    needs_confirmation: false,
    needs_verification: false,
    patterns: &[
        Alike { rule: Rule::SamePersonMedication, parts: &[Part::Names("people")] },
        Alike { rule: Rule::SameRiskGroup, parts: &[Part::Code("risk_group")] },
    ],
    raises: &[],
    rules: rules::RULES,
    examples: examples::EXAMPLES,
    evidence: &["mar_chart", "medication_audit", "feedback_person", "feedback_staff", "staff_observation"],
};

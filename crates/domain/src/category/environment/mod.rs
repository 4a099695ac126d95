//! Environmental near misses: a hazard in a building, a home, a vehicle or equipment.

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
pub use codes::{HAZARD, MADE_SAFE};

pub static SPEC: CategorySpec = CategorySpec {
    id: "environment",
    name: "Place or equipment",
    help: "A hazard in the building, the home, a vehicle or equipment.",
    icon: "triangle-alert",
    subtype: "hazard",
    subtypes: &HAZARD,
    fields: fields::FIELDS,
    questions: questions::QUESTIONS,
    pathway: Pathway {
        reviewer: Role::Senior,
        lead: Role::MaintenanceLead,
        destinations: [
            &["maintenance_log", "near_miss_form"],
            &["incident_log"],
            &["governance_report"],
            &["maintenance_system"],
            &["service_improvement_plan"],
        ],
    },
    audits: Cadence::Quarterly,
    oversight: Cadence::Annually,
    escalation: "review_maintenance_processes",
    asks: &[
        "product_fault",
        "utility_24h",
        "safety_device_24h",
        "lifting_equipment",
        "electrical_fire",
        "sharp_or_agent",
        "infection_linked",
    ],
    needs_confirmation: false,
    needs_verification: true,
    patterns: &[Alike { rule: Rule::SameAsset, parts: &[Part::Name("asset")] }],
    raises: &[Rule::DelayedRepair],
    rules: rules::RULES,
    examples: examples::EXAMPLES,
    evidence: &["maintenance_log", "audit", "feedback_person", "feedback_staff", "staff_practice"],
};

//! The categories. One folder per category; adding one is a folder and one line in `CATEGORIES`.
//! No other code matches on a category: it asks the `CategorySpec`.

mod again;
pub mod behaviour;
mod capture;
mod common;
pub mod environment;
mod learning;
pub mod medication;
pub mod question;
mod quick;
#[cfg(test)]
mod tests;

use crate::{
    fields::Field,
    patterns::{Alike, Rule},
    record::{Facts, Kind, UrgentReason},
    roles::Role,
    vocabulary::CodeList,
};
pub use learning::{Example, Offered, Template, shipped};
pub use question::{Choice, Question, QuestionKind, Tile};

/// Everything the product knows about one category of near miss.
#[derive(Debug)]
pub struct CategorySpec {
    pub id: &'static str,
    /// What staff read on the tile.
    pub name: &'static str,
    pub help: &'static str,
    /// Symbol in the icon sprite, without `i-`.
    pub icon: &'static str,
    /// The step 1 field that holds the subtype, and its codes.
    pub subtype: &'static str,
    pub subtypes: &'static CodeList,
    /// Step 1 fields that only this category has.
    pub fields: &'static [Field],
    /// The capture flow, in order.
    pub questions: &'static [Question],
    pub pathway: Pathway,
    pub audits: Cadence,
    pub oversight: Cadence,
    /// Code of `escalation`.
    pub escalation: &'static str,
    /// Step 3 questions asked for this category beyond those asked for all.
    pub asks: &'static [&'static str],
    /// Counts and patterns wait until step 2 confirms that it is a near miss.
    pub needs_confirmation: bool,
    /// A done action must be checked by another person before step 4 ends.
    pub needs_verification: bool,
    /// What makes its records alike, beyond what is looked at in every category.
    pub patterns: &'static [Alike],
    /// Alerts that only some categories raise.
    pub raises: &'static [Rule],
    pub rules: Rules,
    /// What to practise with.
    pub examples: &'static [Example],
    /// Codes of `evidence_source` by which improvement is known here, the usual ones first. Source: brief.txt.
    pub evidence: &'static [&'static str],
}

/// Who owns each step and where the provider writes it. Source: brief.txt, model.md section 4.
#[derive(Debug)]
pub struct Pathway {
    /// Owner of step 2.
    pub reviewer: Role,
    /// Owner of step 4.
    pub lead: Role,
    /// Codes of `destination` for steps 1 to 5.
    pub destinations: [&'static [&'static str]; 5],
}

/// How often a category is audited or overseen. Source: brief.txt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cadence {
    Monthly,
    Quarterly,
    Annually,
}

/// The few rules in which a category differs from the others.
#[derive(Debug)]
pub struct Rules {
    /// A field and its code that follow from the category's own answers, for example: a missed dose always reached
    /// the person.
    pub settle: fn(&Facts) -> Option<(&'static str, &'static str)>,
    /// Do the category's own answers contradict the facts as they were written?
    pub contradicts: fn(&Facts) -> bool,
    /// A kind that comes before the general order.
    pub kind: fn(&Facts) -> Option<Kind>,
    pub urgent: fn(&Facts) -> Option<UrgentReason>,
    /// Codes outside this product.
    pub national: fn(&Facts, Kind) -> National,
    /// Does the subtype turn `needed` of this step 3 question into `consider`?
    pub softens: fn(&Facts, &str) -> bool,
    /// A record of this kind is in play although step 2 has not confirmed it.
    pub in_play_unconfirmed: fn(Kind) -> bool,
}

/// National codes that follow from a record. `None`: the code does not apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct National {
    pub ncc_merp: Option<&'static str>,
    pub pir: Option<&'static str>,
}

/// Version of what counts as a near miss: the words of `help` and of the practice, and the rules of the kinds.
pub const DEFINITIONS: &str = "definitions-2026-11";

pub static CATEGORIES: [&CategorySpec; 3] = [&medication::SPEC, &environment::SPEC, &behaviour::SPEC];

/// The spec of a category, or `None` for one that a newer app made.
pub fn find(id: &str) -> Option<&'static CategorySpec> {
    CATEGORIES.into_iter().find(|spec| spec.id == id)
}

impl CategorySpec {
    /// Owner role of a step from 2 to 5; step 1 belongs to the reporter.
    pub fn owner(&self, step: u8) -> Role {
        match step {
            2 => self.pathway.reviewer,
            3 => Role::RegisteredManager,
            4 => self.pathway.lead,
            5 => Role::DeputyManager,
            _ => Role::Reporter,
        }
    }

    /// Codes of `destination` for a step from 1 to 5.
    pub fn destinations(&self, step: u8) -> &'static [&'static str] {
        self.pathway.destinations.get(usize::from(step).wrapping_sub(1)).copied().unwrap_or(&[])
    }
}

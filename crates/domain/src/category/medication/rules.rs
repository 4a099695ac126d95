//! Where medication differs: a missed dose always reached the person, and two national codes.

use super::ERROR_TYPE;
use crate::{
    category::{National, Rules},
    record::{Facts, Kind},
};

pub const RULES: Rules = Rules {
    settle,
    contradicts,
    kind: |_| None,
    urgent: |_| None,
    national,
    softens: |_, _| false,
    in_play_unconfirmed: |_| true,
};

fn settle(facts: &Facts) -> Option<(&'static str, &'static str)> {
    is_missed_dose(facts).then_some(("reached", "yes"))
}

fn contradicts(facts: &Facts) -> bool {
    is_missed_dose(facts) && facts.code("happened") == Some("nothing_yet")
}

/// A dose *nearly* missed has a code of its own.
fn is_missed_dose(facts: &Facts) -> bool {
    facts.code("error_type") == Some("omitted")
}

/// NCC MERP index letter and the category of the CQC provider information return.
fn national(facts: &Facts, kind: Kind) -> National {
    let ncc_merp = match kind {
        Kind::Hazard => Some("A"),
        Kind::NearMiss => Some("B"),
        Kind::NoHarmIncident => Some("C_or_worse"),
        Kind::Incident => Some("E_or_worse"),
        Kind::RestrictivePractice | Kind::Unclassified => None,
    };
    let error_type = facts.code("error_type").and_then(|code| ERROR_TYPE.find(code));
    National { ncc_merp, pir: error_type.and_then(|error| error.fact("pir")) }
}

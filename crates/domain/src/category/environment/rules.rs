//! Where environment differs: a sling is an accessory and not lifting equipment.

use super::HAZARD;
use crate::{
    category::{National, Rules},
    record::Facts,
};

pub const RULES: Rules = Rules {
    settle: |_| None,
    contradicts: |_| false,
    kind: |_| None,
    urgent: |_| None,
    national: |_, _| National { ncc_merp: None, pir: None },
    softens,
    in_play_unconfirmed: |_| true,
};

/// RIDDOR asks about lifting equipment; for an accessory alone the answer only suggests to think about it.
fn softens(facts: &Facts, question: &str) -> bool {
    let hazard = facts.code("hazard").and_then(|code| HAZARD.find(code));
    question == "lifting_equipment" && hazard.is_some_and(|hazard| hazard.fact("accessory").is_some())
}

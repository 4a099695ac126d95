//! Where behaviour differs: hands on somebody comes before every other fact, and police make it urgent.

use crate::{
    category::{National, Rules},
    record::{Facts, Kind, UrgentReason},
};

pub const RULES: Rules = Rules {
    settle: |_| None,
    contradicts,
    kind,
    urgent,
    national: |_, _| National { ncc_merp: None, pir: None },
    softens: |_, _| false,
    in_play_unconfirmed: |kind| matches!(kind, Kind::Incident | Kind::RestrictivePractice),
};

fn contradicts(facts: &Facts) -> bool {
    facts.code("hands_on") == Some("no") && facts.has("restrictive_types")
}

fn kind(facts: &Facts) -> Option<Kind> {
    (facts.code("hands_on") == Some("yes")).then_some(Kind::RestrictivePractice)
}

fn urgent(facts: &Facts) -> Option<UrgentReason> {
    (facts.code("outcome") == Some("police_called")).then_some(UrgentReason::PoliceCalled)
}

//! What tests of these pages share: the same thing came back after two finished records.

use crate::testing::Sent;
use domain::register::Register;
use serde_json::{Value, json};

fn does(register: &mut Register, verb: &str, record: &str, at: &str, with: Value) {
    Sent { verb, record, at, with, ..Sent::default() }.arrives(register);
}

/// Bed rails of one room on the first three days of June 2026: the first two records, `a` and `b`, were finished before the
/// next was reported, so there are two alerts, of 2 and of 3 June.
pub fn came_back() -> Register {
    let mut register = Register::default();
    for (record, day) in [("a", "01"), ("b", "02"), ("c", "03")] {
        let at = |minute: u8| format!("2026-06-{day}T12:{minute:02}Z");
        let with = json!({"category": "environment", "happened": "nothing_yet", "hazard": "bed_rails",
            "location": "room_1", "asset": format!("B{record}")});
        does(&mut register, "report", record, &at(0), with);
        if record == "c" {
            break;
        }
        let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
        does(&mut register, "review_risk", record, &at(1), risk);
        let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
        does(&mut register, "assess_notification", record, &at(2), none);
        does(&mut register, "no_action_needed", record, &at(3), json!({"reason": "Put right at once"}));
    }
    register
}

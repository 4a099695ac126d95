//! Which actions are offered for a finding, and in which order.

use super::*;
use crate::testing::Sent;
use serde_json::{Value, json};

fn does(register: &mut Register, verb: &str, record: &str, with: Value) {
    Sent { verb, record, with, ..Sent::default() }.arrives(register);
}

fn planned(register: &mut Register, record: &str, hazard: &str, place: &str, action: &str) {
    let report =
        json!({"category": "environment", "happened": "nothing_yet", "hazard": hazard, "location": place});
    does(register, "report", record, report);
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    does(register, "review_risk", record, risk);
    let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
    does(register, "assess_notification", record, none);
    let plan = json!({"text": action, "owner": "rita", "due": "2026-07-01", "strength": "stronger"});
    does(register, "plan_action", record, plan);
}

#[test]
fn what_is_open_and_near_is_offered_first() {
    let mut register = Register::default();
    planned(&mut register, "own", "slip_trip_surface", "hall", "Dry the floor");
    planned(&mut register, "other", "hoist", "bath", "Oil the wheel");
    planned(&mut register, "kind", "slip_trip_surface", "kitchen", "Lay a mat");
    planned(&mut register, "place", "hoist", "hall", "Move the hoist");
    planned(&mut register, "done", "slip_trip_surface", "hall", "Call a fitter");
    let action = register.record("done").expect("done").actions[0].id.clone();
    does(
        &mut register,
        "complete_action",
        "done",
        json!({"action": action, "done_on": "2026-06-29", "note": "Done", "evidence": ["observation"]}),
    );
    let record = register.record("own").expect("own");
    let near = nearest(record, &register);
    let words: Vec<&str> = near.iter().map(|(_, _, action)| action.text.as_str()).collect();
    assert_eq!(words, ["Dry the floor", "Move the hoist", "Lay a mat", "Oil the wheel", "Call a fitter"]);
    assert_eq!((offered_first(&near), offered_first(&near[4..])), (4, 1));
    assert!(choice(&near[4], &Directory::default()).label.contains("done "));
}

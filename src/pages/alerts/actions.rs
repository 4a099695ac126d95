//! The actions that an alert may be linked to, those that are nearest to it first.

use crate::{
    text::{
        alerts::alert::{lower, which},
        common::day,
        review::alike::in_common,
    },
    ui::Choice,
};
use domain::{
    directory::Directory,
    patterns::Alert,
    record::{Action, Record},
    register::Register,
};
use std::cmp::Reverse;

/// As many as a list can hold and a person can read.
const ACTIONS: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    OfTheAlert,
    SameThing,
    SameCategory,
    Other,
}

/// For alerts of one site. Of their records, then about the same place, equipment or person, then of the same category; among
/// those the open ones by their date, then those that are done, the newest first.
pub fn to_link(alerts: &[Alert], register: &Register, directory: &Directory) -> Vec<Choice> {
    let Some(site) = alerts.first().map(|alert| &alert.site) else { return Vec::new() };
    let of_alert: Vec<&Record> =
        alerts.iter().flat_map(Alert::records).filter_map(|id| register.record(id)).collect();
    let near = |record: &Record| match () {
        () if alerts.iter().any(|alert| alert.has(&record.id)) => Near::OfTheAlert,
        () if of_alert.iter().any(|other| !in_common(other, record).is_empty()) => Near::SameThing,
        () if of_alert.iter().any(|other| other.facts.category() == record.facts.category()) => {
            Near::SameCategory
        }
        () => Near::Other,
    };
    let mut all: Vec<(Near, &Record, &Action)> = Vec::new();
    for record in register.of_site(site).filter(|record| record.state.is_live()) {
        let near = near(record);
        all.extend(record.actions.iter().map(|action| (near, record, action)));
    }
    all.sort_by_key(|(near, _, action)| {
        let done = action.done.as_ref().map(|_| Reverse((action.due, action.planned_at)));
        (*near, action.done.is_some(), done, action.due, action.planned_at)
    });
    let choice = |(_, record, action): &(Near, &Record, &Action)| {
        let when = match &action.done {
            Some(done) => format!("done {}", day(done.on)),
            None => format!("due {}", day(action.due)),
        };
        let (of, owner) = (lower(&which(record, directory)), directory.staff_name(&action.owner));
        Choice::new(action.id.as_str(), format!("{}. For: {of}. {owner}, {when}", short(&action.text)))
    };
    all.iter().take(ACTIONS).map(choice).collect()
}

/// A line of a list that opens.
fn short(text: &str) -> String {
    const LONGEST: usize = 70;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", text[..end].trim_end()),
        None => text.trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use serde_json::{Value, json};

    fn does(register: &mut Register, verb: &str, record: &str, with: Value) {
        Sent { verb, record, with, ..Sent::default() }.arrives(register);
    }

    fn in_step_4(register: &mut Register, record: &str, report: Value, action: &str, due: &str) {
        does(register, "report", record, report);
        let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
        does(register, "review_risk", record, risk);
        let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
        does(register, "assess_notification", record, none);
        let plan = json!({"text": action, "owner": "rita", "due": due, "strength": "stronger"});
        does(register, "plan_action", record, plan);
    }

    #[test]
    fn actions_of_the_alert_come_first_and_each_says_what_it_is_for() {
        let mut register = Register::default();
        let hazard = |asset: &str, place: &str| {
            json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist",
                "asset": asset, "location": place})
        };
        let dose = json!({"category": "medication", "happened": "something_happened", "reached": "no",
            "error_type": "wrong_dose"});
        in_step_4(&mut register, "dose", dose, "Check the sheet.", "2026-07-01");
        in_step_4(&mut register, "other", hazard("H9", "hall"), "Oil the wheel", "2026-07-02");
        in_step_4(&mut register, "place", hazard("H8", "room_1"), "Move the bed", "2026-07-03");
        in_step_4(&mut register, "late", hazard("H7", "room_1"), "Order a part", "2026-07-09");
        in_step_4(&mut register, "soon", hazard("H7", "room_2"), "Call the engineer", "2026-07-04");
        let alert = register.alert("elm", "same_asset|H7").expect("an alert").clone();
        let lines = to_link(&[alert], &register, &Directory::default());
        let words: Vec<&str> = lines.iter().map(|choice| choice.label.as_str()).collect();
        assert_eq!(
            words,
            [
                "Call the engineer. For: hoist (H7). rita, due 4 July 2026",
                "Order a part. For: hoist (H7). rita, due 9 July 2026",
                "Move the bed. For: hoist (H8). rita, due 3 July 2026",
                "Oil the wheel. For: hoist (H9). rita, due 2 July 2026",
                "Check the sheet. For: wrong dose or amount. rita, due 1 July 2026",
            ]
        );
    }
}

//! What an improvement says, by example.

use super::*;
use crate::{
    directory::{Directory, Site, Staff},
    roles::Role,
    testing::received,
    time::parse_instant,
};
use serde_json::{Value, json};
use std::sync::Arc;

struct Home {
    register: Register,
    seq: u32,
}

impl Home {
    fn new() -> Self {
        let mut directory = Directory::default();
        directory.sites.insert("elm".into(), Site::default());
        let roles = [("elm".into(), vec![Role::RegisteredManager])].into();
        directory.staff.insert("rm".into(), Staff { roles, ..Staff::default() });
        Home { register: Register::new(Arc::new(directory)), seq: 0 }
    }

    fn take(&mut self, record: &str, at: &str, verb: &str, with: Value) {
        self.seq += 1;
        let at = parse_instant(at).expect("a time");
        let mut received = received(self.seq, verb, at, with);
        received.event.record = Some(record.into());
        received.event.by = "rm".into();
        let version = self.register.record(record).map_or(1, |record| record.version + 1);
        received.judgement.version = Some(version);
        self.register.take(Arc::new(received));
    }

    fn report(&mut self, record: &str, at: &str) {
        let with = json!({"category": "medication", "happened": "something_happened", "reached": "no",
            "error_type": "wrong_dose", "location": "trolley"});
        self.take(record, at, "report", with);
    }

    /// Reported on 1 June, changed on 10 June.
    fn changed() -> Self {
        let mut home = Home::new();
        home.report("r", "2026-06-01T09:00Z");
        home.take("r", "2026-06-10T09:00Z", "no_action_needed", json!({"reason": "a slip"}));
        home
    }

    fn looked(&mut self, at: &str, review: &str, verdict: &str) {
        let count = json!({"count": 1, "per": 28, "unit": "days"});
        let with =
            json!({"measure": "m", "baseline": count, "value": count, "review": review, "verdict": verdict});
        self.take("r", at, "record_outcome", with);
    }

    fn standing(&self, today: &str) -> Standing {
        let record = self.register.record("r").expect("r");
        let today = time::parse_date(today).expect("a date");
        Improvement::of(record, &self.register).expect("an improvement").standing(today)
    }
}

#[test]
fn a_look_is_due_after_28_days_and_again_after_90() {
    let mut home = Home::changed();
    let record = home.register.record("r").expect("r");
    let improvement = Improvement::of(record, &home.register).expect("an improvement");
    let due = improvement.looks.each_ref().map(|look| look.due.to_string());
    assert_eq!(due, ["2026-07-08", "2026-09-08"]);
    assert_eq!(home.standing("2026-07-08"), Standing::Waiting);
    assert_eq!(home.standing("2026-07-09"), Standing::LookDue);
    home.looked("2026-07-09T09:00Z", "28d", "improved");
    assert_eq!(home.standing("2026-07-09"), Standing::Better);
    assert_eq!(home.standing("2026-09-09"), Standing::LookDue);
    home.looked("2026-09-09T09:00Z", "90d", "sustained");
    assert_eq!(home.standing("2026-09-09"), Standing::Sustained);
}

#[test]
fn a_late_look_stands_for_the_one_before_it() {
    let mut home = Home::changed();
    home.looked("2026-09-09T09:00Z", "90d", "sustained");
    assert_eq!(home.standing("2026-10-01"), Standing::Sustained);
}

#[test]
fn nobody_knows_after_28_days_that_it_lasts() {
    let mut home = Home::changed();
    home.looked("2026-07-09T09:00Z", "28d", "sustained");
    assert_eq!(home.standing("2026-07-10"), Standing::Better);
    home.looked("2026-09-07T09:00Z", "other", "sustained");
    assert_eq!(home.standing("2026-09-07"), Standing::Better, "a day before the second look");
    home.looked("2026-09-08T09:00Z", "other", "sustained");
    assert_eq!(home.standing("2026-09-08"), Standing::Sustained);
}

#[test]
fn what_came_back_counts_before_any_verdict() {
    let mut home = Home::changed();
    home.looked("2026-07-01T09:00Z", "28d", "improved");
    home.report("before", "2026-06-05T09:00Z");
    home.report("after", "2026-07-02T09:00Z");
    let record = home.register.record("r").expect("r");
    let improvement = Improvement::of(record, &home.register).expect("an improvement");
    assert_eq!((improvement.similar_since(&home.register), improvement.came_back.len()), (Some(1), 1));
    assert_eq!(home.standing("2026-07-03"), Standing::CameBack);
}

#[test]
fn a_verdict_of_no_change_is_shown_while_the_record_is_put_right_again() {
    let mut home = Home::changed();
    home.looked("2026-07-01T09:00Z", "28d", "no_change");
    assert_eq!(home.register.record("r").expect("r").state, State::AwaitingAction);
    assert_eq!(home.standing("2026-12-01"), Standing::NotBetter);
}

#[test]
fn a_record_whose_actions_have_not_ended_is_no_improvement_yet() {
    let mut home = Home::new();
    home.report("r", "2026-06-01T09:00Z");
    let record = home.register.record("r").expect("r");
    assert!(Improvement::of(record, &home.register).is_none());
}

#[test]
fn what_came_back_before_the_latest_change_is_not_held_against_it() {
    let mut home = Home::changed();
    home.looked("2026-07-01T09:00Z", "28d", "improved");
    home.report("after", "2026-07-02T09:00Z");
    assert_eq!(home.standing("2026-07-03"), Standing::CameBack);
    home.looked("2026-07-03T09:00Z", "other", "worse");
    home.take("r", "2026-07-10T09:00Z", "no_action_needed", json!({"reason": "another way"}));
    home.looked("2026-08-07T09:00Z", "28d", "improved");
    assert_eq!(home.standing("2026-08-08"), Standing::Better);
    assert!(is_better(home.register.record("r").expect("r"), &home.register));
    home.report("again", "2026-08-09T09:00Z");
    assert_eq!(home.standing("2026-08-10"), Standing::CameBack);
    let record = home.register.record("r").expect("r");
    assert!(!is_better(record, &home.register));
    let listed = came_back(record, &home.register).into_iter().flat_map(Alert::records).count();
    let again: Vec<&str> = again(record, &home.register).iter().map(|other| other.id.as_str()).collect();
    assert_eq!((listed, again), (3, vec!["again"]), "the alert keeps what came back before");
}

//! Alerts raised by real reports, and what is said of them.

use super::*;
use crate::testing::{Sent, at};
use domain::directory::{Asset, RuleChange, Staff};
use serde_json::{Value, json};
use std::sync::Arc;

fn directory() -> Directory {
    let asset = Asset { site: "rose".into(), name: "Hoist 7".into(), ..Asset::default() };
    let farah = Staff { name: "Farah".into(), ..Staff::default() };
    Directory {
        sites: [("rose".into(), Site::default())].into(),
        staff: [("farah".into(), farah)].into(),
        assets: [("H7".into(), asset)].into(),
        ..Directory::default()
    }
}

/// A report written at one time and received at another.
fn reports(register: &mut Register, id: &str, (written, received): (&str, &str), with: Value) {
    let (at, received) = (written, Some(received));
    Sent { site: "rose", record: id, by: "ola", at, received, with, ..Sent::default() }.arrives(register);
}

fn hoist(asset: &str) -> Value {
    json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist", "asset": asset})
}

fn distress(kind: &str) -> Value {
    json!({"category": "behaviour", "happened": "something_happened", "reached": kind, "harm": "some",
        "hands_on": "no", "behaviour_type": "throwing", "triggers": ["unfamiliar_staff"], "people": ["S-03"]})
}

fn noon(date: &str) -> String {
    format!("{date}T12:00Z")
}

fn on_time(register: &mut Register, id: &str, date: &str, with: Value) {
    let when = noon(date);
    reports(register, id, (&when, &when), with);
}

#[track_caller]
fn alert<'a>(register: &'a Register, name: &str) -> &'a Alert {
    register.alert("rose", name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn an_alert_says_how_many_of_what_and_at_how_many_the_rule_speaks() {
    let (mut register, directory) = (Register::new(Arc::new(directory())), directory());
    on_time(&mut register, "a", "2026-11-01", hoist("H7"));
    on_time(&mut register, "b", "2026-11-20", hoist("H7"));
    let found = alert(&register, "same_asset|H7");
    assert_eq!(
        headline(found, &register, &directory),
        "2 near misses about the same equipment (Hoist 7) in 90 days"
    );
    assert_eq!(threshold(found, &register, &directory).as_deref(), Some("This rule raises an alert at 2."));
    assert_eq!(whom(found), "Goes to the Registered Manager and the maintenance lead.");
    assert_eq!(escalation(found), Some("Review how we handle repairs"));
    assert_eq!(
        version(found, &directory),
        "By version 1 of this rule: 2 in 90 days. The rules are patterns-2026-11."
    );

    // It grows beyond its window, and says so.
    on_time(&mut register, "c", "2027-02-10", hoist("H7"));
    let found = alert(&register, "same_asset|H7");
    assert_eq!(
        headline(found, &register, &directory),
        "3 near misses about the same equipment (Hoist 7) in 102 days"
    );
    assert_eq!(
        threshold(found, &register, &directory).as_deref(),
        Some("This rule raises an alert at 2 in 90 days.")
    );
}

#[test]
fn an_alert_about_one_record_says_which_thing_or_place_it_was() {
    let (register, directory) = (Register::new(Arc::new(directory())), directory());
    let says = |with: Value| {
        let mut register = register.clone();
        on_time(&mut register, "a", "2026-11-01", with);
        which(register.record("a").expect("a record"), &directory)
    };
    assert_eq!(says(hoist("H7")), "Hoist (Hoist 7)");
    let mut in_room = hoist("");
    in_room["location"] = json!("room_4");
    assert_eq!(says(in_room), "Hoist (room_4)");
    assert_eq!(says(distress("no")), "Throwing or breaking things (person S-03)");
    assert_eq!(says(hoist("")), "Hoist");
}

#[test]
fn what_is_no_near_miss_is_not_called_one_and_codes_become_words() {
    let (mut register, directory) = (Register::new(Arc::new(directory())), directory());
    for (id, date) in [("a", "2026-11-01"), ("b", "2026-11-05"), ("c", "2026-11-10")] {
        on_time(&mut register, id, date, distress("yes"));
    }
    let found = alert(&register, "same_trigger_same_person|S-03/unfamiliar_staff");
    assert_eq!(
        headline(found, &register, &directory),
        "3 reports with the same trigger (staff they do not know) for person S-03 in 14 days"
    );
    let of_person = alert(&register, "same_person|S-03");
    assert_eq!(headline(of_person, &register, &directory), "3 reports about person S-03 in 14 days");
    assert_eq!(escalation(of_person), None);
}

#[test]
fn a_late_report_says_when_it_was_written_and_when_it_came() {
    let mut register = Register::new(Arc::new(directory()));
    on_time(&mut register, "a", "2026-09-01", hoist("H7"));
    reports(&mut register, "b", (&noon("2026-09-02"), &noon("2026-09-05")), hoist("H7"));
    let found = alert(&register, "same_asset|H7");
    assert!(found.late);
    let record = |id: &str| register.record(id).expect("a record");
    assert_eq!(
        joined_late(found, record("b")).as_deref(),
        Some("Joined late: recorded 2 September, arrived 5 September.")
    );
    assert_eq!(joined_late(found, record("a")), None);
}

#[test]
fn the_numbers_of_its_moment_are_told_with_who_set_them() {
    let mut lists = directory();
    let numbers = [("same_asset".to_owned(), json!({"threshold": 1, "days": 30}))];
    let site = lists.sites.entry("rose".into()).or_default();
    site.settings.rules = numbers.clone().into();
    site.rule_changes.push(RuleChange {
        at: at("2026-10-03T09:00Z"),
        by: "farah".into(),
        reason: "Every hoist counts".into(),
        before: [].into(),
        after: numbers.into(),
    });
    let mut register = Register::new(Arc::new(lists.clone()));
    on_time(&mut register, "a", "2026-11-01", hoist("H7"));
    let found = alert(&register, "same_asset|H7");
    assert_eq!(
        version(found, &lists),
        "By version 2 of this rule: 1 in 30 days, since 3 October 2026, set by Farah. Reason: Every hoist counts"
    );
    assert_eq!(
        headline(found, &register, &lists),
        "1 near miss about the same equipment (Hoist 7) in 30 days"
    );
}

#[test]
fn what_is_usual_is_a_count_or_honestly_unknown() {
    let window = Window { threshold: 2, days: 90 };
    assert_eq!(usual(Usual::Count(0), window), "In the 90 days before the first of them there were none.");
    assert_eq!(usual(Usual::Count(1), window), "In the 90 days before the first of them there was 1.");
    let first = at("2026-09-03T12:00Z").date_naive();
    assert_eq!(
        usual(Usual::Unknown(first), window),
        "What is usual is not known: the records here begin on 3 September 2026."
    );
}

#[test]
fn a_fault_that_came_again_says_how_often_and_what_each_report_has_in_common() {
    let (mut register, directory) = (Register::new(Arc::new(directory())), directory());
    on_time(&mut register, "a", "2026-11-01", hoist("H7"));
    on_time(&mut register, "b", "2026-11-20", hoist("H7"));
    let found = alert(&register, "delayed_repair|a");
    assert_eq!(
        headline(found, &register, &directory),
        "A fault was reported once more while it waits: hoist (Hoist 7)"
    );
    let why = |id: &str| {
        let record = |id: &str| register.record(id).expect("a record");
        why_listed(found, record("a"), record(id)).expect("words")
    };
    assert_eq!(why("a"), "This is the repair that waits.");
    assert_eq!(why("b"), "In common: same equipment.");
    assert_eq!(repairs(found, &register, || true), None, "no action is past its date");

    on_time(&mut register, "c", "2026-11-22", hoist("H7"));
    assert_eq!(
        headline(alert(&register, "delayed_repair|a"), &register, &directory),
        "A fault was reported twice more while it waits: hoist (Hoist 7)"
    );
}

#[test]
fn a_late_repair_that_was_done_is_not_said_to_wait() {
    let (mut register, directory) = (Register::new(Arc::new(directory())), directory());
    let mut does = |verb: &str, date: &str, with: Value| {
        let at = noon(date);
        Sent { verb, site: "rose", record: "a", at: &at, with, ..Sent::default() }.arrives(&mut register);
        register.settle(at_noon(date));
        let found = register.alert("rose", "delayed_repair|a")?;
        let record = register.record("a").expect("a record");
        Some([
            headline(found, &register, &directory),
            repairs(found, &register, || true).expect("an action"),
            why_listed(found, record, record).expect("words"),
        ])
    };
    does("report", "2026-08-20", hoist("H7"));
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    does("review_risk", "2026-08-20", risk);
    let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
    does("assess_notification", "2026-08-20", none);
    let plan = json!({"text": "Mend the hoist", "owner": "ola", "due": "2026-08-25", "strength": "stronger"});
    assert_eq!(does("plan_action", "2026-08-20", plan), None);
    let late = does("add_note", "2026-08-27", json!({"text": "Waiting for a part"})).expect("an alert");
    assert_eq!(
        late,
        [
            "A repair is past its date: hoist (Hoist 7)",
            "Mend the hoist, due 25 August 2026.",
            "This is the repair that waits.",
        ]
    );
    let done = does("complete_action", "2026-08-29", json!({"action": "e4"})).expect("an alert");
    assert_eq!(
        done,
        [
            "A repair was past its date: hoist (Hoist 7)",
            "Mend the hoist, due 25 August 2026. Done on 29 August 2026, 4 days late. Settle it?",
            "This is the repair that was late.",
        ]
    );
    let found = register.alert("rose", "delayed_repair|a").expect("an alert");
    assert_eq!(
        repairs(found, &register, || false).as_deref(),
        Some("Mend the hoist, due 25 August 2026. Done on 29 August 2026, 4 days late."),
        "whoever may not settle it is not asked to"
    );
}

/// Whoever reads without names gets actions without their words.
#[test]
fn a_late_repair_whose_words_are_kept_back_is_still_a_sentence() {
    let directory = directory();
    let mut register = Register::new(Arc::new(directory));
    let mut does = |verb: &str, date: &str, with: Value| {
        let at = noon(date);
        Sent { verb, site: "rose", record: "a", at: &at, with, ..Sent::default() }.arrives(&mut register);
        register.settle(at_noon(date));
    };
    does("report", "2026-08-20", hoist("H7"));
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    does("review_risk", "2026-08-20", risk);
    let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
    does("assess_notification", "2026-08-20", none);
    let plan = json!({"owner": "ola", "due": "2026-08-25", "strength": "stronger"});
    does("plan_action", "2026-08-20", plan);
    does("add_note", "2026-08-27", json!({"text": "Waiting for a part"}));
    let found = register.alert("rose", "delayed_repair|a").expect("an alert");
    assert_eq!(repairs(found, &register, || true).as_deref(), Some("An action, due 25 August 2026."));
}

fn at_noon(date: &str) -> time::Instant {
    at(&noon(date))
}

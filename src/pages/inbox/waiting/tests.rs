//! What stands in the inbox, and in which group.

use super::*;
use crate::testing::{Sent, at};
use domain::{
    directory::{Directory, Site, Staff},
    ids::StaffId,
};
use serde_json::{Value, json};
use std::sync::Arc;

fn directory() -> Directory {
    let staff = |roles: Vec<Role>| Staff { roles: [("rose".into(), roles)].into(), ..Staff::default() };
    Directory {
        sites: [("rose".into(), Site::default())].into(),
        staff: [
            ("ola".into(), staff(vec![Role::Reporter])),
            ("amara".into(), staff(vec![Role::Senior])),
            ("jo".into(), staff(vec![Role::RegisteredManager])),
        ]
        .into(),
        ..Directory::default()
    }
}

fn take(register: &mut Register, verb: &str, record: &str, by: &str, when: &str, with: Value) {
    Sent { verb, site: "rose", record, by, at: when, with, ..Sent::default() }.arrives(register);
}

fn near_miss(reached: &str) -> Value {
    json!({"category": "medication", "happened": "something_happened", "reached": reached, "error_type": "wrong_dose"})
}

fn lines(register: &Register, who: &str, now: &str) -> Vec<(String, Task, Group, bool)> {
    let directory = directory();
    let staff = StaffId::from(who);
    let viewer = Viewer { staff: &staff, directory: &directory, date: london_date(at(now)) };
    let lines = waiting(register, &viewer, "rose", at(now));
    lines.into_iter().map(|line| (line.record.to_string(), line.task, line.group, line.mine)).collect()
}

fn register() -> Register {
    let mut register = Register::new(Arc::new(directory()));
    take(&mut register, "report", "a", "ola", "2026-11-23T09:00Z", near_miss("no"));
    take(&mut register, "report", "b", "ola", "2026-11-23T10:00Z", near_miss("unsure"));
    register
}

#[test]
fn the_owner_of_a_step_has_it_and_what_may_be_an_incident_comes_first() {
    let mine = lines(&register(), "amara", "2026-11-23T11:00Z");
    let expected = [
        ("b".to_owned(), Task::Step(2), Group::MayBeIncident, true),
        ("a".to_owned(), Task::Step(2), Group::Today, true),
    ];
    assert_eq!(mine, expected);
}

#[test]
fn the_manager_may_do_it_but_it_is_not_theirs() {
    let lines = lines(&register(), "jo", "2026-11-23T11:00Z");
    assert!(lines.iter().all(|(_, _, _, mine)| !mine));
    assert_eq!(lines.len(), 2);
}

#[test]
fn an_urgent_report_is_the_manager_s_from_the_start() {
    let mut register = register();
    let harmed = json!({"category": "medication", "happened": "something_happened", "reached": "yes", "harm": "some", "error_type": "wrong_dose"});
    take(&mut register, "report", "c", "ola", "2026-11-23T10:30Z", harmed);
    assert!(register.record("c").expect("it is here").is_urgent());
    let all = lines(&register, "jo", "2026-11-23T10:31Z");
    let theirs: Vec<_> = all.into_iter().filter(|(_, _, _, mine)| *mine).collect();
    assert_eq!(theirs, [("c".to_owned(), Task::Step(2), Group::MayBeIncident, true)]);
}

#[test]
fn a_step_that_is_late_is_overdue() {
    let late = lines(&register(), "amara", "2026-11-23T21:30Z");
    assert_eq!(late[1], ("a".to_owned(), Task::Step(2), Group::Overdue, true));
}

#[test]
fn a_question_of_before_the_end_of_a_record_does_not_wait() {
    let mut register = register();
    let risk = json!({"potential_most_likely": 1, "potential_worst": 1, "likelihood": 1});
    let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
    for (minute, verb, by, with) in [
        (0, "ask", "amara", json!({"text": "Which tablet?"})),
        (1, "review_risk", "amara", risk),
        (2, "assess_notification", "jo", none),
        (3, "close", "jo", json!({"reason": "Nothing more to learn"})),
    ] {
        take(&mut register, verb, "a", by, &format!("2026-11-23T11:{minute:02}Z"), with);
    }
    let asked = |register: &Register| {
        let all = lines(register, "ola", "2026-11-23T12:00Z").into_iter();
        all.filter(|(_, task, ..)| matches!(task, Task::Answer(_))).count()
    };
    let record = register.record("a").expect("it is here");
    assert_eq!((record.state, record.open_questions().count(), asked(&register)), (State::Closed, 1, 0));
    take(&mut register, "ask", "a", "amara", "2026-11-23T11:30Z", json!({"text": "And where?"}));
    assert_eq!(asked(&register), 1, "this one was asked when it was closed already");
}

#[test]
fn a_question_waits_for_the_reporter_only() {
    let mut register = register();
    take(&mut register, "ask", "a", "amara", "2026-11-23T11:00Z", json!({"text": "Which tablet?"}));
    assert_eq!(
        lines(&register, "ola", "2026-11-23T12:00Z"),
        [("a".to_owned(), Task::Answer("e3".into()), Group::Undated, true)]
    );
    take(
        &mut register,
        "return_for_correction",
        "b",
        "amara",
        "2026-11-23T11:00Z",
        json!({"question": "Who?"}),
    );
    let back = lines(&register, "ola", "2026-11-23T12:00Z");
    assert!(back.contains(&("b".to_owned(), Task::Step(1), Group::MayBeIncident, true)));
}

/// Through every later step, and after the record is finished.
#[test]
fn who_must_still_be_told_stays_first_with_the_manager_until_it_is_recorded() {
    let mut register = register();
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    take(&mut register, "review_risk", "a", "amara", "2026-11-23T11:00Z", risk);
    let tell =
        json!({"answers": {"service_threat": "y"}, "outcome": "notify_now", "suggests": {"cqc": "needed"}});
    take(&mut register, "assess_notification", "a", "jo", "2026-11-23T12:00Z", tell);
    let told = |register: &Register, who: &str| {
        let mut lines = lines(register, who, "2026-11-25T12:00Z").into_iter();
        lines.find(|(_, task, ..)| *task == Task::Tell)
    };
    let waits = Some(("a".to_owned(), Task::Tell, Group::MayBeIncident, true));
    assert_eq!(told(&register, "jo"), waits);
    assert_eq!(told(&register, "amara"), None);
    take(
        &mut register,
        "no_action_needed",
        "a",
        "jo",
        "2026-11-23T13:00Z",
        json!({"reason": "Nothing to change"}),
    );
    assert_eq!(told(&register, "jo"), waits, "in a later step");
    let sent = json!({"body": "cqc", "sent_at": "2026-11-23T14:00Z"});
    take(&mut register, "record_sent", "a", "jo", "2026-11-23T14:00Z", sent);
    assert_eq!(told(&register, "jo"), None);
}

/// The contract sets a time, and it runs from the event.
#[test]
fn whom_the_contract_wants_told_by_now_is_overdue() {
    let rose = |hours| Site {
        settings: domain::directory::Settings { contract_hours: hours, ..Default::default() },
        ..Site::default()
    };
    let told = |hours, now: &str| {
        let mut directory = directory();
        directory.sites.insert("rose".into(), rose(hours));
        let mut register = Register::new(Arc::new(directory.clone()));
        take(&mut register, "report", "a", "ola", "2026-11-23T09:00Z", near_miss("no"));
        let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
        take(&mut register, "review_risk", "a", "amara", "2026-11-23T10:00Z", risk);
        let tell = json!({
            "answers": {"contract": "y"}, "outcome": "notify_now", "suggests": {"commissioner": "needed"}
        });
        take(&mut register, "assess_notification", "a", "jo", "2026-11-23T11:00Z", tell);
        let staff = StaffId::from("jo");
        let viewer = Viewer { staff: &staff, directory: &directory, date: london_date(at(now)) };
        let lines = waiting(&register, &viewer, "rose", at(now));
        let line = lines.into_iter().find(|line| line.task == Task::Tell).expect("somebody must be told");
        (line.group, line.due, line.overdue)
    };
    let by = Some(Due::At(at("2026-11-24T09:00Z")));
    assert_eq!(told(Some(24), "2026-11-24T09:00Z"), (Group::MayBeIncident, by, false));
    assert_eq!(told(Some(24), "2026-11-24T09:01Z"), (Group::MayBeIncident, by, true));
    assert_eq!(told(None, "2026-11-30T09:00Z"), (Group::MayBeIncident, None, false));
}

fn risk(worst: u8, likelihood: u8) -> Value {
    json!({"potential_most_likely": worst, "potential_worst": worst, "likelihood": likelihood})
}

/// Two seniors, neither of whom had seen more than the report.
fn two_decide(register: &mut Register, verb: [&str; 2], with: [Value; 2]) {
    let [first, second] = with;
    take(register, verb[0], "a", "amara", "2026-11-23T09:30Z", first);
    let at = "2026-11-23T09:40Z";
    Sent { verb: verb[1], site: "rose", record: "a", by: "ben", at, with: second, ..Sent::default() }
        .arrives_as_rival(register, 1);
}

#[test]
fn the_choice_between_two_decisions_is_urgent_if_either_of_them_would_be() {
    for (first, second) in [((3, 2), (5, 5)), ((5, 5), (3, 2))] {
        let mut register = register();
        two_decide(&mut register, ["review_risk"; 2], [risk(first.0, first.1), risk(second.0, second.1)]);
        // Late at night, when all the rest is overdue.
        let all = lines(&register, "jo", "2026-11-24T23:00Z");
        let choice = ("a".to_owned(), Task::Settle(2), Group::MayBeIncident, true);
        assert_eq!(all[0], choice, "it stands above what else is urgent: {all:?}");
        assert!(all.len() > 1);
        let record = register.record("a").expect("it is here");
        let potential = rivals::potential(record).expect("both are told");
        assert_eq!(
            potential, "Potential: moderate or death, two people decided",
            "the milder before the graver"
        );
    }
}

#[test]
fn the_choice_between_two_milder_decisions_stands_above_what_is_overdue() {
    let mut register = register();
    two_decide(&mut register, ["review_risk"; 2], [risk(2, 1), risk(3, 2)]);
    take(&mut register, "report", "c", "ola", "2026-11-20T09:00Z", near_miss("no"));
    let groups: Vec<Group> =
        lines(&register, "jo", "2026-11-24T23:00Z").into_iter().map(|line| line.2).collect();
    assert_eq!(groups, [Group::MayBeIncident, Group::TwoDecisions, Group::Overdue]);
    let said = |register: &Register| rivals::said(register.record("a").expect("it is here"), 2);
    assert_eq!(said(&register), "the risk is low, or the risk is moderate");
    let mut register = self::register();
    two_decide(&mut register, ["review_risk"; 2], [risk(3, 2), risk(3, 2)]);
    assert_eq!(said(&register), "the risk is moderate, each says");
    // One sent it back: there is one potential, and both are said.
    let mut register = self::register();
    two_decide(
        &mut register,
        ["return_for_correction", "review_risk"],
        [json!({"question": "Which tablet?"}), risk(3, 2)],
    );
    assert_eq!(said(&register), "it goes back with a question, or the risk is moderate");
}

#[test]
fn somebody_may_have_to_be_told_by_one_of_two_decisions() {
    let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
    let tell =
        json!({"answers": {"service_threat": "y"}, "outcome": "notify_now", "suggests": {"cqc": "needed"}});
    let asked = json!({"answers": {"police": "unsure"}, "outcome": "not_notifiable", "reason": "Stopped"});
    for (second, group) in
        [(tell, Group::MayBeIncident), (asked, Group::MayBeIncident), (none.clone(), Group::TwoDecisions)]
    {
        let mut register = register();
        take(&mut register, "review_risk", "a", "amara", "2026-11-23T09:20Z", risk(2, 1));
        take(&mut register, "assess_notification", "a", "jo", "2026-11-23T09:30Z", none.clone());
        let at = "2026-11-23T09:40Z";
        Sent {
            verb: "assess_notification",
            site: "rose",
            record: "a",
            by: "kim",
            at,
            with: second,
            ..Sent::default()
        }
        .arrives_as_rival(&mut register, 2);
        let all = lines(&register, "jo", "2026-11-23T10:00Z");
        let found = all.iter().find(|line| line.1 == Task::Settle(3)).map(|line| line.2);
        assert_eq!(found, Some(group));
    }
}

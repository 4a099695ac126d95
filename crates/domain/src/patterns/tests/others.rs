//! Rules of 11.3 that events drive: high potential, coming back, delayed repair, no improvement, audit findings.

use super::*;
use crate::patterns::Rule;
use chrono::Duration;

#[test]
fn one_record_that_could_have_been_very_bad_is_enough() {
    let mut home = Home::new();
    let name = "single_high_potential|r1";
    home.reports(noon("2026-06-01"), "r1", medication(json!({})));
    home.does("senior", noon("2026-06-02"), "review_risk", "r1", risk(3, 2));
    assert_eq!(home.count(name), 0);
    home.does("registered_manager", noon("2026-06-03"), "withdraw", "r1", json!({"reason": "x"}));
    home.does("registered_manager", noon("2026-06-03"), "reopen", "r1", json!({"reason": "x"}));
    home.does("senior", noon("2026-06-04"), "review_risk", "r1", risk(4, 2));
    assert_eq!((home.listed(name), home.alert(name).raised_at), (Some(vec!["r1"]), noon("2026-06-04")));
    assert_eq!(home.alert(name).to, [Role::RegisteredManager]);
    assert_eq!(home.alert(name).escalation, Some("review_medication_processes"));
    home.does("registered_manager", noon("2026-06-05"), "withdraw", "r1", json!({"reason": "x"}));
    home.does("registered_manager", noon("2026-06-05"), "reopen", "r1", json!({"reason": "x"}));
    home.does("senior", noon("2026-06-06"), "review_risk", "r1", risk(5, 3));
    assert_eq!((home.count(name), home.alert(name).raised_at), (1, noon("2026-06-04")));
    assert_eq!(home.alert(name).to, [Role::RegisteredManager, Role::Provider]);
    home.reports(noon("2026-06-07"), "r2", medication(json!({})));
    home.does("senior", noon("2026-06-07"), "review_risk", "r2", risk(5, 5));
    assert_eq!(home.alert("single_high_potential|r2").to, [Role::RegisteredManager, Role::Provider]);
}

#[test]
fn what_is_no_near_miss_makes_no_pattern_and_its_grave_risk_is_told() {
    let mut home = Home::new();
    let mut review = risk(5, 5);
    review["confirms_near_miss"] = json!("n");
    review["note"] = json!("A game");
    for record in ["r1", "r2", "r3", "r4"] {
        home.reports(noon("2026-06-01"), record, report("behaviour", json!({"shift": "early"})));
        home.does("shift_lead", noon("2026-06-02"), "review_risk", record, review.clone());
    }
    let told: Vec<_> = home.register.alerts("meadow").map(|alert| alert.rule).collect();
    assert_eq!(told, [Rule::SingleHighPotential; 4]);
}

/// P is finished on 2 June at noon; X then happens.
fn comes_back(x: Value) -> Home {
    let mut home = Home::new();
    let with = json!({"location": "hall", "risk_group": "lithium", "people": ["R-1", "R-2"]});
    home.reports(noon("2026-03-01"), "p", medication(with));
    home.finished(noon("2026-06-02"), "p");
    home.reports(noon("2026-12-01"), "x", medication(x));
    home
}

#[test]
fn the_same_thing_comes_back_after_step_4() {
    let name = "recurrence_after_close|p";
    let check = |x: Value, expected: bool| {
        let home = comes_back(x.clone());
        assert_eq!(home.listed(name), expected.then(|| vec!["p", "x"]), "{x}");
    };
    let in_hall = |time: &str| json!({"location": "hall", "occurred_at": time});
    check(in_hall("2026-06-02T12:00:01+01:00"), true);
    check(in_hall("2026-06-02T12:00+01:00"), false);
    check(in_hall("2026-08-31T23:59+01:00"), true);
    check(in_hall("2026-09-01T00:00+01:00"), false);
    let june = "2026-06-20T08:00+01:00";
    check(json!({"occurred_at": june}), false);
    check(json!({"occurred_at": june, "location": "kitchen"}), false);
    check(json!({"occurred_at": june, "location": "hall", "error_type": "patch"}), false);
    check(json!({"occurred_at": june, "risk_group": "lithium"}), true);
    check(json!({"occurred_at": june, "people": ["R-9", "R-2"]}), true);
    let home = comes_back(in_hall(june));
    assert_eq!(home.alert(name).to, [Role::RegisteredManager, Role::DeputyManager]);
    assert!(home.register.is_repeat_concern(home.record("x")));
}

#[test]
fn it_came_back_before_the_end_of_step_4_was_known() {
    let mut home = Home::new();
    home.reports(noon("2026-06-01"), "p", medication(json!({"location": "hall"})));
    home.reviewed(noon("2026-06-01"), "p");
    home.reports(noon("2026-06-10"), "x", medication(json!({"location": "hall"})));
    let reason = json!({"reason": "Put right"});
    home.late("boss", (noon("2026-06-05"), noon("2026-06-20")), "no_action_needed", "p", reason);
    let alert = home.alert("recurrence_after_close|p");
    assert_eq!((alert.raised_at, alert.late), (noon("2026-06-20"), true));
    assert_eq!(alert.late_records().map(|record| record.as_str()).collect::<Vec<_>>(), ["p"]);
    // Back in step 4, nothing has been finished.
    home.does("boss", noon("2026-06-21"), "close", "p", json!({"reason": "x", "weak_reason": "x"}));
    home.does("boss", noon("2026-06-21"), "reopen", "p", json!({"reason": "x"}));
    home.reports(noon("2026-06-22"), "y", medication(json!({"location": "hall"})));
    assert_eq!(home.listed("recurrence_after_close|p"), Some(vec!["p", "x"]));
}

#[test]
fn the_same_repair_is_asked_for_again() {
    let name = "delayed_repair|p";
    let check = |first: Value, second: Value, expected: bool| {
        let mut home = Home::new();
        home.reports(noon("2026-06-01"), "p", report("environment", first.clone()));
        home.reports(noon("2027-06-01"), "x", report("environment", second.clone()));
        assert_eq!(home.listed(name), expected.then(|| vec!["p", "x"]), "{first} {second}");
        assert_eq!(home.count("delayed_repair|x"), 0);
    };
    check(json!({"asset": "H-1"}), json!({"asset": "H-1", "hazard": "lighting"}), true);
    check(json!({"asset": "H-1"}), json!({"asset": "H-2"}), false);
    check(json!({"location": "hall"}), json!({"location": "hall"}), true);
    check(json!({"location": "hall"}), json!({"location": "hall", "hazard": "lighting"}), false);
    check(
        json!({"location": "hall", "hazard": "other"}),
        json!({"location": "hall", "hazard": "other"}),
        false,
    );
    check(json!({"location": "hall", "asset": "H-1"}), json!({"location": "hall"}), false);
    check(json!({}), json!({}), false);
}

#[test]
fn a_repair_that_has_been_made_is_not_delayed() {
    let mut home = Home::new();
    home.reports(noon("2026-06-01"), "p", report("environment", json!({"asset": "H-1"})));
    home.finished(noon("2026-06-02"), "p");
    home.reports(noon("2026-06-20"), "x", report("environment", json!({"asset": "H-1"})));
    assert_eq!(home.count("delayed_repair|p"), 0);
    home.does("boss", noon("2026-06-21"), "close", "p", json!({"reason": "x", "weak_reason": "x"}));
    home.does("boss", noon("2026-06-21"), "reopen", "p", json!({"reason": "x"}));
    assert_eq!(home.count("delayed_repair|p"), 0, "only a report, amend or resubmit asks again");
    home.does("boss", noon("2026-06-22"), "amend", "x", json!({"changes": {"text": "Again"}, "reason": "x"}));
    assert_eq!(home.listed("delayed_repair|p"), Some(vec!["p", "x"]));
}

#[test]
fn each_verdict_that_it_is_no_better_raises_an_alert_once() {
    let mut home = Home::new();
    let name = "lack_of_improvement|r1";
    let count = json!({"count": 1});
    let verdict =
        json!({"measure": "m", "baseline": count, "value": count, "review": "28d", "verdict": "worse"});
    home.reports(noon("2026-06-01"), "r1", report("behaviour", json!({})));
    home.finished(noon("2026-06-02"), "r1");
    home.does("boss", noon("2026-06-03"), "record_outcome", "r1", verdict.clone());
    assert_eq!(home.alert(name).to, [Role::RegisteredManager, Role::BehaviourLead]);
    home.does("boss", noon("2026-06-04"), "no_action_needed", "r1", json!({"reason": "x"}));
    home.does("boss", noon("2026-06-05"), "record_outcome", "r1", verdict.clone());
    assert_eq!(home.count(name), 1, "the open alert takes it");
    home.does(
        "registered_manager",
        noon("2026-06-06"),
        "dismiss_alert",
        "",
        json!({"alert": name, "reason": "x"}),
    );
    home.does("boss", noon("2026-06-07"), "no_action_needed", "r1", json!({"reason": "x"}));
    assert_eq!(home.count(name), 1);
    home.does("boss", noon("2026-06-08"), "record_outcome", "r1", verdict.clone());
    assert_eq!(home.count(name), 2, "a new verdict");
    // Not of other categories.
    home.reports(noon("2026-06-01"), "m1", medication(json!({})));
    home.finished(noon("2026-06-09"), "m1");
    home.does("boss", noon("2026-06-10"), "record_outcome", "m1", verdict);
    assert_eq!(home.count("lack_of_improvement|m1"), 0);
}

#[test]
fn each_answer_no_of_an_audit_is_news_once_the_alert_is_settled() {
    let mut home = Home::new();
    let name = "audit_finding|medication/feedback_given";
    home.reports(noon("2026-06-01"), "r1", medication(json!({})));
    home.finished(noon("2026-06-02"), "r1");
    home.does("boss", noon("2026-06-03"), "close", "r1", json!({"reason": "x"}));
    let july = noon("2026-07-02");
    let audit = home.does(
        "registered_manager",
        july,
        "open_audit",
        "",
        json!({"category": "medication", "period": "2026-06"}),
    );
    let mut answer =
        json!({"audit": audit, "record": "r1", "item": "feedback_given", "answer": "n", "note": "x"});
    home.does("registered_manager", july, "answer_audit", "", answer.clone());
    home.does("registered_manager", july + Duration::hours(1), "answer_audit", "", answer.clone());
    assert_eq!((home.count(name), home.listed(name)), (1, Some(vec!["r1"])));
    home.does(
        "registered_manager",
        july + Duration::hours(2),
        "dismiss_alert",
        "",
        json!({"alert": name, "reason": "x"}),
    );
    answer["answer"] = json!("y");
    home.does("registered_manager", july + Duration::hours(3), "answer_audit", "", answer.clone());
    assert_eq!(home.count(name), 1);
    answer["answer"] = json!("n");
    let written = july + Duration::hours(4);
    home.late("registered_manager", (written, written + Duration::hours(9)), "answer_audit", "", answer);
    assert_eq!(home.count(name), 2);
    let newest = home.register.alert("meadow", name).expect("raised again");
    assert!(newest.late && newest.late_records().next().is_none(), "it is no event of the record's own");
}

//! Linking, dismissing and snoozing: who may, and what is refused.

use super::*;
use crate::sight::Viewer;

const LITHIUM: &str = "same_risk_group|lithium";

/// One open alert, and an action of another record of the site.
fn with_alert() -> (Home, EventId) {
    let mut home = Home::new();
    for record in ["r1", "r2"] {
        home.reports(noon("2026-06-01"), record, medication(json!({"risk_group": "lithium"})));
    }
    home.reports(noon("2026-06-01"), "p", report("environment", json!({})));
    home.reviewed(noon("2026-06-02"), "p");
    let plan = json!({"text": "Fix", "owner": "boss", "due": "2026-06-17", "strength": "stronger"});
    let action = home.does("boss", noon("2026-06-03"), "plan_action", "p", plan);
    (home, action)
}

#[test]
fn the_first_failing_check_says_why() {
    let (home, action) = with_alert();
    let link = |alert: &str, action: &str| json!({"alert": alert, "action": action});
    let check = |by: &str, verb: &str, with: Value, expected: Result<(), Code>| {
        let tried = home.tries(by, noon("2026-06-04"), verb, "", with.clone());
        assert_eq!(tried.map(|_| ()), expected, "{verb} by {by}: {with}");
    };
    check("registered_manager", "link_alert", link(LITHIUM, &action), Ok(()));
    check("deputy_manager", "link_alert", link(LITHIUM, &action), Ok(()));
    check("medication_lead", "link_alert", link(LITHIUM, &action), Ok(()));
    check("behaviour_lead", "link_alert", link(LITHIUM, &action), Err(Code::RoleNotAllowed));
    check("senior", "link_alert", link(LITHIUM, &action), Err(Code::RoleNotAllowed));
    check("senior", "link_alert", link("same_risk_group|digoxin", "x"), Err(Code::AlertUnknown));
    check("medication_lead", "link_alert", link("unheard|of", &action), Err(Code::AlertUnknown));
    check("medication_lead", "link_alert", link(LITHIUM, "e1"), Err(Code::ActionUnknown));
    check("medication_lead", "link_alert", json!({"alert": LITHIUM}), Err(Code::MissingField));
    check("medication_lead", "link_alert", json!({"action": action}), Err(Code::MissingField));
    let dismiss = json!({"alert": LITHIUM, "reason": "x"});
    check("registered_manager", "dismiss_alert", dismiss.clone(), Ok(()));
    check("deputy_manager", "dismiss_alert", dismiss.clone(), Err(Code::RoleNotAllowed));
    check("medication_lead", "dismiss_alert", dismiss, Err(Code::RoleNotAllowed));
    check("registered_manager", "dismiss_alert", json!({"alert": LITHIUM}), Err(Code::MissingField));
    let until = |time: &str| json!({"alert": LITHIUM, "until": time});
    check("medication_lead", "snooze_alert", until("2026-06-04T12:00:00+01:00"), Err(Code::UntilOutOfRange));
    check("medication_lead", "snooze_alert", until("2026-06-04T12:00:01+01:00"), Ok(()));
    check("medication_lead", "snooze_alert", until("2026-07-02T12:00:00+01:00"), Ok(()));
    check("medication_lead", "snooze_alert", until("2026-07-02T12:00:01+01:00"), Err(Code::UntilOutOfRange));
}

#[test]
fn a_settled_alert_is_settled_and_a_snoozed_one_is_not() {
    for (verb, with) in [
        ("link_alert", json!({"alert": LITHIUM})),
        ("dismiss_alert", json!({"alert": LITHIUM, "reason": "x"})),
        ("snooze_alert", json!({"alert": LITHIUM, "until": "2026-06-20T12:00:00+01:00"})),
    ] {
        let (mut home, action) = with_alert();
        let mut with = with;
        if verb == "link_alert" {
            with["action"] = json!(action);
        }
        home.does("registered_manager", noon("2026-06-04"), verb, "", with);
        let dismiss = json!({"alert": LITHIUM, "reason": "x"});
        let again = home.tries("registered_manager", noon("2026-06-05"), "dismiss_alert", "", dismiss);
        let expected = if verb == "snooze_alert" { Ok(()) } else { Err(Code::AlertSettled) };
        assert_eq!(again.map(|_| ()), expected, "after {verb}");
        let settled = home.alert(LITHIUM).settled.as_ref().map(|settled| settled.by.code());
        assert_eq!(settled, Some("registered_manager"));
    }
}

#[test]
fn an_alert_suggests_to_think_about_safeguarding() {
    let (mut home, _) = with_alert();
    home.does("senior", noon("2026-06-04"), "review_risk", "r1", risk(1, 1));
    let mut decision = no_to_all(home.record("r1"));
    decision["bodies"] = json!({});
    let tried =
        home.tries("registered_manager", noon("2026-06-04"), "assess_notification", "r1", decision.clone());
    assert_eq!(tried.err(), Some(Code::BodyUndecided));
    home.does(
        "registered_manager",
        noon("2026-06-04"),
        "dismiss_alert",
        "",
        json!({"alert": LITHIUM, "reason": "x"}),
    );
    let tried = home.tries("registered_manager", noon("2026-06-04"), "assess_notification", "r1", decision);
    assert!(tried.is_ok());
}

#[test]
fn what_is_done_with_an_alert_is_seen_by_those_it_goes_to() {
    let (mut home, action) = with_alert();
    home.does(
        "registered_manager",
        noon("2026-06-04"),
        "link_alert",
        "",
        json!({"alert": LITHIUM, "action": action}),
    );
    let audit = home.does(
        "registered_manager",
        noon("2026-07-04"),
        "open_audit",
        "",
        json!({"category": "medication", "period": "2026-06"}),
    );
    home.does(
        "registered_manager",
        noon("2026-07-04"),
        "sign_audit",
        "",
        json!({"audit": audit, "summary": "x"}),
    );
    let bed_days = json!({"measure": "occupied_bed_days", "month": "2026-06", "value": 900});
    home.does("deputy_manager", noon("2026-07-04"), "record_denominator", "", bed_days);
    let check = |who: &str, expected: &[&str]| {
        let staff = who.into();
        let date = crate::time::london_date(noon("2026-07-05"));
        let viewer = Viewer { staff: &staff, directory: home.register.directory(), date };
        let site = home.log.iter().filter(|received| received.event.record.is_none());
        let seen = site.filter(|received| viewer.sees_event(&home.register, &received.event));
        assert_eq!(seen.map(|received| received.event.verb.as_str()).collect::<Vec<_>>(), expected, "{who}");
    };
    let all = ["link_alert", "open_audit", "sign_audit", "record_denominator"];
    check("registered_manager", &all);
    check("deputy_manager", &all);
    check("provider", &all);
    check("medication_lead", &all);
    check("behaviour_lead", &["record_denominator"]);
    check("administrator", &["record_denominator"]);
    check("senior", &[]);
    check("reporter", &[]);
}

#[test]
fn a_commissioner_reads_no_codes_of_people_and_no_free_words() {
    let mut directory = directory();
    let roles = [("meadow".into(), vec![Role::Commissioner])].into();
    directory.staff.insert("commissioner".into(), Staff { roles, ..Staff::default() });
    let mut home = Home::with(directory);
    for record in ["r1", "r2", "r3"] {
        home.reports(
            noon("2026-06-01"),
            record,
            medication(json!({"people": ["R-1"], "risk_group": "lithium"})),
        );
    }
    for alert in ["same_person|R-1", LITHIUM] {
        let with = json!({"alert": alert, "reason": "About R-1"});
        home.does("registered_manager", noon("2026-06-02"), "dismiss_alert", "", with);
    }
    let staff = "commissioner".into();
    let date = crate::time::london_date(noon("2026-06-03"));
    let viewer = Viewer { staff: &staff, directory: home.register.directory(), date };
    let shown: Vec<Value> = home.log[3..]
        .iter()
        .map(|received| Value::Object(viewer.shown(&home.register, received).event.with.into_map()))
        .collect();
    assert_eq!(shown, [json!({}), json!({"alert": LITHIUM})]);
}

//! Rules that time drives: at which instant, on what was known, and how late.

use super::*;
use chrono::Duration;

/// One environment record in step 4 with an action due on 17 June.
fn repair() -> (Home, EventId) {
    let mut home = Home::new();
    home.reports(noon("2026-06-01"), "p", report("environment", json!({})));
    home.reviewed(noon("2026-06-02"), "p");
    let plan = json!({"text": "Fix", "owner": "boss", "due": "2026-06-17", "strength": "stronger"});
    let action = home.does("boss", noon("2026-06-03"), "plan_action", "p", plan);
    (home, action)
}

const REPAIR: &str = "delayed_repair|p";

#[test]
fn a_repair_is_late_from_midnight_after_its_date() {
    let (mut home, _) = repair();
    home.register.settle(at("2026-06-17T23:59:59+01:00"));
    assert_eq!(home.count(REPAIR), 0);
    home.register.settle(at("2026-06-18T00:00+01:00"));
    let alert = home.alert(REPAIR);
    assert_eq!((alert.raised_at, alert.late), (at("2026-06-18T00:00+01:00"), false));
    assert_eq!(alert.to, [Role::RegisteredManager, Role::MaintenanceLead]);
    home.register.settle(noon("2026-06-30"));
    assert_eq!(home.count(REPAIR), 1);
}

#[test]
fn a_repair_that_is_done_in_time_raises_nothing() {
    let (mut home, action) = repair();
    home.does("boss", at("2026-06-17T23:00+01:00"), "complete_action", "p", json!({"action": action}));
    home.register.settle(noon("2026-06-30"));
    assert_eq!(home.count(REPAIR), 0);
    // The check fails later: known from then on.
    let check = json!({"action": action, "result": "not_fixed"});
    home.does("senior", noon("2026-07-01"), "verify_action", "p", check);
    home.register.settle(noon("2026-07-01"));
    assert_eq!((home.alert(REPAIR).raised_at, home.alert(REPAIR).late), (noon("2026-07-01"), false));
}

#[test]
fn everything_in_one_contact_is_taken_in_before_time_speaks() {
    let (mut home, action) = repair();
    let received = noon("2026-06-18");
    let (done_at, noted_at) = (noon("2026-06-16"), noon("2026-06-17"));
    home.late("boss", (noted_at, received), "add_note", "p", json!({"text": "x"}));
    home.late("boss", (done_at, received), "complete_action", "p", json!({"action": action}));
    home.register.settle(received);
    // It was late at midnight, before the contact; that stays.
    assert_eq!(home.alert(REPAIR).raised_at, at("2026-06-18T00:00+01:00"));

    let (mut home, action) = repair();
    let midnight = at("2026-06-18T00:00+01:00");
    home.late("boss", (noted_at, midnight), "add_note", "p", json!({"text": "x"}));
    home.late("boss", (done_at, midnight), "complete_action", "p", json!({"action": action}));
    home.register.settle(noon("2026-06-18"));
    assert_eq!(home.count(REPAIR), 0, "the contact at midnight comes first");
}

#[test]
fn a_repair_known_only_after_its_date_is_late() {
    let mut home = Home::new();
    home.reports(noon("2026-06-01"), "p", report("environment", json!({})));
    home.reviewed(noon("2026-06-02"), "p");
    let plan = json!({"text": "Fix", "owner": "boss", "due": "2026-06-10", "strength": "stronger"});
    home.late("boss", (noon("2026-06-03"), noon("2026-06-20")), "plan_action", "p", plan);
    home.register.settle(noon("2026-06-20"));
    let alert = home.alert(REPAIR);
    assert_eq!((alert.raised_at, alert.late), (noon("2026-06-20"), true));
    assert_eq!(alert.late_records().count(), 1);
}

#[test]
fn each_late_action_raises_one_alert() {
    let (mut home, first) = repair();
    let plan = json!({"text": "Fix", "owner": "boss", "due": "2026-06-20", "strength": "stronger"});
    home.does("boss", noon("2026-06-04"), "plan_action", "p", plan);
    home.register.settle(noon("2026-06-18"));
    home.does(
        "registered_manager",
        noon("2026-06-18"),
        "link_alert",
        "",
        json!({"alert": REPAIR, "action": first}),
    );
    home.does("boss", noon("2026-06-19"), "add_note", "p", json!({"text": "x"}));
    home.register.settle(noon("2026-06-19"));
    assert_eq!(home.count(REPAIR), 1, "the first action is in one");
    home.register.settle(noon("2026-06-21"));
    assert_eq!((home.count(REPAIR), home.alert(REPAIR).raised_at), (2, at("2026-06-21T00:00+01:00")));
}

const OUTAGE: &str = "outage_24h|p/fire_alarm";

fn outage(started_at: &str) -> Value {
    json!({"what": "fire_alarm", "started_at": started_at})
}

#[test]
fn an_outage_speaks_from_the_first_moment_after_24_hours() {
    let mut home = Home::new();
    home.reports(noon("2026-06-01"), "p", report("environment", json!({})));
    home.reviewed(noon("2026-06-01"), "p");
    home.does("boss", noon("2026-06-01"), "start_outage", "p", outage("2026-06-01T10:00+01:00"));
    let nominal = at("2026-06-02T10:00+01:00");
    home.register.settle(nominal);
    assert_eq!(home.count(OUTAGE), 0);
    assert!(!home.record("p").decision_stale);
    home.register.settle(nominal + Duration::milliseconds(1));
    assert_eq!((home.alert(OUTAGE).raised_at, home.alert(OUTAGE).late), (nominal, false));
    assert_eq!(home.alert(OUTAGE).to, [Role::RegisteredManager, Role::Provider]);
    assert!(home.record("p").decision_stale);
}

#[test]
fn an_end_in_time_raises_nothing_and_one_learnt_later_changes_nothing() {
    let check = |ended_at: &str, learnt_at: &str, expected: usize| {
        let mut home = Home::new();
        home.reports(noon("2026-06-01"), "p", report("environment", json!({})));
        let start =
            home.does("boss", noon("2026-06-01"), "start_outage", "p", outage("2026-06-01T10:00+01:00"));
        let end = json!({"outage": start, "ended_at": ended_at});
        home.late("boss", (at(ended_at), at(learnt_at)), "end_outage", "p", end);
        home.register.settle(noon("2026-06-10"));
        assert_eq!(home.count(OUTAGE), expected, "ended {ended_at}, learnt {learnt_at}");
    };
    check("2026-06-02T10:00+01:00", "2026-06-02T10:00+01:00", 0);
    check("2026-06-02T10:00:01+01:00", "2026-06-02T10:00:01+01:00", 1);
    check("2026-06-02T09:00+01:00", "2026-06-02T10:00+01:00", 0);
    check("2026-06-02T09:00+01:00", "2026-06-02T10:00:01+01:00", 1);
}

#[test]
fn a_start_and_an_end_that_come_together_are_known_together() {
    let mut home = Home::new();
    let received = noon("2026-06-05");
    home.reports(noon("2026-06-01"), "p", report("environment", json!({})));
    let start = home.late(
        "boss",
        (noon("2026-06-01"), received),
        "start_outage",
        "p",
        outage("2026-06-01T10:00+01:00"),
    );
    let end = json!({"outage": start, "ended_at": "2026-06-02T09:00:00+01:00"});
    home.late("boss", (noon("2026-06-02"), received), "end_outage", "p", end);
    home.register.settle(noon("2026-06-10"));
    assert_eq!(home.count(OUTAGE), 0);
    home.late(
        "boss",
        (noon("2026-06-06"), noon("2026-06-11")),
        "start_outage",
        "p",
        outage("2026-06-06T10:00+01:00"),
    );
    home.register.settle(noon("2026-06-12"));
    assert_eq!((home.alert(OUTAGE).raised_at, home.alert(OUTAGE).late), (noon("2026-06-11"), true));
}

#[test]
fn an_outage_of_a_withdrawn_record_is_silent() {
    let mut home = Home::new();
    home.reports(noon("2026-06-01"), "p", report("environment", json!({})));
    home.does("boss", noon("2026-06-01"), "start_outage", "p", outage("2026-06-01T10:00+01:00"));
    home.does("boss", at("2026-06-02T09:00+01:00"), "withdraw", "p", json!({"reason": "x"}));
    home.register.settle(noon("2026-06-03"));
    assert_eq!(home.count(OUTAGE), 0);
    home.does("boss", noon("2026-06-04"), "reopen", "p", json!({"reason": "x"}));
    home.register.settle(noon("2026-06-04"));
    assert_eq!(home.alert(OUTAGE).raised_at, noon("2026-06-04"));
}

/// Near misses of a unit on these dates of 2026, each reported on its date.
fn unit(dates: &[&str]) -> Home {
    let mut home = Home::new();
    for (number, date) in dates.iter().enumerate() {
        home.reports(noon(&format!("2026-{date}")), &format!("r{number}"), medication(json!({})));
    }
    home
}

const SILENCE: &str = "silence|main";
/// Two in each block of 28 dates that ends on 30 June.
const USUAL: [&str; 6] = ["04-08", "05-05", "05-06", "06-02", "06-03", "06-30"];

#[test]
fn a_unit_falls_silent_28_dates_after_its_last_near_miss() {
    let mut home = unit(&USUAL);
    home.register.settle(at("2026-07-28T23:59:59+01:00"));
    assert_eq!(home.count(SILENCE), 0);
    home.register.settle(at("2026-07-29T00:00+01:00"));
    let alert = home.alert(SILENCE);
    assert_eq!((alert.raised_at, alert.late), (at("2026-07-29T00:00+01:00"), false));
    assert_eq!((alert.records().count(), alert.escalation), (0, None));
    home.register.settle(noon("2026-12-01"));
    assert_eq!(home.count(SILENCE), 1, "one for each last date");
}

#[test]
fn the_median_of_three_blocks_must_be_two() {
    let check = |dates: &[&str], expected: usize| {
        let mut home = unit(dates);
        home.register.settle(noon("2026-12-01"));
        assert_eq!(home.count(SILENCE), expected, "{dates:?}");
    };
    check(&USUAL, 1);
    // Blocks end on 2 June and 5 May: one date earlier moves a near miss into another block.
    check(&["05-05", "06-01", "06-02", "06-29", "06-30"], 1);
    check(&["05-05", "06-02", "06-29", "06-30"], 0);
    check(&["05-05", "05-05", "06-30", "06-30"], 1);
    check(&["04-07", "04-07", "06-30", "06-30"], 0);
    check(&["04-08", "04-08", "06-30", "06-30"], 1);
    check(&["06-29", "06-29", "06-29", "06-30"], 0);
}

#[test]
fn silence_stays_quiet_while_an_alert_of_the_unit_is_open() {
    let mut home = unit(&USUAL);
    home.register.settle(noon("2026-07-30"));
    for (number, date) in ["2026-08-01", "2026-08-02"].iter().enumerate() {
        home.reports(noon(date), &format!("s{number}"), medication(json!({"error_type": "patch"})));
    }
    home.register.settle(noon("2026-09-15"));
    assert_eq!(home.count(SILENCE), 1, "2 August is passed over");
    home.does(
        "registered_manager",
        noon("2026-09-15"),
        "dismiss_alert",
        "",
        json!({"alert": SILENCE, "reason": "x"}),
    );
    home.does("boss", noon("2026-09-16"), "add_note", "s1", json!({"text": "x"}));
    home.register.settle(noon("2026-12-01"));
    assert_eq!(home.count(SILENCE), 1, "and not raised later");
}

#[test]
fn silence_is_by_unit_and_told_late_when_known_late() {
    let mut directory = directory();
    directory.sites.entry("meadow".into()).or_default().units = vec!["east".into(), "west".into()];
    let mut home = Home::with(directory);
    let received = noon("2026-09-01");
    for (number, date) in USUAL.iter().enumerate() {
        let written = noon(&format!("2026-{date}"));
        let unit = if number == 0 { json!({"unit": "east"}) } else { json!({}) };
        home.late("reporter", (written, received), "report", &format!("e{number}"), medication(unit));
        home.reports(received, &format!("w{number}"), medication(json!({"unit": "west"})));
    }
    home.register.settle(received);
    let alert = home.alert("silence|east");
    assert_eq!((alert.raised_at, alert.late), (received, true));
    assert_eq!(home.count("silence|west"), 0);
}

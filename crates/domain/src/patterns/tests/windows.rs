//! Window rules: boundaries, joining, and what no longer counts.

use super::*;

const PLACE: &str = "same_type_same_place|medication/mar_gap/hall";
const PERSON_MEDICATION: &str = "same_person_medication|R-1";

/// Reports one record for each time of happening, in that order; `r0` first.
fn happened(times: &[&str], fields: Value) -> Home {
    let mut home = Home::new();
    for (number, time) in times.iter().enumerate() {
        let mut with = medication(fields.clone());
        with["occurred_at"] = json!(time);
        home.reports(at("2026-12-01T12:00+00:00"), &format!("r{number}"), with);
    }
    home
}

fn check(times: &[&str], fields: Value, name: &str, expected: Option<&[&str]>) {
    let home = happened(times, fields);
    assert_eq!(home.listed(name).as_deref(), expected, "{name} of {times:?}");
}

#[test]
fn a_window_counts_dates_with_both_ends() {
    let here = || json!({"location": "hall"});
    let days = |days: [&'static str; 3]| days;
    let first = "2026-06-01T23:59+01:00";
    check(
        &days([first, "2026-06-15T12:00+01:00", "2026-06-30T00:01+01:00"]),
        here(),
        PLACE,
        Some(&["r0", "r1", "r2"]),
    );
    check(
        &days([first, "2026-06-15T12:00+01:00", "2026-06-30T23:59+01:00"]),
        here(),
        PLACE,
        Some(&["r0", "r1", "r2"]),
    );
    check(&days([first, "2026-06-15T12:00+01:00", "2026-07-01T00:00+01:00"]), here(), PLACE, None);
    // The order of arrival does not matter.
    check(
        &days(["2026-06-30T12:00+01:00", first, "2026-06-15T12:00+01:00"]),
        here(),
        PLACE,
        Some(&["r1", "r2", "r0"]),
    );
}

#[test]
fn a_clock_change_never_moves_a_window() {
    let person = || json!({"people": ["R-1"]});
    let both: Option<&[&str]> = Some(&["r0", "r1"]);
    // Seven dates from 23 to 29 March 2026; the clocks go forward on the 29th.
    check(&["2026-03-23T00:00+00:00", "2026-03-29T23:59+01:00"], person(), PERSON_MEDICATION, both);
    check(&["2026-03-22T23:59+00:00", "2026-03-29T00:00+00:00"], person(), PERSON_MEDICATION, None);
    check(&["2026-03-23T12:00+00:00", "2026-03-30T00:00+01:00"], person(), PERSON_MEDICATION, None);
    // And back on 25 October 2026.
    check(&["2026-10-19T00:00+01:00", "2026-10-25T23:59+00:00"], person(), PERSON_MEDICATION, both);
    check(&["2026-10-18T23:59+01:00", "2026-10-25T23:59+00:00"], person(), PERSON_MEDICATION, None);
}

#[test]
fn equal_times_are_listed_by_arrival() {
    let time = "2026-06-01T08:00+01:00";
    check(&[time, time, time], json!({"location": "hall"}), PLACE, Some(&["r0", "r1", "r2"]));
}

#[test]
fn each_rule_has_its_own_key() {
    let mut home = Home::new();
    let cases = [
        ("environment", json!({"asset": "HOIST-1"}), "same_asset|HOIST-1", 2),
        ("medication", json!({"people": ["R-2", "R-3"]}), "same_person|R-3", 3),
        ("medication", json!({"risk_group": "lithium", "error_type": "patch"}), "same_risk_group|lithium", 2),
        ("medication", json!({"caught_by": "chance", "error_type": "expired"}), "caught_by_luck|all", 2),
        ("environment", json!({"shift": "night", "hazard": "lighting"}), "same_shift|environment/night", 4),
    ];
    for (case, (category, fields, name, needed)) in cases.into_iter().enumerate() {
        for number in 0..needed {
            assert_eq!(home.listed(name), None, "{name} after {number}");
            let when = noon("2026-06-10") + chrono::Duration::minutes(number);
            home.reports(when, &format!("r{case}-{number}"), report(category, fields.clone()));
        }
        assert_eq!(home.listed(name).map(|records| records.len() as i64), Some(needed), "{name}");
    }
}

#[test]
fn something_else_never_makes_a_pattern() {
    let fields = json!({"error_type": "other", "risk_group": "other", "location": "hall"});
    let home = happened(&["2026-06-01T08:00+01:00"; 3], fields);
    assert_eq!(home.register.alerts("meadow").count(), 0);
}

#[test]
fn behaviour_counts_once_it_is_confirmed() {
    let mut home = Home::new();
    let upset = || {
        report(
            "behaviour",
            json!({"people": ["S-1"], "triggers": ["noise", "unknown", "waiting_hunger_thirst"]}),
        )
    };
    for number in 0..3 {
        home.reports(noon("2026-06-10"), &format!("r{number}"), upset());
        assert_eq!(home.register.alerts("meadow").count(), 0);
    }
    for number in 0..3 {
        let mut review = risk(2, 2);
        if number == 2 {
            review["confirms_near_miss"] = json!("n");
            review["note"] = json!("A game");
        }
        home.does("shift_lead", noon("2026-06-11"), "review_risk", &format!("r{number}"), review);
    }
    assert_eq!(home.register.alerts("meadow").count(), 0, "two of three are near misses");
    home.reports(
        noon("2026-06-12"),
        "r3",
        report("behaviour", json!({"people": ["S-1"], "triggers": ["noise"], "hands_on": "yes"})),
    );
    assert_eq!(home.listed("same_trigger_same_person|S-1/noise"), Some(vec!["r0", "r1", "r3"]));
    assert_eq!(home.listed("same_trigger_same_person|S-1/waiting_hunger_thirst"), None);
    assert_eq!(home.listed("same_trigger_same_person|S-1/unknown"), None);
    assert_eq!(home.listed("same_person|S-1"), Some(vec!["r0", "r1", "r3"]));
}

#[test]
fn causes_count_from_every_round_but_not_from_a_rival_that_was_not_kept() {
    let mut home = Home::new();
    let with_cause = |cause: &str| {
        let mut review = risk(1, 1);
        review["factors"] = json!([cause]);
        review
    };
    for number in 0..5 {
        let record = format!("r{number}");
        home.reports(noon("2026-06-10"), &record, medication(json!({})));
        let one = home.event("senior", noon("2026-06-11"), "review_risk", &record, with_cause("task"));
        let other =
            home.event("deputy_manager", noon("2026-06-11"), "review_risk", &record, with_cause("team"));
        let keep = one.id.clone();
        home.arrives(one, noon("2026-06-11"));
        let mut other = other;
        other.id = EventId::new(format!("other{number}"));
        assert_eq!(home.arrives(other, noon("2026-06-11")).result, Outcome::Conflict);
        let resolve = json!({"step": 2, "keep": keep, "reason": "It fits"});
        home.does("registered_manager", noon("2026-06-12"), "resolve", &record, resolve);
    }
    assert_eq!(home.listed("same_factor|team"), None);
    assert_eq!(home.listed("same_factor|task").map(|records| records.len()), Some(5));
}

#[test]
fn a_late_report_completes_a_window_in_the_past() {
    let mut home = Home::new();
    for (record, date) in [("r1", "2026-05-01"), ("r3", "2026-05-20")] {
        home.reports(noon(date), record, medication(json!({"location": "hall"})));
    }
    assert_eq!(home.listed(PLACE), None);
    let report = medication(json!({"location": "hall"}));
    home.late("reporter", (noon("2026-05-10"), noon("2026-07-22")), "report", "r2", report);
    assert_eq!(home.listed(PLACE), Some(vec!["r1", "r2", "r3"]));
    let alert = home.alert(PLACE);
    assert_eq!((alert.raised_at, alert.late), (noon("2026-07-22"), true));
    assert_eq!(alert.late_records().map(|record| record.as_str()).collect::<Vec<_>>(), ["r2"]);
    // A note that comes late joins nobody.
    home.late("boss", (noon("2026-07-01"), noon("2026-07-23")), "add_note", "r1", json!({"text": "x"}));
    assert_eq!(home.alert(PLACE).late_records().count(), 1);
}

#[test]
fn a_snoozed_alert_is_joined_silently_and_opens_by_itself() {
    let mut home = happened(&["2026-06-01T08:00+01:00"; 3], json!({"location": "hall"}));
    let until = "2026-12-10T12:00:00+00:00";
    home.does(
        "deputy_manager",
        at("2026-12-01T12:00+00:00"),
        "snooze_alert",
        "",
        json!({"alert": PLACE, "until": until}),
    );
    home.reports(
        at("2026-12-02T12:00+00:00"),
        "r9",
        medication(json!({"location": "hall", "occurred_at": "2026-06-02T08:00+01:00"})),
    );
    assert_eq!((home.count(PLACE), home.listed(PLACE).map(|records| records.len())), (1, Some(4)));
    assert_eq!(home.state(PLACE, at(until) - chrono::Duration::seconds(1)), State::Snoozed);
    assert_eq!(home.state(PLACE, at(until)), State::Open);
}

#[test]
fn a_settled_alert_is_not_joined_and_what_is_in_it_raises_nothing() {
    let mut home = happened(&["2026-06-01T08:00+01:00"; 3], json!({"location": "hall"}));
    let now = at("2026-12-02T12:00+00:00");
    home.does("registered_manager", now, "dismiss_alert", "", json!({"alert": PLACE, "reason": "Chance"}));
    home.does("boss", now, "add_note", "r1", json!({"text": "x"}));
    assert_eq!(home.count(PLACE), 1);
    let next = medication(json!({"location": "hall", "occurred_at": "2026-06-20T08:00+01:00"}));
    home.reports(now, "r9", next);
    assert_eq!((home.count(PLACE), home.state(PLACE, now)), (2, State::Open));
    assert_eq!(home.listed(PLACE), Some(vec!["r0", "r1", "r2", "r9"]));
    assert!(home.register.is_repeat_concern(home.record("r0")));
    home.does("registered_manager", now, "dismiss_alert", "", json!({"alert": PLACE, "reason": "Chance"}));
    assert!(!home.register.is_repeat_concern(home.record("r0")));
}

#[test]
fn a_withdrawn_record_stays_listed_and_no_longer_counts() {
    let mut home = happened(&["2026-06-01T08:00+01:00"; 3], json!({"location": "hall"}));
    let now = at("2026-12-02T12:00+00:00");
    home.does("registered_manager", now, "dismiss_alert", "", json!({"alert": PLACE, "reason": "Chance"}));
    home.does("registered_manager", now, "withdraw", "r0", json!({"reason": "Not here"}));
    home.does("registered_manager", now, "withdraw", "r1", json!({"reason": "Not here"}));
    home.reports(now, "r3", medication(json!({"location": "hall", "occurred_at": "2026-06-02T08:00+01:00"})));
    assert_eq!((home.count(PLACE), home.listed(PLACE)), (1, Some(vec!["r0", "r1", "r2"])));
    home.does("registered_manager", now, "reopen", "r1", json!({"reason": "It was here"}));
    assert_eq!(home.count(PLACE), 1, "r1 is in an alert already");
    home.does("boss", now, "add_note", "r3", json!({"text": "x"}));
    assert_eq!((home.count(PLACE), home.listed(PLACE)), (2, Some(vec!["r1", "r2", "r3"])));
}

#[test]
fn a_record_amended_out_of_the_window_stays_listed_in_its_new_place() {
    let mut home = happened(&["2026-06-01T08:00+01:00"; 3], json!({"location": "hall"}));
    let now = at("2026-12-02T12:00+00:00");
    let amend = |changes: Value| json!({"changes": changes, "reason": "Wrong day"});
    home.does("reporter", now, "amend", "r0", amend(json!({"occurred_at": "2026-08-01T08:00+01:00"})));
    assert_eq!(home.listed(PLACE), Some(vec!["r1", "r2", "r0"]));
    home.reports(now, "r3", medication(json!({"location": "hall", "occurred_at": "2026-08-02T08:00+01:00"})));
    assert_eq!(home.listed(PLACE), Some(vec!["r1", "r2", "r0"]), "only two in August");
    home.does("reporter", now, "amend", "r2", amend(json!({"occurred_at": "2026-08-03T08:00+01:00"})));
    assert_eq!(home.listed(PLACE), Some(vec!["r1", "r0", "r3", "r2"]));
}

#[test]
fn a_site_sets_its_own_numbers() {
    let check = |rules: Value, group: &str, days: i64, raised: bool| {
        let mut directory = directory();
        let rules = rules.as_object().cloned().unwrap_or_default();
        directory.sites.entry("meadow".into()).or_default().settings.rules = rules.into_iter().collect();
        let mut home = Home::with(directory);
        for (record, when) in
            [("r1", noon("2026-06-01")), ("r2", noon("2026-06-01") + chrono::Duration::days(days))]
        {
            home.reports(when, record, medication(json!({"risk_group": group})));
        }
        assert_eq!(
            home.count(&format!("same_risk_group|{group}")),
            usize::from(raised),
            "{group} after {days}"
        );
    };
    check(json!({}), "lithium", 29, true);
    check(json!({}), "lithium", 30, false);
    check(json!({}), "insulin", 89, true);
    check(json!({}), "insulin", 90, false);
    let general = json!({"same_risk_group": {"days": 10}});
    check(general.clone(), "lithium", 10, false);
    check(general, "insulin", 89, true);
    let keyed = json!({"same_risk_group": {"days": 40, "insulin": {"threshold": 3, "days": 10}, "lithium": {"days": 50}}});
    check(keyed.clone(), "insulin", 1, false);
    check(keyed.clone(), "lithium", 49, true);
    check(keyed.clone(), "digoxin", 39, true);
    check(keyed, "digoxin", 40, false);
}

#[test]
fn the_table_of_rules_says_what_the_vocabulary_says() {
    use crate::{
        patterns::{RULES, Rule},
        vocabulary::ALERT_RULE,
    };
    assert_eq!(RULES.len(), ALERT_RULE.codes.len());
    for (spec, code) in RULES.iter().zip(ALERT_RULE.codes) {
        assert_eq!((spec.code, spec.rule.spec().code), (code.code, code.code));
        let window = spec.window.map(|window| (window.threshold.to_string(), window.days.to_string()));
        let fact = |name: &str| code.fact(name).map(str::to_owned);
        assert_eq!(window, fact("threshold").zip(fact("days")), "{}", code.code);
        for (key, window) in spec.special {
            assert_eq!(Some(window.days.to_string()), fact(&format!("days_{key}")), "{key}");
        }
        assert_eq!(Rule::from_code(code.code), Some(spec.rule));
    }
}

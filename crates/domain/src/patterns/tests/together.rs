//! Which alerts about what came back are one line of a list, and which are not.

use super::{
    super::{
        Alert, By, Rule, Together,
        key::COMES_BACK,
        together::{ALL, together},
    },
    *,
};

/// Each record is reported and finished on the day of its place in the list, and the last one is only reported.
fn came_again(reports: &[(&str, Value)]) -> Home {
    let mut home = Home::new();
    came_again_in(&mut home, 1, reports);
    home
}

fn came_again_in(home: &mut Home, first: usize, reports: &[(&str, Value)]) {
    for (day, (record, with)) in (first..).zip(reports) {
        let when = noon(&format!("2026-06-{day:02}"));
        home.reports(when, record, with.clone());
        if day + 1 < first + reports.len() {
            home.finished(when + chrono::Duration::hours(1), record);
        }
    }
}

fn of_rule(home: &Home) -> Vec<&Alert> {
    home.register.alerts("meadow").filter(|alert| alert.rule == Rule::RecurrenceAfterClose).collect()
}

/// "risk_group/medication/mar_gap/insulin: a b", the lines with more alerts than one, sorted.
fn said(home: &Home, alerts: &[&Alert]) -> Vec<String> {
    let lines = together(alerts, &home.register);
    let mut places: Vec<usize> = lines.iter().flat_map(|line| line.alerts.clone()).collect();
    places.sort_unstable();
    assert_eq!(places, (0..alerts.len()).collect::<Vec<_>>(), "each alert stands in one line");
    let say = |Together { about, alerts: places }: Together| {
        let mut keys: Vec<&str> = places.iter().map(|place| alerts[*place].key.as_str()).collect();
        keys.sort_unstable();
        assert_eq!(about.is_some(), keys.len() > 1);
        Some(format!("{}: {}", about?.code(), keys.join(" ")))
    };
    let mut said: Vec<String> = lines.into_iter().filter_map(say).collect();
    said.sort_unstable();
    said
}

fn insulin(person: &str) -> Value {
    medication(json!({"risk_group": "insulin", "people": [person]}))
}

#[test]
fn what_came_back_after_several_finished_records_is_one_line() {
    let bed = || report("environment", json!({"hazard": "bed_rails", "location": "room_1"}));
    let home = came_again(&[("a", bed()), ("b", bed()), ("c", bed()), ("d", bed())]);
    let alerts = of_rule(&home);
    assert_eq!(alerts.len(), 3, "one for each finished record, as the model has it");
    assert_eq!(said(&home, &alerts), ["place/environment/bed_rails/room_1: a b c"]);
    // The newest first, as on the list: the same.
    let newest_first: Vec<&Alert> = alerts.iter().rev().copied().collect();
    assert_eq!(said(&home, &newest_first), ["place/environment/bed_rails/room_1: a b c"]);
    assert_eq!(said(&home, &alerts[..1]), [""; 0], "one alert is no line of several");
}

#[test]
fn another_kind_of_thing_or_another_place_is_another_line() {
    let hazard = |code: &str, place: &str| report("environment", json!({"hazard": code, "location": place}));
    let mut home = Home::new();
    for (first, code, place) in
        [(1, "bed_rails", "room_1"), (5, "lighting", "room_1"), (9, "lighting", "room_2")]
    {
        let names: Vec<String> = (first..first + 3).map(|day| format!("r{day:02}")).collect();
        let reports: Vec<(&str, Value)> =
            names.iter().map(|name| (name.as_str(), hazard(code, place))).collect();
        came_again_in(&mut home, first, &reports);
    }
    let alerts = of_rule(&home);
    assert_eq!(
        said(&home, &alerts),
        [
            "place/environment/bed_rails/room_1: r01 r02",
            "place/environment/lighting/room_1: r05 r06",
            "place/environment/lighting/room_2: r09 r10",
        ]
    );
}

/// Found in a year of a provider: one person had both medicines, so the alerts share records, and say two things.
#[test]
fn two_patterns_that_share_a_record_are_two_lines() {
    let thinner = |person: &str| medication(json!({"risk_group": "anticoagulant", "people": [person]}));
    let home = came_again(&[
        ("a", insulin("R-1")),
        ("b", insulin("R-1")),
        ("c", thinner("R-1")),
        ("d", thinner("R-2")),
        ("e", thinner("R-3")),
        ("f", thinner("R-4")),
    ]);
    let alerts = of_rule(&home);
    let records = |alert: &Alert| alert.records().map(|id| id.as_str()).collect::<String>();
    assert_eq!(
        alerts.iter().map(|alert| records(alert)).collect::<Vec<_>>(),
        ["abc", "bc", "cdef", "def", "ef"]
    );
    assert_eq!(
        said(&home, &alerts),
        ["person/medication/mar_gap/R-1: a b", "risk_group/medication/mar_gap/anticoagulant: c d e"]
    );
    // Each stands where its first alert stood.
    let order: Vec<Vec<usize>> =
        together(&alerts, &home.register).into_iter().map(|line| line.alerts).collect();
    assert_eq!(order, [vec![0, 1], vec![2, 3, 4]]);
}

#[test]
fn an_alert_whose_records_share_no_one_thing_stands_alone() {
    let with = |place: &str, person: &str| medication(json!({"location": place, "people": [person]}));
    let home = came_again(&[
        ("a", with("hall", "R-1")),
        ("b", with("hall", "R-2")),
        ("c", with("hall", "R-2")),
        ("d", with("lounge", "R-1")),
    ]);
    let alerts = of_rule(&home);
    assert_eq!(alerts.iter().map(|alert| alert.key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(alerts[0].records().count(), 4);
    // The first came back in the hall twice and with its person elsewhere once.
    assert_eq!(said(&home, &alerts), [""; 0]);
}

#[test]
fn a_record_that_is_corrected_to_something_else_leaves_the_line() {
    let bed = || report("environment", json!({"hazard": "bed_rails", "location": "room_1"}));
    let mut home = came_again(&[("a", bed()), ("b", bed()), ("c", bed())]);
    assert_eq!(said(&home, &of_rule(&home)), ["place/environment/bed_rails/room_1: a b"]);
    let other = json!({"changes": {"location": "room_2"}, "reason": "Wrong room"});
    home.does("boss", noon("2026-06-20"), "amend", "a", other);
    assert_eq!(said(&home, &of_rule(&home)), [""; 0]);
}

#[test]
fn of_several_things_in_common_the_one_that_says_most_names_the_line() {
    let same = |with: Value| came_again(&[("a", with.clone()), ("b", with.clone()), ("c", with)]);
    let name = |home: &Home| together(&of_rule(home), &home.register)[0].about.as_ref().map(|about| about.by);
    assert_eq!(
        name(&same(report("environment", json!({"asset": "H7", "location": "hall"})))),
        Some(By::Equipment)
    );
    let all = json!({"risk_group": "insulin", "people": ["R-1"], "location": "hall"});
    assert_eq!(name(&same(medication(all))), Some(By::RiskGroup));
    assert_eq!(name(&same(medication(json!({"people": ["R-1"], "location": "hall"})))), Some(By::Person));
}

#[test]
fn what_is_looked_at_is_what_the_rule_looks_at() {
    let sorted = |mut all: Vec<String>| {
        all.sort_unstable();
        all
    };
    let (here, rule) = (ALL.iter().map(|(_, _, parts)| *parts), COMES_BACK.iter().copied());
    let words = |parts: &[super::super::key::Part]| format!("{parts:?}");
    assert_eq!(sorted(here.map(words).collect()), sorted(rule.map(words).collect()));
}

//! The runner itself: what must be ok is ok, and what must FAIL does FAIL.

use super::{cast, file, in_domain::InDomain, play};

const HEAD: &str = "\
scenario: s
title: t
sites: [{id: a}]
staff:
  - {id: carer, roles: {a: [reporter]}}
  - {id: senior, roles: {a: [senior]}}
  - {id: manager, roles: {a: [registered_manager]}}
";

const REPORT: &str = "{id: e1, at: 2026-06-01T09:00+01:00, by: carer, do: report, record: r1, with: \
    {category: environment, happened: nothing_yet, hazard: lighting}}";

fn play(events: &[&str], expect: &[&str]) -> play::Played {
    let list = |lines: &[&str]| lines.iter().map(|line| format!("  - {line}\n")).collect::<String>();
    let words = format!("{HEAD}events:\n{}expect:\n{}", list(events), list(expect));
    let scenario = file::parse(&words).expect("reads");
    super::sound::check(&scenario).expect("is sound");
    let mut world = InDomain::new(&scenario, cast::directory(&scenario));
    play::play(&scenario, &mut world).expect("plays")
}

#[track_caller]
fn check(events: &[&str], expect: &str, failures: usize) {
    let played = play(events, &[expect]);
    assert_eq!(played.failures.len(), failures, "{:#?}", played.failures);
}

#[test]
fn a_right_expectation_is_ok_and_a_wrong_one_fails() {
    let record = |state: &str| {
        format!("{{at: 2026-06-01T09:00+01:00, check: record, of: r1, is: {{state: {state}, kind: hazard}}}}")
    };
    check(&[REPORT], &record("awaiting_risk_review"), 0);
    check(&[REPORT], &record("closed"), 1);
    check(&[REPORT], "{at: 2026-06-01T08:59+01:00, check: record, of: r1, is: absent}", 0);
    check(&[REPORT], "{at: 2026-06-01T09:00+01:00, check: record, of: r1, is: absent}", 1);
}

#[test]
fn an_offline_event_is_known_on_its_device_until_it_arrives() {
    let offline =
        REPORT.replace("do: report", "device: phone, offline_until: 2026-06-01T11:00+01:00, do: report");
    let seen = |at: &str, by: &str, is: &str| {
        format!("{{at: 2026-06-01T{at}+01:00, seen_by: {by}, check: record, of: r1, is: {is}}}")
    };
    check(&[&offline], &seen("10:59", "server", "absent"), 0);
    check(&[&offline], &seen("10:59", "phone", "{kind: hazard}"), 0);
    check(&[&offline], &seen("11:00", "server", "{kind: hazard, version: 1}"), 0);
    check(&[&offline], &seen("11:00", "senior", "{kind: hazard}"), 0);
}

#[test]
fn a_device_shows_only_what_its_user_may_see() {
    let other = "{id: e0, at: 2026-06-01T08:00+01:00, by: senior, do: report, record: r0, with: \
        {category: environment, happened: nothing_yet, hazard: lighting}}";
    let seen = |by: &str, is: &str| {
        format!("{{at: 2026-06-01T10:00+01:00, seen_by: {by}, check: record, of: r0, is: {is}}}")
    };
    check(&[other, REPORT], &seen("carer", "absent"), 0);
    check(&[other, REPORT], &seen("senior", "{kind: hazard}"), 0);
}

#[test]
fn a_refused_event_has_a_code_and_changes_nothing() {
    let review = "{id: e2, at: 2026-06-01T10:00+01:00, by: carer, do: review_risk, record: r1, with: \
        {potential_most_likely: 2, potential_worst: 2, likelihood: 2}}";
    let at = "at: 2026-06-01T10:01+01:00";
    check(
        &[REPORT, review],
        &format!("{{{at}, check: event, of: e2, is: {{result: refused, code: role_not_allowed}}}}"),
        0,
    );
    check(&[REPORT, review], &format!("{{{at}, check: event, of: e2, is: {{result: applied}}}}"), 1);
    check(&[REPORT, review], &format!("{{{at}, check: record, of: r1, is: {{score: none, version: 1}}}}"), 0);
    check(&[REPORT, review], &format!("{{{at}, check: attention, of: a, is: []}}"), 0);
}

#[test]
fn every_expectation_is_compared_also_after_one_that_fails() {
    let played = play(
        &[REPORT],
        &[
            "{at: 2026-06-01T10:00+01:00, check: alerts, of: a, is: [silence|main]}",
            "{at: 2026-06-01T10:00+01:00, check: record, of: r1, is: {kind: incident}}",
            "{at: 2026-06-01T10:00+01:00, check: measure, is: {value: 1}, \
          of: {measure: count, site: a, category: all, what: near_miss, from: 2026-06-01, to: 2026-06-30}}",
        ],
    );
    assert_eq!(played.failures.iter().map(|failure| failure.place).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn an_unknown_key_is_an_error_with_its_place() {
    let words =
        format!("{HEAD}events:\n  - {}\nexpect: []\n", REPORT.replace("by: carer", "by: carer, hue: red"));
    let error = file::parse(&words).expect_err("unknown key").to_string();
    assert!(error.contains("events[0]") && error.contains("hue"), "{error}");
}

#[test]
fn what_the_author_had_seen_can_be_less_than_what_is_there() {
    let review = |id: &str, by: &str, more: &str| {
        format!(
            "{{id: {id}, at: 2026-06-01T10:00+01:00, by: {by}, {more} do: review_risk, record: r1, with: \
             {{potential_most_likely: 2, potential_worst: 2, likelihood: 2}}}}"
        )
    };
    let events = [REPORT, &review("e2", "senior", ""), &review("e3", "manager", "seen: e1,")];
    let at = "at: 2026-06-01T10:00+01:00";
    check(
        &events,
        &format!("{{{at}, check: event, of: e3, is: {{result: conflict, seen: 1, version: 3}}}}"),
        0,
    );
    let blind = [REPORT, &review("e2", "senior", "seen: nothing,")];
    check(
        &blind,
        &format!("{{{at}, check: event, of: e2, is: {{result: refused, code: record_unknown}}}}"),
        0,
    );
}

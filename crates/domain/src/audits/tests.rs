//! Audits, oversight and denominators by example.

use super::*;
use crate::{
    due::{Late, overdue_list},
    patterns::tests::{Home, at, directory, medication, noon, report},
    refusal::Code,
    time::{Instant, parse_date},
    vocabulary::AUDIT_ITEM,
};
use serde_json::{Value, json};

const JULY: &str = "2026-07-02";

fn live_from(date: &str) -> Home {
    let mut directory = directory();
    directory.sites.entry("meadow".into()).or_default().live_from = parse_date(date);
    Home::with(directory)
}

/// Records closed in June, `r0` first; each happened one minute after the one before.
fn closed(count: usize) -> Home {
    let mut home = live_from("2026-06-01");
    let mut when = noon("2026-06-02");
    for number in 0..count {
        when += chrono::Duration::minutes(1);
        let record = format!("r{number:02}");
        home.reports(when, &record, medication(json!({})));
        home.finished(when, &record);
        home.does("boss", when, "close", &record, json!({"reason": "x", "weak_reason": "x"}));
    }
    home
}

fn june() -> Value {
    json!({"category": "medication", "period": "2026-06"})
}

fn opened(home: &mut Home, when: Instant) -> crate::ids::EventId {
    home.does("registered_manager", when, "open_audit", "", june())
}

#[test]
fn a_period_has_one_form_per_cadence() {
    let check = |code: &str, first: &str, last: &str, number: usize| {
        let period = Period::parse(code).unwrap_or_else(|| panic!("{code}"));
        assert_eq!((period.first().to_string(), period.last().to_string()), (first.into(), last.into()));
        assert_eq!((period.to_string(), period.number()), (code.to_owned(), number));
    };
    check("2026-06", "2026-06-01", "2026-06-30", 2026 * 12 + 6);
    check("2028-02", "2028-02-01", "2028-02-29", 2028 * 12 + 2);
    check("2026-12", "2026-12-01", "2026-12-31", 2026 * 12 + 12);
    check("2026-Q4", "2026-10-01", "2026-12-31", 2026 * 4 + 4);
    check("2026", "2026-01-01", "2026-12-31", 2026);
    for odd in [
        "", "26", "2026-", "2026-6", "2026-13", "2026-00", "2026-Q5", "2026-Q", "2026-006", "+026",
        "2026/06", "20266", "é026",
    ] {
        assert_eq!(Period::parse(odd), None, "{odd}");
    }
    let june = Period::Month(2026, 6);
    assert!(!june.is_over(at("2026-06-30T23:59+01:00")));
    assert!(june.is_over(at("2026-07-01T00:00+01:00")));
}

#[test]
fn a_site_owes_audits_of_whole_periods_since_it_went_live() {
    let home = live_from("2026-06-02");
    let names = |now: &str| -> Vec<String> {
        audits(&home.register, "meadow", at(now)).iter().map(AuditLine::name).collect()
    };
    assert!(names("2026-07-31T23:59+01:00").is_empty(), "June began before");
    assert_eq!(names("2026-08-01T00:00+01:00"), ["medication/2026-07", "behaviour/2026-07"]);
    assert!(names("2026-10-01T00:00+01:00").contains(&"environment/2026-Q3".to_owned()));
    let owed = |now: &str| -> Vec<String> {
        oversights(&home.register, "meadow", at(now)).iter().map(OversightLine::name).collect()
    };
    assert!(owed("2026-09-30T23:59+01:00").is_empty());
    assert_eq!(owed("2026-10-01T00:00+01:00"), ["medication/2026-Q3", "behaviour/2026-Q3"]);
    assert!(owed("2027-01-01T00:00+00:00").contains(&"environment/2026".to_owned()));
    assert!(audits(&Home::new().register, "meadow", noon("2030-01-01")).is_empty(), "never went live");
}

#[test]
fn the_sample_is_systematic() {
    let check = |count: usize, expected: &[&str]| {
        let mut home = closed(count);
        let audit = opened(&mut home, noon(JULY));
        let sample: Vec<&str> = home
            .register
            .audit_by_id(&audit)
            .into_iter()
            .flat_map(|audit| &audit.sample)
            .map(|id| id.as_str())
            .collect();
        assert_eq!(sample, expected, "of {count}");
    };
    // 2026 x 12 + 6 = 24318.
    check(0, &[]);
    check(1, &["r00"]);
    check(9, &["r00"]);
    check(7, &["r00"]);
    check(4, &["r02"]);
    check(10, &["r08"]);
    check(29, &["r08", "r18", "r28"]);
}

#[test]
fn high_and_reopened_records_are_sampled_by_what_they_are_now() {
    let mut home = closed(4);
    home.does("boss", noon("2026-06-05"), "reopen", "r02", json!({"reason": "x"}));
    home.reports(at("2026-06-01T00:30+01:00"), "high", medication(json!({})));
    home.does("boss", noon("2026-06-06"), "review_risk", "high", crate::patterns::tests::risk(4, 2));
    let decision = crate::patterns::tests::no_to_all(home.record("high"));
    home.does("boss", noon("2026-06-06"), "assess_notification", "high", decision);
    home.does("boss", noon("2026-06-06"), "no_action_needed", "high", json!({"reason": "x"}));
    home.does(
        "boss",
        at("2026-06-30T23:59+01:00"),
        "close",
        "high",
        json!({"reason": "x", "weak_reason": "x"}),
    );
    let audit = opened(&mut home, noon(JULY));
    let sample = home.register.audit_by_id(&audit).map(|audit| audit.sample.clone()).unwrap_or_default();
    // Three low ones are left: 24318 mod 3 = 0.
    assert_eq!(sample, ["high".into(), "r00".into()]);
}

#[test]
fn the_first_failing_check_says_why() {
    let mut home = closed(1);
    let check =
        |home: &Home, by: &str, when: Instant, verb: &str, with: Value, expected: Result<(), Code>| {
            let tried = home.tries(by, when, verb, "", with.clone());
            assert_eq!(tried.map(|_| ()), expected, "{verb} by {by}: {with}");
        };
    let july = noon(JULY);
    let of = |category: &str, period: &str| json!({"category": category, "period": period});
    check(&home, "registered_manager", july, "open_audit", of("medication", "2026-Q2"), Err(Code::BadValue));
    check(&home, "registered_manager", july, "open_audit", of("environment", "2026-06"), Err(Code::BadValue));
    check(&home, "registered_manager", july, "open_audit", of("environment", "2026-Q2"), Ok(()));
    check(&home, "registered_manager", july, "open_audit", of("cooking", "2026-06"), Err(Code::UnknownCode));
    check(
        &home,
        "registered_manager",
        july,
        "open_audit",
        of("medication", "2026-07"),
        Err(Code::PeriodNotOver),
    );
    check(&home, "deputy_manager", july, "open_audit", june(), Err(Code::RoleNotAllowed));
    let id = opened(&mut home, july);
    check(&home, "registered_manager", july, "open_audit", june(), Err(Code::AuditExists));
    let answer = |record: &str, answer: &str, note: &str| json!({"audit": id, "record": record, "item": "feedback_given", "answer": answer, "note": note});
    check(&home, "deputy_manager", july, "answer_audit", answer("r00", "n", ""), Err(Code::NoteMissing));
    check(&home, "deputy_manager", july, "answer_audit", answer("r00", "n", "x"), Ok(()));
    check(&home, "deputy_manager", july, "answer_audit", answer("r00", "maybe", "x"), Err(Code::UnknownCode));
    check(
        &home,
        "deputy_manager",
        july,
        "answer_audit",
        answer("unheard", "y", ""),
        Err(Code::RecordUnknown),
    );
    home.reports(july, "r99", medication(json!({})));
    check(&home, "deputy_manager", july, "answer_audit", answer("r99", "y", ""), Err(Code::NotInSample));
    check(
        &home,
        "deputy_manager",
        july,
        "answer_audit",
        json!({"audit": "x", "record": "r00", "item": "feedback_given", "answer": "y"}),
        Err(Code::AuditUnknown),
    );
    let sign = json!({"audit": id, "summary": "x"});
    check(&home, "registered_manager", july, "sign_audit", sign.clone(), Err(Code::AuditIncomplete));
    for item in AUDIT_ITEM.codes {
        let with = json!({"audit": id, "record": "r00", "item": item.code, "answer": "na"});
        home.does("deputy_manager", july, "answer_audit", "", with);
    }
    check(&home, "deputy_manager", july, "sign_audit", sign.clone(), Err(Code::RoleNotAllowed));
    home.does("registered_manager", july, "sign_audit", "", sign.clone());
    check(&home, "registered_manager", july, "sign_audit", sign, Err(Code::AuditSigned));
    check(&home, "deputy_manager", july, "answer_audit", answer("r00", "y", ""), Err(Code::AuditSigned));
    check(&home, "provider", july, "sign_oversight", of("medication", "2026-06"), Err(Code::BadValue));
    check(&home, "provider", july, "sign_oversight", of("medication", "2026-Q3"), Err(Code::PeriodNotOver));
    check(&home, "provider", july, "sign_oversight", of("medication", "2026-Q2"), Ok(()));
    check(&home, "provider", july, "sign_oversight", of("behaviour", "2026-Q2"), Err(Code::AuditsUnsigned));
    let noted = json!({"category": "behaviour", "period": "2026-Q2", "note": "New site"});
    check(&home, "provider", july, "sign_oversight", noted, Ok(()));
    home.does("provider", july, "sign_oversight", "", of("medication", "2026-Q2"));
    check(&home, "provider", july, "sign_oversight", of("medication", "2026-Q2"), Err(Code::OversightExists));
    let value = |month: &str, value: Value| json!({"measure": "care_hours", "month": month, "value": value});
    check(
        &home,
        "administrator",
        july,
        "record_denominator",
        value("2026-06", json!(0)),
        Err(Code::BadValue),
    );
    check(
        &home,
        "administrator",
        july,
        "record_denominator",
        value("2026-Q2", json!(1)),
        Err(Code::BadValue),
    );
    check(&home, "administrator", july, "record_denominator", value("2026-06", json!(0.5)), Ok(()));
    check(&home, "senior", july, "record_denominator", value("2026-06", json!(1)), Err(Code::RoleNotAllowed));
}

#[test]
fn figures_stay_as_they_were_when_signed() {
    let mut home = closed(1);
    home.reports(noon("2026-06-20"), "hurt", medication(json!({"reached": "yes", "harm": "some"})));
    let audit = opened(&mut home, noon(JULY));
    for (item, answer) in AUDIT_ITEM.codes.iter().zip(["n", "y", "y", "y", "n"]) {
        let with = json!({"audit": audit, "record": "r00", "item": item.code, "answer": answer, "note": "x"});
        home.does("deputy_manager", noon(JULY), "answer_audit", "", with);
    }
    // The latest answer counts.
    let with = json!({"audit": audit, "record": "r00", "item": AUDIT_ITEM.codes[0].code, "answer": "y"});
    home.does("deputy_manager", noon(JULY), "answer_audit", "", with);
    home.does("registered_manager", noon(JULY), "sign_audit", "", json!({"audit": audit, "summary": "x"}));
    home.late("reporter", (noon("2026-06-25"), noon("2026-07-10")), "report", "late", medication(json!({})));
    let line = audit_line(&home, "medication", "2026-06", "2026-08-01");
    let figures = line.audit.and_then(|audit| audit.signed.as_ref()).map(|signed| signed.figures);
    assert_eq!(figures, Some(Figures { records: 2, near_misses: 1, closed: 1, findings: 1 }));
    assert_eq!((line.state, line.due.to_string()), (AuditState::Signed, "2026-07-14".to_owned()));
}

fn audit_line<'a>(home: &'a Home, category: &str, period: &str, date: &str) -> AuditLine<'a> {
    audit(&home.register, "meadow", category, period, noon(date)).expect("an audit")
}

#[test]
fn an_audit_that_nobody_expects_can_still_be_opened() {
    let mut home = live_from("2026-07-01");
    assert!(audit(&home.register, "meadow", "medication", "2026-06", noon(JULY)).is_none());
    opened(&mut home, noon(JULY));
    let line = audit_line(&home, "medication", "2026-06", "2026-07-20");
    assert_eq!((line.state, line.is_expected), (AuditState::Open, false));
    assert!(overdue_list(&home.register, "meadow", noon("2026-07-20")).is_empty());
}

#[test]
fn late_audits_follow_late_records_in_the_overdue_list() {
    let mut home = live_from("2026-06-01");
    // Due at the moment at which the audits become overdue.
    home.reports(at("2026-07-14T00:00+01:00"), "r1", report("environment", json!({})));
    let names = |now: &str| -> Vec<String> {
        let late = overdue_list(&home.register, "meadow", at(now));
        late.iter()
            .map(|line| match line {
                Late::Record(line) => line.item.name.clone(),
                Late::Audit { name, .. } => name.clone(),
                Late::Oversight { name, .. } => format!("oversight {name}"),
            })
            .collect()
    };
    assert_eq!(names("2026-07-14T23:59+01:00"), ["2"]);
    assert_eq!(names("2026-07-15T00:01+01:00"), ["2", "3", "behaviour/2026-06", "medication/2026-06"]);
    let all = names("2026-07-29T00:01+01:00");
    assert_eq!(all[4..], ["oversight behaviour/2026-Q2", "oversight medication/2026-Q2"]);
    let late = overdue_list(&home.register, "meadow", noon("2026-07-30"));
    assert_eq!(late[2].shown_to(noon("2026-07-30")), ["registered_manager", "provider"]);
    assert_eq!(late[4].shown_to(noon("2026-07-30")), ["provider"]);
}

#[test]
fn the_way_a_sample_was_drawn_is_kept_and_draws_it_again() {
    let mut home = closed(12);
    home.reports(noon("2026-06-01"), "grave", medication(json!({})));
    home.does("boss", noon("2026-06-06"), "review_risk", "grave", crate::patterns::tests::risk(4, 2));
    let decision = crate::patterns::tests::no_to_all(home.record("grave"));
    home.does("boss", noon("2026-06-06"), "assess_notification", "grave", decision);
    home.does("boss", noon("2026-06-06"), "no_action_needed", "grave", json!({"reason": "x"}));
    let close = json!({"reason": "x", "weak_reason": "x"});
    home.does("boss", noon("2026-06-07"), "close", "grave", close);
    let id = opened(&mut home, noon(JULY));
    let audit = home.register.audit_by_id(&id).expect("the audit");
    // 24318 mod 10 = 8.
    assert_eq!(audit.draw, Draw { grave: vec!["grave".into()], rest: 12, start: 8, step: 10 });
    assert_eq!(audit.sample, ["grave".into(), "r08".into()]);
    assert_eq!(home.register.site_of_audit(&id), Some(&"meadow".into()));
}

#[test]
fn what_signing_now_would_freeze_follows_what_arrives_until_it_is_signed() {
    let mut home = closed(1);
    let id = opened(&mut home, noon(JULY));
    let now =
        |home: &Home| home.register.audit_by_id(&id).map(|audit| home.register.figures_now("meadow", audit));
    assert_eq!(now(&home), Some(Figures { records: 1, near_misses: 1, closed: 1, findings: 0 }));
    let with = json!({"audit": id, "record": "r00", "item": "feedback_given", "answer": "n", "note": "x"});
    home.does("deputy_manager", noon(JULY), "answer_audit", "", with);
    home.late("reporter", (noon("2026-06-25"), noon(JULY)), "report", "late", medication(json!({})));
    assert_eq!(now(&home), Some(Figures { records: 2, near_misses: 2, closed: 1, findings: 1 }));
}

#[test]
fn the_provider_asks_and_the_first_answer_of_a_manager_stays() {
    let mut home = live_from("2026-06-01");
    let july = noon(JULY);
    let ask = json!({"text": "Why was nothing closed?", "category": "medication", "period": "2026-Q2"});
    let check = |home: &Home, by: &str, verb: &str, with: Value, expected: Result<(), Code>| {
        let tried = home.tries(by, july, verb, "", with.clone());
        assert_eq!(tried.map(|_| ()), expected, "{verb} by {by}: {with}");
    };
    check(&home, "provider", "ask_manager", json!({}), Err(Code::MissingField));
    check(&home, "provider", "ask_manager", json!({"text": "x", "period": "June"}), Err(Code::BadValue));
    check(&home, "provider", "ask_manager", json!({"text": "x", "category": "y"}), Err(Code::UnknownCode));
    check(&home, "provider", "ask_manager", json!({"text": "About no audit"}), Ok(()));
    for by in ["registered_manager", "deputy_manager", "senior", "administrator", "reporter"] {
        check(&home, by, "ask_manager", ask.clone(), Err(Code::RoleNotAllowed));
    }
    let question = home.does("provider", july, "ask_manager", "", ask);
    let answer = json!({"question": question, "text": "The lead was away"});
    for by in ["provider", "medication_lead", "senior", "reporter"] {
        check(&home, by, "answer_provider", answer.clone(), Err(Code::RoleNotAllowed));
    }
    let unknown = json!({"question": "e99", "text": "x"});
    check(&home, "deputy_manager", "answer_provider", unknown, Err(Code::QuestionUnknown));
    check(&home, "deputy_manager", "answer_provider", json!({"question": question}), Err(Code::MissingField));
    home.does("deputy_manager", july, "answer_provider", "", answer.clone());
    check(&home, "registered_manager", "answer_provider", answer, Err(Code::QuestionAnswered));
    let asked: Vec<&ProviderQuestion> = home.register.provider_questions("meadow").collect();
    assert_eq!(
        (asked.len(), asked[0].category, asked[0].period),
        (1, Some("medication"), Period::parse("2026-Q2"))
    );
    assert_eq!(asked[0].answer.as_ref().map(|answer| answer.text.as_str()), Some("The lead was away"));
    assert_eq!(home.register.provider_questions("oak").count(), 0);
}

//! What may and may not be done, by example.

mod apart;
mod extremes;
mod imported;
mod learning;
mod manager;
mod photos;
mod properties;
mod units;

use super::*;
use crate::{
    directory::{Delegation, Directory, Site, Staff},
    event::{Mark, Received},
    ids::{DeviceId, EventId, StaffId},
    pathway::State,
    record::Kind,
    roles::Role,
    time::parse_instant,
};
use chrono::NaiveDate;
use serde_json::json;
use std::sync::Arc;

/// A home with somebody for every role.
fn home() -> Register {
    let mut directory = Directory::default();
    directory.sites.insert("meadow".into(), Site::default());
    directory.sites.insert("oak".into(), Site::default());
    for (id, role) in [
        ("care", Role::Reporter),
        ("care2", Role::Reporter),
        ("senior", Role::Senior),
        ("lead", Role::ShiftLead),
        ("manager", Role::RegisteredManager),
        ("meds", Role::MedicationLead),
        ("repairs", Role::MaintenanceLead),
        ("calm", Role::BehaviourLead),
        ("deputy", Role::DeputyManager),
        ("provider", Role::Provider),
        ("admin", Role::Administrator),
        ("inspector", Role::Inspector),
    ] {
        let roles = [("meadow".into(), vec![role])].into();
        directory.staff.insert(id.into(), Staff { roles, ..Staff::default() });
    }
    Register::new(Arc::new(directory))
}

/// A simulated home: writes and takes events, one minute apart.
struct Home {
    register: Register,
    now: Instant,
    count: u64,
}

impl Home {
    fn new() -> Self {
        Self { register: home(), now: at("2026-06-11T08:00+01:00"), count: 0 }
    }

    fn event(&mut self, by: &str, verb: &str, record: &str, with: Value) -> Event {
        self.count += 1;
        self.now += Duration::minutes(1);
        Event {
            id: EventId::new(format!("e{}", self.count)),
            verb: verb.to_owned(),
            site: "meadow".into(),
            record: Some(record.into()),
            by: by.into(),
            device: DeviceId::new(format!("{by}-phone")),
            with: with.as_object().cloned().unwrap_or_default().into(),
            seen: self.register.record(record).map_or(0, |record| record.version),
            device_time: self.now,
            offset_ms: Some(0),
        }
    }

    fn try_to(&mut self, by: &str, verb: &str, record: &str, with: Value) -> Result<EventId, Code> {
        let event = self.event(by, verb, record, with);
        let moment = Moment { corrected_at: self.now, token_for: None };
        let event = decide(&self.register, event, &moment).map_err(|refusal| refusal.code)?;
        let judgement = self.arrive(event.clone());
        assert_eq!(judgement.result, Outcome::Applied, "{verb} by {by}: {:?}", judgement.code);
        Ok(event.id)
    }

    fn does(&mut self, by: &str, verb: &str, record: &str, with: Value) -> EventId {
        self.try_to(by, verb, record, with).unwrap_or_else(|code| panic!("{verb} by {by}: {code}"))
    }

    fn arrive(&mut self, event: Event) -> Judgement {
        self.count += 1;
        let arrival =
            Arrival { seq: self.count, received_at: self.now, offset_ms: 0, token_for: None, online: false };
        let judgement = judge(&self.register, &event, &arrival);
        self.register.take(Arc::new(Received { event, judgement: judgement.clone() }));
        judgement
    }

    fn record(&self, id: &str) -> &Record {
        self.register.record(id).expect(id)
    }

    fn reported(category: &str) -> Self {
        let mut home = Home::new();
        home.does("care", "report", "r", report(category));
        home
    }
}

fn at(text: &str) -> Instant {
    parse_instant(text).expect(text)
}

fn report(category: &str) -> Value {
    match category {
        "medication" => {
            json!({"category": category, "happened": "something_happened", "reached": "no", "error_type": "wrong_dose"})
        }
        "environment" => json!({"category": category, "happened": "nothing_yet", "hazard": "hoist"}),
        _ => {
            json!({"category": category, "happened": "something_happened", "reached": "no", "hands_on": "no", "behaviour_type": "throwing", "triggers": ["noise"]})
        }
    }
}

fn risk() -> Value {
    json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2, "confirms_near_miss": "y"})
}

fn no_to_all(home: &Home, record: &str) -> Value {
    let spec = home.record(record).spec().expect("spec");
    let answers: serde_json::Map<String, Value> =
        notification::questions_for(spec).map(|question| (question.id.clone(), json!("n"))).collect();
    json!({"answers": answers, "outcome": "not_notifiable", "reason": "Caught in time"})
}

#[test]
fn every_category_goes_through_five_steps_by_five_people() {
    for (category, reviewer, lead) in [
        ("medication", "senior", "meds"),
        ("environment", "senior", "repairs"),
        ("behaviour", "lead", "calm"),
    ] {
        let mut home = Home::reported(category);
        home.does(reviewer, "review_risk", "r", risk());
        let decision = no_to_all(&home, "r");
        home.does("manager", "assess_notification", "r", decision);
        let plan = json!({"text": "Change it", "owner": lead, "due": "2026-06-20", "strength": "stronger"});
        let action = home.does(lead, "plan_action", "r", plan);
        home.does(lead, "complete_action", "r", json!({"action": action}));
        if category == "environment" {
            assert_eq!(home.try_to(lead, "finish_actions", "r", json!({})), Err(Code::NotVerified));
            home.does("senior", "verify_action", "r", json!({"action": action, "result": "fixed"}));
        }
        home.does(lead, "finish_actions", "r", json!({}));
        let count = json!({"count": 0, "per": 28, "unit": "days"});
        let outcome = json!({"measure": "m", "baseline": count, "value": count, "review": "28d", "verdict": "improved", "evidence": ["audit"]});
        home.does("deputy", "record_outcome", "r", outcome);
        home.does("deputy", "close", "r", json!({}));
        assert_eq!(home.record("r").state, State::Closed, "{category}");
        assert_eq!(home.record("r").version, 7 + u32::from(category == "environment") + 1);
    }
}

#[test]
fn nobody_skips_a_step_or_takes_anothers() {
    let check = |by: &str, verb: &str, with: Value, expected: Code| {
        let mut home = Home::reported("medication");
        assert_eq!(home.try_to(by, verb, "r", with), Err(expected), "{verb} by {by}");
    };
    check(
        "manager",
        "assess_notification",
        json!({"answers": {}, "outcome": "not_notifiable"}),
        Code::WrongState,
    );
    check("care2", "review_risk", risk(), Code::RoleNotAllowed);
    check("lead", "review_risk", risk(), Code::RoleNotAllowed);
    check("inspector", "add_note", json!({"text": "hello"}), Code::ReadOnlyRole);
    check("stranger", "add_note", json!({"text": "hello"}), Code::NoRoleAtSite);
    check("senior", "answer", json!({"question": "none", "text": "x"}), Code::QuestionUnknown);
    check("deputy", "close", json!({}), Code::WrongState);
    check("admin", "withdraw", json!({"reason": "x"}), Code::RoleNotAllowed);
    check("senior", "review_risk", json!({}), Code::MissingField);
    check(
        "senior",
        "review_risk",
        json!({"potential_most_likely": 6, "potential_worst": 6, "likelihood": 1}),
        Code::BadValue,
    );
    check(
        "senior",
        "review_risk",
        json!({"potential_most_likely": 3, "potential_worst": 2, "likelihood": 1}),
        Code::WorstBelowMostLikely,
    );
    check("senior", "fly", json!({}), Code::UnknownCode);
    check("senior", "mark_duplicate", json!({"of": "r"}), Code::DuplicateOfSelf);
    check("senior", "mark_duplicate", json!({"of": "unheard"}), Code::RecordUnknown);
}

#[test]
fn a_report_is_refused_only_for_what_it_says() {
    let check = |changes: Value, expected: Result<Kind, Code>| {
        let mut home = Home::new();
        let mut with = report("medication");
        for (name, value) in changes.as_object().expect("map") {
            with[name] = value.clone();
        }
        let result = home.try_to("care", "report", "r", with);
        assert_eq!(result.map(|_| home.record("r").kind), expected, "{changes}");
    };
    check(json!({}), Ok(Kind::NearMiss));
    check(json!({"reached": "unsure"}), Ok(Kind::Unclassified));
    check(json!({"reached": null}), Ok(Kind::Unclassified));
    check(json!({"reached": "yes"}), Ok(Kind::Unclassified));
    check(json!({"reached": "yes", "harm": "none"}), Ok(Kind::NoHarmIncident));
    check(json!({"reached": "yes", "harm": "some"}), Ok(Kind::Incident));
    check(json!({"reached": "no", "harm": "some"}), Err(Code::FactsContradict));
    check(json!({"happened": "nothing_yet", "reached": null}), Ok(Kind::Hazard));
    check(json!({"happened": "nothing_yet", "reached": "yes"}), Err(Code::FactsContradict));
    check(json!({"error_type": "omitted"}), Ok(Kind::Unclassified));
    check(json!({"error_type": "omitted", "harm": "none"}), Ok(Kind::NoHarmIncident));
    check(json!({"error_type": "unheard"}), Err(Code::UnknownCode));
    check(json!({"hazard": "hoist"}), Err(Code::UnknownCode));
    check(json!({"error_type": ""}), Err(Code::MissingField));
    check(json!({"occurred_at": "2026-06-12T08:01:00+01:00"}), Ok(Kind::NearMiss));
    check(json!({"occurred_at": "2026-06-12T08:02:00+01:00"}), Err(Code::OccurredInFuture));
    check(json!({"occurred_at": "yesterday"}), Err(Code::BadValue));
    check(json!({"identity": "anonymous"}), Err(Code::BadValue));
}

#[test]
fn a_delegate_acts_for_the_manager_only_between_the_dates() {
    let mut home = Home::reported("medication");
    let mut directory = home.register.directory().clone();
    let date = |day| NaiveDate::from_ymd_opt(2026, 6, day).expect("date");
    let stand_in = Delegation { site: "meadow".into(), from: date(11), to: date(11) };
    directory.staff.entry(StaffId::from("senior")).or_default().delegate.push(stand_in);
    home.register.set_directory(Arc::new(directory));
    home.does("senior", "review_risk", "r", risk());
    let with = no_to_all(&home, "r");
    let event = home.event("senior", "assess_notification", "r", with.clone());
    let judged = home.arrive(event);
    assert_eq!(judged.marks, [Mark::SelfReview, Mark::Delegate]);
    home.now = at("2026-06-12T08:00+01:00");
    let mut changed = with;
    changed["reason"] = json!("again");
    assert_eq!(home.try_to("senior", "revise_notification", "r", changed), Err(Code::RoleNotAllowed));
}

#[test]
fn a_role_that_ended_sets_a_decision_aside_but_never_a_report() {
    let mut home = Home::reported("medication");
    let review = home.event("senior", "review_risk", "r", risk());
    let late_report = home.event("senior", "report", "r2", report("medication"));
    let mut directory = home.register.directory().clone();
    directory.staff.entry(StaffId::from("senior")).or_default().to = NaiveDate::from_ymd_opt(2026, 6, 11);
    home.register.set_directory(Arc::new(directory));
    home.now = at("2026-06-13T08:00+01:00");
    let judged = home.arrive(review);
    assert_eq!(
        (judged.result, judged.code, judged.version),
        (Outcome::SetAside, Some(Code::RoleEnded), None)
    );
    assert_eq!(home.record("r").state, State::AwaitingRiskReview);
    assert_eq!(home.record("r").set_aside.len(), 1);
    assert_eq!(home.arrive(late_report).result, Outcome::Applied);
}

#[test]
fn the_same_id_with_other_words_is_set_aside() {
    let mut home = Home::reported("medication");
    let mut again = home.event("care", "report", "r9", report("environment"));
    again.id = "e1".into();
    assert_eq!(home.arrive(again).code, Some(Code::IdReused));
    assert!(home.register.record("r9").is_none());
    assert_eq!(home.register.attention("meadow").count(), 1);
}

#[test]
fn every_refusal_has_a_sentence_that_says_what_to_do() {
    for code in Code::ALL {
        let sentence = code.sentence();
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{code}: {sentence}");
        assert_eq!(code.as_str().parse(), Ok(*code));
    }
}

#[test]
fn what_was_typed_comes_back_when_a_missed_dose_turns_out_to_be_nearly_missed() {
    let mut home = Home::new();
    let mut with = report("medication");
    with["error_type"] = json!("omitted");
    home.does("care", "report", "r", with);
    assert_eq!(home.record("r").facts.code("reached"), Some("yes"));
    home.does(
        "care",
        "amend",
        "r",
        json!({"changes": {"error_type": "nearly_omitted"}, "reason": "It was given"}),
    );
    assert_eq!(home.record("r").kind, Kind::NearMiss);
}

#[test]
fn a_revision_that_asks_for_advice_is_refused_before_anything_else() {
    let mut home = Home::reported("medication");
    home.does("senior", "review_risk", "r", risk());
    let mut decision = no_to_all(&home, "r");
    home.does("manager", "assess_notification", "r", decision.clone());
    decision["outcome"] = json!("seek_advice");
    assert_eq!(home.try_to("manager", "revise_notification", "r", decision), Err(Code::OutcomeNotAllowed));
}

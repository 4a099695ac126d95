//! What a check of the verb keeps for the registered manager, or asks a reason for.

use super::*;

/// A record of step 5, for its own reporter and everybody else.
fn in_step_5(home: &mut Home) {
    home.does("senior", "review_risk", "r", risk());
    let decision = no_to_all(home, "r");
    home.does("manager", "assess_notification", "r", decision);
    home.does("meds", "no_action_needed", "r", json!({"reason": "a slip"}));
}

fn outcome(verdict: &str) -> Value {
    let count = json!({"count": 0, "per": 28, "unit": "days"});
    json!({"measure": "m", "baseline": count, "value": count, "review": "28d", "verdict": verdict, "evidence": ["audit"]})
}

#[test]
fn an_outcome_that_a_person_kept_counts_for_closing() {
    let mut home = Home::reported("medication");
    in_step_5(&mut home);
    let rival = home.event("manager", "record_outcome", "r", outcome("improved"));
    let keep = rival.id.clone();
    home.does("deputy", "record_outcome", "r", outcome("worse"));
    assert_eq!(home.arrive(rival).result, Outcome::Conflict);
    home.does("manager", "resolve", "r", json!({"step": 5, "keep": keep, "reason": "measured again"}));
    assert_eq!(home.record("r").state, State::AwaitingOutcome);
    home.does("deputy", "close", "r", json!({}));
}

fn stands_in(home: &mut Home, who: &str) {
    let mut directory = home.register.directory().clone();
    let date = |day| NaiveDate::from_ymd_opt(2026, 6, day).expect("date");
    let stand_in = Delegation { site: "meadow".into(), from: date(11), to: date(11) };
    directory.staff.entry(StaffId::from(who)).or_default().delegate.push(stand_in);
    home.register.set_directory(Arc::new(directory));
}

#[test]
fn what_only_a_check_of_the_verb_keeps_for_the_manager_is_marked_too() {
    let mut home = Home::reported("medication");
    in_step_5(&mut home);
    stands_in(&mut home, "deputy");
    let close = home.event("deputy", "close", "r", json!({"reason": "nothing more to learn"}));
    assert_eq!(home.arrive(close).marks, [Mark::Delegate]);

    let mut home = Home::reported("medication");
    home.does("care", "amend", "r", json!({"changes": {"concern": "very"}, "reason": "I saw more"}));
    stands_in(&mut home, "care");
    let withdraw = home.event("care", "withdraw", "r", json!({"reason": "a mistake"}));
    assert_eq!(home.arrive(withdraw).marks, [Mark::Delegate]);
}

#[test]
fn blanks_are_no_reason() {
    let mut home = Home::reported("medication");
    in_step_5(&mut home);
    assert_eq!(home.try_to("manager", "close", "r", json!({"reason": "  "})), Err(Code::ReasonMissing));
}

#[test]
fn the_answers_in_force_make_a_record_urgent_not_those_of_a_rival() {
    let mut home = Home::reported("medication");
    home.does("senior", "review_risk", "r", risk());
    let calm = no_to_all(&home, "r");
    let mut grave = calm.clone();
    grave["answers"]["abuse"] = json!("unsure");
    stands_in(&mut home, "deputy");
    let rival = home.event("deputy", "assess_notification", "r", grave);
    let keep = rival.id.clone();
    home.does("manager", "assess_notification", "r", calm);
    assert_eq!(home.arrive(rival).result, Outcome::Conflict);
    assert!(!home.record("r").is_urgent());
    home.does("manager", "resolve", "r", json!({"step": 3, "keep": keep, "reason": "it was abuse"}));
    assert_eq!(home.record("r").urgent_reasons(), [crate::record::UrgentReason::AnswerAbuse]);
    assert!(home.record("r").is_urgent());
}

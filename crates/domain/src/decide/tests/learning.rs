//! Feedback, stories and shared actions. Source: docs/decisions/016.

use super::*;
use crate::sight::Viewer;

/// An event about the site: no record.
fn of_site(home: &mut Home, by: &str, verb: &str, with: Value) -> Result<EventId, Code> {
    let mut event = home.event(by, verb, "r", with);
    (event.record, event.seen) = (None, 0);
    let moment = Moment { corrected_at: home.now, token_for: None };
    let event = decide(&home.register, event, &moment).map_err(|refusal| refusal.code)?;
    assert_eq!(home.arrive(event.clone()).result, Outcome::Applied);
    Ok(event.id)
}

fn story() -> Value {
    json!({"record": "r", "noticed": "A wrong dose", "changed": "A sheet", "different": "None since", "consent": "no_name"})
}

fn with(story: Value, name: &str, value: &str) -> Value {
    let mut story = story;
    story[name] = value.into();
    story
}

fn in_step_5(category: &str) -> Home {
    let mut home = Home::reported(category);
    home.does("senior", "review_risk", "r", risk());
    let decision = no_to_all(&home, "r");
    home.does("manager", "assess_notification", "r", decision);
    home.does("manager", "no_action_needed", "r", json!({"reason": "a slip"}));
    home
}

#[test]
fn a_story_is_told_by_the_deputy_or_the_manager_once_the_actions_ended() {
    let mut home = Home::reported("medication");
    assert_eq!(of_site(&mut home, "manager", "share_story", story()), Err(Code::WrongState));
    let mut home = in_step_5("medication");
    assert_eq!(of_site(&mut home, "senior", "share_story", story()), Err(Code::RoleNotAllowed));
    assert_eq!(of_site(&mut home, "inspector", "share_story", story()), Err(Code::ReadOnlyRole));
    let elsewhere = with(story(), "record", "another");
    assert_eq!(of_site(&mut home, "deputy", "share_story", elsewhere), Err(Code::RecordUnknown));
    let shared = of_site(&mut home, "deputy", "share_story", story()).expect("shared");
    assert_eq!(of_site(&mut home, "deputy", "share_story", story()), Err(Code::WrongState));
    assert_eq!(home.register.stories("meadow").count(), 1);
    assert_eq!(home.register.stories("oak").count(), 0);

    let end = json!({"story": shared.as_str(), "reason": "the family asked"});
    of_site(&mut home, "manager", "unshare_story", end.clone()).expect("ended");
    assert_eq!(home.register.stories("meadow").count(), 0);
    assert_eq!(of_site(&mut home, "manager", "unshare_story", end), Err(Code::WrongState));
    of_site(&mut home, "deputy", "share_story", story()).expect("told again");
}

#[test]
fn only_a_reporter_who_gave_their_name_is_named() {
    let mut home = in_step_5("medication");
    let named = with(story(), "consent", "reporter_named");
    assert_eq!(of_site(&mut home, "deputy", "share_story", named.clone()), Err(Code::MissingField));
    let another = with(named.clone(), "credit", "senior");
    assert_eq!(of_site(&mut home, "deputy", "share_story", another), Err(Code::BadValue));
    let unasked = with(story(), "credit", "care");
    assert_eq!(of_site(&mut home, "deputy", "share_story", unasked), Err(Code::BadValue));
    of_site(&mut home, "deputy", "share_story", with(named.clone(), "credit", "care")).expect("named");

    let mut home = Home::new();
    let mut sealed = report("medication");
    sealed["identity"] = "confidential".into();
    home.does("care", "report", "r", sealed);
    home.does("senior", "review_risk", "r", risk());
    let decision = no_to_all(&home, "r");
    home.does("manager", "assess_notification", "r", decision);
    home.does("manager", "no_action_needed", "r", json!({"reason": "a slip"}));
    assert_eq!(
        of_site(&mut home, "deputy", "share_story", with(named, "credit", "care")),
        Err(Code::BadValue)
    );
}

#[test]
fn the_whole_team_reads_a_story_and_only_those_who_see_the_record_reach_it() {
    let mut home = in_step_5("medication");
    let shared = of_site(&mut home, "deputy", "share_story", story()).expect("shared");
    let end = json!({"story": shared.as_str(), "reason": "about a person"});
    let ended = of_site(&mut home, "deputy", "unshare_story", end).expect("ended");
    let date = time::london_date(home.now);
    let read = |who: &str, id: &EventId| {
        let staff = StaffId::from(who);
        let viewer = Viewer { staff: &staff, directory: home.register.directory(), date };
        let received = home.register.event(id).expect("known");
        viewer
            .sees_event(&home.register, &received.event)
            .then(|| viewer.shown(&home.register, received).event)
    };
    // `care` reported it; `care2` and the leads of other categories do not see the record.
    for (who, reaches) in
        [("care", true), ("care2", false), ("repairs", false), ("senior", true), ("manager", true)]
    {
        let story = read(who, &shared).expect(who);
        assert_eq!(story.text("noticed"), Some("A wrong dose"), "{who}");
        assert_eq!(story.text("record").is_some(), reaches, "{who}");
    }
    assert!(read("nobody", &shared).is_none());
    assert_eq!(read("care2", &ended).expect("told").text("reason"), None);
    assert_eq!(read("manager", &ended).expect("told").text("reason"), Some("about a person"));
}

#[test]
fn what_people_say_is_kept_with_the_record() {
    let mut home = in_step_5("medication");
    let said = json!({"from": "family", "text": "We feel safer"});
    assert_eq!(home.try_to("care2", "add_feedback", "r", said.clone()), Err(Code::RoleNotAllowed));
    assert_eq!(
        home.try_to("meds", "add_feedback", "r", json!({"from": "neighbour", "text": "x"})),
        Err(Code::UnknownCode)
    );
    home.does("meds", "add_feedback", "r", said);
    let feedback = &home.record("r").feedback;
    assert_eq!((feedback[0].from.as_str(), feedback[0].note.text.as_str()), ("family", "We feel safer"));
    home.does("manager", "withdraw", "r", json!({"reason": "a mistake"}));
    let late = json!({"from": "staff", "text": "x"});
    assert_eq!(home.try_to("manager", "add_feedback", "r", late), Err(Code::WrongState));
}

#[test]
fn one_piece_of_work_for_two_records_is_one_by_its_first_action() {
    let mut home = Home::reported("medication");
    home.does("care", "report", "r2", report("medication"));
    for record in ["r", "r2"] {
        home.does("senior", "review_risk", record, risk());
        let decision = no_to_all(&home, record);
        home.does("manager", "assess_notification", record, decision);
    }
    let plan = json!({"text": "A sheet", "owner": "meds", "due": "2026-06-20", "strength": "intermediate"});
    let first = home.does("meds", "plan_action", "r", plan.clone());
    let mut again = with(plan, "shared", first.as_str());
    again["contractor"] = "Lift firm".into();
    again["just_culture"] = "no".into();
    home.does("meds", "plan_action", "r2", again);
    let (one, other) = (&home.record("r").actions[0], &home.record("r2").actions[0]);
    assert_eq!((one.work(), other.work()), (&first, &first));
    assert_ne!(one.id, other.id);
    assert_eq!(other.contractor, "Lift firm");
    assert_eq!((one.just_culture.as_str(), other.just_culture.as_str()), ("", "no"));
    let unsure = json!({"whys": ["It was late", "One phone for two floors"], "just_culture": "yes"});
    let action = |home: &Home, record: &str| home.record(record).actions[0].id.to_string();
    let done = json!({"action": action(&home, "r")});
    home.does("meds", "complete_action", "r", done);
    home.does("meds", "finish_actions", "r", unsure);
    let Some(crate::record::DecisionBody::Finished(finished)) =
        home.record("r").action_decision().map(|decision| &decision.body)
    else {
        panic!("finished")
    };
    assert_eq!((finished.whys.len(), finished.just_culture.as_str()), (2, "yes"));
}

#[test]
fn who_practised_is_known_to_the_person_and_the_managers_only() {
    let mut home = Home::new();
    let version = json!({"version": crate::category::DEFINITIONS});
    let done = of_site(&mut home, "care", "finish_practice", version.clone()).expect("done");
    assert_eq!(of_site(&mut home, "inspector", "finish_practice", version), Err(Code::ReadOnlyRole));
    let with_score = json!({"version": "v", "score": 3});
    assert_eq!(of_site(&mut home, "care", "finish_practice", with_score), Err(Code::UnknownCode));
    let event = home.register.event(&done).expect("known").event.clone();
    let sees = |who: &str| {
        let staff = StaffId::from(who);
        let date = time::london_date(home.now);
        Viewer { staff: &staff, directory: home.register.directory(), date }
            .sees_event(&home.register, &event)
    };
    assert!(sees("care") && sees("manager") && sees("deputy"));
    assert!(!sees("care2") && !sees("meds") && !sees("senior"));
}

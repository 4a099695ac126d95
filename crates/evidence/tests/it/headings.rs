//! What a heading of a framework says holds for every record that it counts.

use crate::life::{HOMES, Life, event, now, staff_of};
use chrono::Duration;
use domain::{ids::RecordId, record::Record};
use evidence::framework::{self, Where};
use serde_json::{Value, json};

/// Fields of a report -> the record.
fn reported(life: &mut Life, name: &str, with: Value) -> RecordId {
    let home = HOMES[0];
    let mut all = json!({"happened": "something_happened", "reached": "no", "identity": "named"});
    if let (Some(all), Some(with)) = (all.as_object_mut(), with.as_object()) {
        all.extend(with.clone());
    }
    let by = staff_of("reporter", home);
    let when = now() - Duration::days(20);
    life.arrive(event(&format!("{name}-report"), "report", home, name, &by, when, all), when);
    name.into()
}

fn medication(life: &mut Life, name: &str, with: Value) -> RecordId {
    let mut all = json!({"category": "medication", "error_type": "wrong_person"});
    if let (Some(all), Some(with)) = (all.as_object_mut(), with.as_object()) {
        all.extend(with.clone());
    }
    reported(life, name, all)
}

/// The headings of both frameworks under which a record is counted.
fn headings(life: &Life, record: &str) -> Vec<String> {
    let record: &Record = life.register.record(record).expect("known");
    let holds = |rule: &Where| rule.holds(&life.register, record);
    let evidence = framework::all().into_iter().flat_map(|framework| &framework.entries);
    let evidence = evidence.flat_map(|entry| &entry.evidence);
    let counted = evidence.filter(|evidence| evidence.records.as_ref().is_some_and(holds));
    counted.map(|evidence| evidence.says.clone()).collect()
}

#[test]
fn a_person_who_knew_is_no_support_plan_that_worked() {
    let mut life = Life::of(0);
    let knew = medication(
        &mut life,
        "knew",
        json!({"defence": "persons_knowledge", "caught_by": "person_themself"}),
    );
    let plan = reported(
        &mut life,
        "plan",
        json!({"category": "behaviour", "hands_on": "no", "behaviour_type": "throwing", "triggers": ["noise"],
            "outcome": "settled_alone", "defence": "support_plan"}),
    );
    let of = headings(&life, &knew);
    assert!(of.iter().all(|says| !says.contains("support plan")), "{of:?}");
    assert!(of.contains(&"The person noticed it".to_owned()), "{of:?}");
    let of = headings(&life, &plan);
    assert!(of.contains(&"The support plan worked".to_owned()), "{of:?}");
    assert!(of.iter().all(|says| !says.contains("settled with support")), "it settled alone: {of:?}");
}

#[test]
fn no_heading_calls_an_incident_a_near_miss_or_a_hazard() {
    let mut life = Life::of(0);
    let hurt = json!({"reached": "yes", "harm": "some"});
    let medicine = medication(&mut life, "hurt", hurt.clone());
    let mut place = json!({"category": "environment", "hazard": "stairs"});
    if let (Some(place), Some(hurt)) = (place.as_object_mut(), hurt.as_object()) {
        place.extend(hurt.clone());
    }
    let place = reported(&mut life, "fell", place);
    for record in [medicine, place] {
        let of = headings(&life, &record);
        assert!(!of.is_empty());
        assert!(of.iter().all(|says| !says.contains("near miss") && !says.contains("Hazards")), "{of:?}");
    }
}

#[test]
fn a_body_that_has_to_be_told_is_not_said_to_have_been() {
    let entries = framework::all().into_iter().flat_map(|framework| &framework.entries);
    for evidence in entries.flat_map(|entry| &entry.evidence) {
        let Some(rule) = evidence.records.as_ref().filter(|rule| !rule.body.is_empty()) else { continue };
        assert!(evidence.says.ends_with("had to be told"), "{}: {:?}", evidence.says, rule.body);
    }
}

#[test]
fn a_plan_that_says_no_change_is_none_and_too_early_is_no_result() {
    let mut life = Life::of(150);
    let site = HOMES[0];
    let lead = staff_of("medication_lead", site);
    let waits = life.register.records().find(|record| {
        *record.site == *site
            && record.facts.category() == "medication"
            && record.state == domain::pathway::State::AwaitingAction
            && record.actions.iter().all(|action| action.done.is_none())
    });
    let id = waits.expect("one that waits").id.clone();
    let open: Vec<String> = life
        .register
        .record(&id)
        .map(|record| record.actions.iter().map(|action| action.id.to_string()).collect())
        .unwrap_or_default();
    let mut when = now() - Duration::days(3);
    let mut does = |life: &mut Life, verb: &str, by: &str, with: Value| {
        when += Duration::hours(1);
        let name = format!("{verb}-{}", when.timestamp()).replace('_', "-");
        life.arrive(event(&name, verb, site, &id, by, when, with), when);
    };
    for action in open {
        does(&mut life, "complete_action", &lead, json!({"action": action, "evidence": ["audit"]}));
        let senior = staff_of("senior", site);
        does(&mut life, "verify_action", &senior, json!({"action": action, "result": "fixed"}));
    }
    let plan = json!({"factors": ["task"], "plan": {"person_involved": false, "stomp_flag": true}});
    does(&mut life, "finish_actions", &lead, plan);
    let outcome = json!({"measure": "again", "baseline": {"count": 4}, "value": {"count": 1}, "review": "28d",
        "verdict": "too_early"});
    does(&mut life, "record_outcome", &staff_of("deputy_manager", site), outcome);
    let of = headings(&life, &id);
    for false_of_it in ["The support plan was changed", "A result was measured", "The person took part"] {
        assert!(!of.iter().any(|says| says == false_of_it), "{of:?}");
    }
    let story = evidence::Story::alone(
        &life.register,
        life.register.record(&id).expect("known"),
        false,
        false,
        now(),
    );
    let told = format!("{story:?}");
    assert!(!told.contains("The support plan was changed"), "{told}");
    assert!(told.contains("Medicine for mood or behaviour must be reviewed (STOMP)."), "{told}");
}

//! FHIR bundles before validators that are not ours (`tests/exchange`), which also must refuse what is broken.

use crate::{
    judges,
    story::{MEADOW, WHY, summer, told},
};
use chrono::NaiveDate;
use exchange::{Selection, fhir};
use serde_json::{Value, json};

fn resources<'a>(bundle: &'a Value, kind: &'a str) -> Vec<&'a Value> {
    let entries = bundle["entry"].as_array().into_iter().flatten();
    entries.map(|entry| &entry["resource"]).filter(|resource| resource["resourceType"] == kind).collect()
}

fn find<'a>(bundle: &'a Value, kind: &'a str, id: &str) -> &'a Value {
    resources(bundle, kind)
        .into_iter()
        .find(|resource| resource["id"] == id)
        .unwrap_or_else(|| panic!("{kind}/{id}"))
}

/// The first resource of a kind, changed.
fn broken(bundle: &Value, kind: &str, change: impl Fn(&mut Value)) -> Value {
    let mut bundle = bundle.clone();
    let entries = bundle["entry"].as_array_mut().expect("entries");
    let entry = entries.iter_mut().find(|entry| entry["resource"]["resourceType"] == kind).expect(kind);
    change(&mut entry["resource"]);
    bundle
}

#[test]
fn independent_judges_take_every_bundle_and_refuse_broken_ones() {
    let story = told();
    let whole = fhir::bundle(&story.register, &summer(true));
    let coded = fhir::bundle(&story.register, &summer(false));
    let early = NaiveDate::from_ymd_opt(2020, 1, 1).expect("date");
    let empty = fhir::bundle(&story.register, &Selection { from: early, to: early, ..summer(false) });
    let event = |change: &dyn Fn(&mut Value)| broken(&whole, "AdverseEvent", change);
    let verdicts: Vec<Vec<String>> = judges::ask(
        "check.mjs",
        &[
            whole.clone(),
            coded,
            empty,
            event(&|event| event["actuality"] = json!("perhaps")),
            event(&|event| drop(event.as_object_mut().and_then(|event| event.remove("subject")))),
            event(&|event| event["near_miss"] = json!(true)),
            event(&|event| event["date"] = json!("11/06/2026")),
            event(&|event| event["category"][0]["coding"][0]["code"] = json!("wrong-everything")),
            event(&|event| event["location"]["reference"] = json!("Location/nowhere")),
            broken(&whole, "Task", |task| task["status"] = json!("waiting")),
            broken(&whole, "RiskAssessment", |risk| risk["basis"] = json!([])),
        ],
    );
    for (number, verdict) in verdicts.iter().enumerate() {
        assert_eq!(verdict.is_empty(), number < 3, "{number}: {verdict:#?}");
    }
}

#[test]
fn an_event_says_what_the_record_says() {
    let story = told();
    let bundle = fhir::bundle(&story.register, &summer(true));
    assert_eq!(resources(&bundle, "AdverseEvent").len(), 4);
    assert_eq!(bundle["meta"]["extension"][0]["valueString"], WHY);
    let event = find(&bundle, "AdverseEvent", "r-med");
    assert_eq!(event["actuality"], "potential");
    assert_eq!(event["category"][0]["coding"][0]["code"], "wrong-dose");
    assert_eq!(event["event"]["coding"][0]["code"], "wrong_dose");
    assert_eq!(event["date"], "2026-06-11T08:29:00+01:00");
    assert_eq!(event["recordedDate"], "2026-06-11T09:00:00+01:00");
    assert_eq!(event["subject"]["reference"], "Patient/person-001");
    assert_eq!(
        find(&bundle, "Patient", "person-001"),
        &json!({"resourceType": "Patient", "id": "person-001",
        "identifier": [{"system": "urn:noticed:id:person", "value": "P-7"}]})
    );
    assert_eq!(find(&bundle, "AdverseEvent", "r-oak")["actuality"], "actual", "it reached somebody");
    let behaviour = find(&bundle, "AdverseEvent", "r-beh");
    assert_eq!(behaviour["subject"]["reference"], "Group/people-r-beh");
    assert!(find(&bundle, "AdverseEvent", "r-env").get("recorder").is_none(), "asked to stay sealed");
}

#[test]
fn steps_actions_and_alerts_have_their_status_and_due_time() {
    let story = told();
    let bundle = fhir::bundle(&story.register, &summer(true));
    for step in 2..=5 {
        assert_eq!(find(&bundle, "Task", &format!("step-{step}-r-med"))["status"], "completed", "{step}");
    }
    let waits = find(&bundle, "Task", "step-4-r-env");
    assert_eq!(
        (&waits["status"], &waits["restriction"]["period"]["end"]),
        (&json!("requested"), &json!("2026-07-31"))
    );
    assert_eq!(
        waits["owner"]["reference"],
        format!("PractitionerRole/role-maintenance_lead-{MEADOW}").replace('_', "-")
    );
    let actions = resources(&bundle, "Task").into_iter().filter(|task| task["partOf"].is_array()).count();
    assert_eq!(actions, 2);
    assert_eq!(resources(&bundle, "RiskAssessment").len(), 2);
    assert_eq!(resources(&bundle, "Communication").len(), 2);
    let flags = resources(&bundle, "Flag");
    assert!(flags.iter().any(|flag| flag["code"]["coding"][0]["code"] == "single_high_potential"));
}

#[test]
fn without_people_a_bundle_has_no_words_and_no_codes_of_people() {
    let story = told();
    let text = fhir::to_text(&fhir::bundle(&story.register, &summer(false)));
    for words in [
        "he said",
        "fast",
        "Put back",
        "Strap",
        "New strap",
        "Two rounds",
        "REF-1",
        "room-12",
        "P-7",
        "P-9",
        "-phone",
    ] {
        assert!(!text.contains(words), "{words}");
    }
    assert!(!text.contains("why-with-people"));
    assert!(!text.contains("\"staff\"") && !text.contains("urn:noticed:id:staff"));
}

#[test]
fn without_people_a_bundle_does_not_tell_when_a_sealed_report_was_written() {
    let story = told();
    let bundle = fhir::bundle(&story.register, &summer(false));
    let text = fhir::to_text(&bundle);
    assert!(!text.contains("r-env") && !text.contains("2026-07-03T21:30"), "{text}");
    let event = find(&bundle, "AdverseEvent", "RENV");
    for field in ["date", "detected", "recordedDate"] {
        assert_eq!(event[field], "2026-07-03", "{field}");
    }
    assert_eq!(find(&bundle, "Task", "step-2-RENV")["authoredOn"], "2026-07-03");
    assert_eq!(find(&bundle, "Task", "step-2-RENV")["focus"]["reference"], "AdverseEvent/RENV");
    let about = |kind: &str| resources(&bundle, kind).into_iter().map(Value::to_string).collect::<String>();
    assert!(about("Flag").contains("AdverseEvent/RENV"), "{}", about("Flag"));
    assert_eq!(resources(&bundle, "AdverseEvent").len(), 4);
    assert_eq!(find(&bundle, "AdverseEvent", "r-med")["recordedDate"], "2026-06-11T09:00:00+01:00");
}

//! A quick record: what nobody has been asked is nowhere told as if somebody had said it.

use crate::{
    judges,
    story::{MEADOW, Story, at, summer, told},
};
use domain::category;
use exchange::{
    csv::table,
    fhir,
    lfpse::{Answer, built_in, sheets},
    pir,
};
use serde_json::{Map, Value, json};

const OPEN: &str = "Not answered yet";

/// The summer, and a quick record of each category.
fn with_quick() -> Story {
    let mut story = told();
    for (id, more) in
        [("medication", json!({})), ("environment", json!({})), ("behaviour", json!({"hands_on": "no"}))]
    {
        let mut known = more.as_object().cloned().unwrap_or_default();
        known
            .extend(Map::from_iter([("category".to_owned(), json!(id)), ("text".to_owned(), json!("Wet."))]));
        let whole = category::find(id).expect("a category").quick(&known);
        let record = format!("q-{id}");
        story.does("reporter", at("2026-08-08T09:00+01:00"), "report", &record, Value::Object(whole));
        assert!(!story.record(&record).unanswered().is_empty(), "{id}");
    }
    story
}

#[test]
fn a_table_leaves_the_cell_empty_and_its_label_says_why() {
    let story = with_quick();
    let records = table(&story.register, &summer(false), "records.csv").expect("records");
    let cell = |record: &str, column: &str| {
        let of = |name: &str| records.column(name).unwrap_or_else(|| panic!("{name}"));
        let row = records.rows.iter().find(|row| row[of("record")].to_string() == record);
        row.unwrap_or_else(|| panic!("{record}"))[of(column)].to_string()
    };
    for (record, columns) in [
        ("q-medication", ["subtype", "happened", "reached", "pir"].as_slice()),
        ("q-environment", &["subtype", "happened", "reached"]),
        ("q-behaviour", &["subtype", "happened", "reached", "triggers"]),
    ] {
        for column in columns {
            assert_eq!(cell(record, column), "", "{record} {column}");
            assert_eq!(cell(record, &format!("{column}_label")), OPEN, "{record} {column}");
        }
        assert_eq!(cell(record, "kind"), "unclassified");
    }
    assert_eq!(cell("q-behaviour", "hands_on"), "no", "that was said");
    assert_eq!(cell("q-medication", "harm_label"), "", "not asked as long as nobody knows whom it reached");
    assert_eq!(cell("r-med", "pir"), "too_little_or_too_much");
}

#[test]
fn a_bundle_says_that_nobody_was_asked_and_independent_judges_take_it() {
    let story = with_quick();
    let bundle = fhir::bundle(&story.register, &summer(true));
    let verdicts: Vec<Vec<String>> = judges::ask("check.mjs", std::slice::from_ref(&bundle));
    assert_eq!(verdicts, [Vec::<String>::new()]);
    let entries = bundle["entry"].as_array().expect("entries");
    let event = |id: &str| {
        let all = entries.iter().map(|entry| &entry["resource"]);
        all.clone().find(|one| one["resourceType"] == "AdverseEvent" && one["id"] == id).expect("an event")
    };
    let quick = event("q-medication");
    assert_eq!(
        (&quick["event"]["text"], &quick["event"]["coding"][0]["code"]),
        (&json!(OPEN), &json!("not-asked"))
    );
    assert_eq!(quick.get("actuality"), None);
    assert_eq!(quick["_actuality"]["extension"][0]["valueCode"], "not-asked");
    for field in ["happened", "reached"] {
        let url = format!("urn:noticed:extension:{field}");
        let said = quick["extension"].as_array().expect("a list").iter().find(|one| one["url"] == url);
        assert_eq!(said.expect(field)["valueCodeableConcept"]["text"], OPEN);
    }
    let words = quick.to_string();
    assert!(!words.contains("Something else") && !words.contains("\"Not sure\""), "{words}");
    assert_eq!(event("r-med")["actuality"], "potential");
}

#[test]
fn the_national_sheet_does_not_answer_for_nobody() {
    let story = with_quick();
    let sheets = sheets(&story.register, &summer(false), built_in());
    let answer = |record: &str, field: &str| {
        let sheet = sheets.iter().find(|sheet| sheet.record == record).expect("a sheet");
        sheet.lines.iter().find(|line| line.field == field).expect("a line").answer.clone()
    };
    let why = |record: &str, field: &str| match answer(record, field) {
        Answer::Unknown { why, .. } => why,
        other => panic!("{record} {field}: {other:?}"),
    };
    assert_eq!(why("q-medication", "MedicationHow"), format!("{OPEN}."));
    assert_eq!(why("q-medication", "PsychologicalHarm"), format!("{OPEN}."));
    assert_eq!(why("q-environment", "InvolvedAgents"), format!("{OPEN}."));
    assert_eq!(why("q-environment", "Devices"), format!("{OPEN}."), "it may have been one");
    assert!(why("q-medication", "EventType").starts_with("It is not settled yet"));
    assert_eq!(answer("q-medication", "Devices"), Answer::NotAsked);
    assert_eq!(answer("r-beh", "Devices"), Answer::NotAsked);
}

#[test]
fn no_category_of_the_return_counts_what_nobody_said() {
    let before = pir::help(&told().register, &summer(true));
    let after = pir::help(&with_quick().register, &summer(true));
    let value =
        |help: &pir::Help, id: &str| help.lines.iter().find(|line| line.id == id).and_then(|line| line.value);
    for line in before.lines.iter().filter(|line| line.id.starts_with("medicines_")) {
        let added = if line.id == "medicines_not_answered" { 1.0 } else { 0.0 };
        assert_eq!(value(&after, &line.id), line.value.map(|value| value + added), "{}", line.id);
    }
    assert!(!before.narrative.contains("nobody has said yet what it was"));
    assert!(
        after.narrative.contains("For 1 other medicine record nobody has said yet what it was."),
        "{}",
        after.narrative
    );
}

#[test]
fn a_calendar_does_not_say_what_it_was() {
    let story = with_quick();
    let staff = domain::ids::StaffId::from(format!("senior-{MEADOW}"));
    let register = &story.register;
    let date = domain::time::london_date(crate::story::now());
    let viewer = domain::sight::Viewer { staff: &staff, directory: register.directory(), date };
    let all = exchange::ical::entries(register, &[MEADOW.into()], &viewer, crate::story::now());
    let quick: Vec<_> = all.iter().filter(|entry| entry.summary.contains(OPEN)).collect();
    assert!(!quick.is_empty(), "{all:?}");
    assert!(all.iter().all(|entry| !entry.summary.contains("omething else")), "{all:?}");
}

//! The LFPSE sheet: their questions in their order, and nothing that we do not know.

use crate::story::{summer, told};
use exchange::{
    csv,
    lfpse::{Answer, Sheet, Taxonomy, built_in, sheets, table},
};

fn find<'a>(sheets: &'a [Sheet], record: &str, field: &str) -> &'a Answer {
    let sheet = sheets.iter().find(|sheet| sheet.record == record).unwrap_or_else(|| panic!("{record}"));
    &sheet.lines.iter().find(|line| line.field == field).unwrap_or_else(|| panic!("{field}")).answer
}

fn known(code: &str, words: &str) -> Answer {
    Answer::Known(vec![(code.to_owned(), words.to_owned())])
}

#[test]
fn our_answers_have_their_codes() {
    let story = told();
    let sheets = sheets(&story.register, &summer(true), built_in());
    assert_eq!(sheets.len(), 4);
    for (record, field, code, words) in [
        ("r-med", "EventType", "", "Incident"),
        ("r-env", "EventType", "", "Risk"),
        ("r-med", "ApproximateDate", "", "2026-06-11"),
        ("r-med", "PreciseTime", "", "08:29"),
        ("r-med", "InvolvedAgents", "4", "Medications"),
        ("r-med", "MedicationProcess", "", "Administering"),
        ("r-med", "LevelOfConcern", "4", "Fairly concerned"),
        ("r-med", "PhysicalHarm", "5", "None"),
        ("r-med", "CqcNotify", "y", "Yes"),
        ("r-med", "CqcCriteria", "", "Abuse"),
        ("r-env", "Devices", "60", "Hoists and slide sheets"),
        ("r-env", "CqcNotify", "n", "No"),
        ("r-beh", "InvolvedAgents", "10", "None"),
    ] {
        assert_eq!(find(&sheets, record, field), &known(code, words), "{record} {field}");
    }
}

#[test]
fn what_we_do_not_know_is_unknown_with_the_choices() {
    let story = told();
    let sheets = sheets(&story.register, &summer(false), built_in());
    for (record, field) in [
        ("r-med", "ServiceType"),
        ("r-med", "PatientAge"),
        ("r-med", "InvolvedPersonsActions"),
        ("r-med", "Description"),
        ("r-med", "MedicationHow"),
        ("RENV", "PreciseTime"),
        ("RENV", "DeviceHow"),
        ("r-beh", "CqcNotify"),
    ] {
        let Answer::Unknown { why, .. } = find(&sheets, record, field) else { panic!("{record} {field}") };
        assert!(why.ends_with('.'), "{record} {field}: {why}");
    }
    let Answer::Unknown { choices, .. } = find(&sheets, "r-med", "ServiceType") else { panic!("unknown") };
    assert!(choices.contains(&("12".to_owned(), "Care home services".to_owned())));
    assert_eq!(find(&sheets, "r-med", "RiskTheme"), &Answer::NotAsked);
    assert_eq!(find(&sheets, "RENV", "PhysicalHarm"), &Answer::NotAsked);
}

#[test]
fn every_question_is_a_row_with_the_version_of_the_maps() {
    let story = told();
    let taxonomy = built_in();
    assert!(taxonomy.note.contains("load a newer one before claiming conformance"));
    let table = table(&sheets(&story.register, &summer(false), taxonomy), taxonomy);
    assert_eq!(table.rows.len(), 4 * taxonomy.questions.len());
    let (header, rows) = csv::read(&csv::to_text(&table, true)).expect("table");
    assert_eq!(header.last().map(String::as_str), Some("taxonomy"));
    assert!(rows.iter().all(|row| row.last() == Some(&taxonomy.version)));
    assert!(
        taxonomy
            .questions
            .iter()
            .all(|asked| !asked.unknown.is_empty() || !asked.by.is_empty() || asked.special.is_some())
    );
}

#[test]
fn a_map_that_gives_a_code_that_is_not_there_is_refused() {
    let text = r#"{"version":"x","source":"s","note":"n","lists":{"L":{"1":"One"}},
        "questions":[{"field":"F","section":"S","asks":"A?","list":"L","by":[{"fact":"kind","map":{"hazard":"2"}}]}]}"#;
    assert_eq!(Taxonomy::read(text).err().as_deref(), Some("F has the code 2, which is not in the list L."));
    assert!(Taxonomy::read(&text.replace("\"2\"", "\"1\"")).is_ok());
    assert!(Taxonomy::read("{").is_err());
}

#[test]
fn without_people_a_sheet_does_not_tell_the_time_of_a_sealed_report() {
    let story = told();
    let sheets = sheets(&story.register, &summer(false), built_in());
    assert!(sheets.iter().all(|sheet| sheet.record != "r-env"));
    assert_eq!(find(&sheets, "RENV", "ApproximateDate"), &known("", "2026-07-03"));
    assert!(matches!(find(&sheets, "RENV", "PreciseTime"), Answer::Unknown { .. }));
    assert_eq!(find(&sheets, "r-med", "PreciseTime"), &known("", "08:29"));
}

//! A pack about one person: all that names them is told with its words, and nothing of anybody else.

use crate::{
    life::{HOMES, Life, SECRET, at, event, now, request, staff_of},
    packs::{ledger, made, unpack},
    paper,
};
use chrono::Duration;
use domain::{event::WordsGone, pathway::State, record::Reporter, register::Register, roles::Role};
use evidence::{Fault, PackKind, build, html, verify};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const OWN: &str = "P-meadow-house-1";
const OTHER: &str = "P-meadow-house-2";
const HOME: &str = HOMES[0];

/// A summer of records, and six that need care: two people in one, one corrected in, one corrected out, one taken
/// back, one that is the same as a record of somebody else, and one by somebody who wished to stay unknown.
fn life() -> Life {
    let mut life = Life::of(150);
    let mut minute = 0;
    let mut tell = |verb: &str, record: &str, role: &str, with: Value| {
        minute += 5;
        let when = at("2026-09-20T08:00+01:00") + Duration::minutes(minute);
        let id = format!("{record}-{verb}-{minute}");
        life.arrive(event(&id, verb, HOME, record, &staff_of(role, HOME), when, with), when);
    };
    let report = |people: &[&str], room: u8, text: &str| {
        json!({"category": "medication", "happened": "something_happened", "reached": "no", "error_type": "expired",
            "people": people, "location": format!("{HOME}-room-{room}"), "text": text})
    };
    tell("report", "x-two", "reporter", report(&[OTHER, OWN], 2, "Heron, both of them"));
    tell("add_note", "x-two", "senior", json!({"text": "Kestrel, in a note"}));
    tell("report", "x-in", "reporter", report(&[OTHER], 1, "Osprey, the first words"));
    let changes =
        json!({"changes": {"people": [OWN], "text": "Buzzard, the later words"}, "reason": "Plover"});
    tell("amend", "x-in", "senior", changes);
    tell("report", "x-out", "reporter", report(&[OWN], 1, "Curlew"));
    tell("amend", "x-out", "senior", json!({"changes": {"people": [OTHER]}, "reason": "Dunlin"}));
    tell("report", "x-gone", "reporter", report(&[OWN], 1, "Lapwing"));
    tell("withdraw", "x-gone", "reporter", json!({"reason": "Avocet, by mistake"}));
    tell("report", "x-of-another", "reporter", report(&[OTHER], 2, "Cormorant, of another"));
    tell("report", "x-same", "reporter", report(&[OWN], 1, "Fulmar"));
    tell("mark_duplicate", "x-same", "senior", json!({"of": "x-of-another", "reason": "Gannet"}));
    let mut sealed = report(&[OWN], 1, "Whimbrel");
    sealed["identity"] = json!("confidential");
    tell("report", "x-sealed", "maintenance_lead", sealed);
    life.register.settle(now());
    life
}

/// Ids of the records that must be in it, worked out from the events alone.
fn held(register: &Register) -> BTreeSet<String> {
    let names = |value: &Value| value.to_string().contains(&format!("\"{OWN}\""));
    let records = register.records().filter(|record| {
        record.events.iter().any(|received| names(&Value::Object(received.event.with.clone().into_map())))
    });
    records.map(|record| record.id.to_string()).collect()
}

/// Every file of the pack as text; the PDF as its words.
fn texts(pack: &[u8]) -> Vec<(String, String)> {
    let text = |file: evidence::File| match file.name.as_str() {
        "pack.pdf" | "first-part.pdf" => (file.name, paper::pages(&file.bytes).concat()),
        _ => (file.name, String::from_utf8(file.bytes).expect("text")),
    };
    unpack(pack).into_iter().map(text).collect()
}

fn file<'a>(texts: &'a [(String, String)], name: &str) -> &'a str {
    &texts.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("{name}")).1
}

#[test]
fn everything_that_names_the_person_is_in_it_and_nothing_of_anybody_else() {
    let life = life();
    let held = held(&life.register);
    assert!(held.len() > 10, "{held:?}");
    let built = made(&life, &request(PackKind::AboutOnePerson));
    if let Ok(folder) = std::env::var("SHOW_PACKS") {
        std::fs::write(format!("{folder}/person.html"), &built.html).expect("written");
        std::fs::write(format!("{folder}/person.pdf"), &built.pdf).expect("written");
    }
    assert_eq!(built.records, held.len());
    let [first, all] = built.pages;
    assert!(first <= 10 && first < all, "the records in short: {first} of {all} pages");
    let report = verify(&built.bytes).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert!(report.identified && report.with_hash > 0, "{report:?}");
    let texts = texts(&built.bytes);
    for (name, text) in &texts {
        let others = life.register.directory().people.keys().filter(|code| code.as_str() != OWN);
        for code in others {
            assert!(!text.contains(code.as_str()), "{name}: {code}");
        }
        for record in life.register.records().filter(|record| !held.contains(record.id.as_str())) {
            assert!(!text.contains(record.id.as_str()), "{name}: {}", record.id);
        }
        for (id, staff) in &life.register.directory().staff {
            assert!(!text.contains(id.as_str()) && !text.contains(&staff.name), "{name}: {id}");
        }
        for leak in ["Cormorant", "phone-of", "Room 2", "meadow-house-room-2"] {
            assert!(!text.contains(leak), "{name}: {leak}");
        }
    }
    let page = file(&texts, "pack.html");
    assert_eq!(page.matches("aria-labelledby=\"story-").count(), held.len());
    for told in [
        "Heron",
        "Kestrel",
        "Osprey",
        "Buzzard",
        "Plover",
        "Curlew",
        "Dunlin",
        "Lapwing",
        "Avocet",
        "Fulmar",
        "Gannet",
        "It was taken back.",
        "which does not name this person",
        "Since a correction",
        "a correction took it out",
        "Person P-meadow-house-1",
        "Person A",
        "Room 1",
        "Article 15(4)",
    ] {
        assert!(page.contains(told), "{told}");
    }
    assert!(!page.contains("in supervision"), "what was said with staff is about them");
    assert!(
        page.contains("Same person again: ") && !page.contains("Same shift: "),
        "patterns of these records only"
    );
    for open in held.iter().filter_map(|id| life.register.record(id)) {
        let is_named = matches!(open.reporter, Reporter::Named(_));
        assert_eq!(page.contains(open.id.as_str()), is_named, "{}: only a sealed one has no id", open.id);
    }
}

#[test]
fn its_tables_and_its_log_have_the_rows_of_these_records_only() {
    let life = life();
    let held = held(&life.register);
    let texts = texts(&made(&life, &request(PackKind::AboutOnePerson)).bytes);
    let names: Vec<&str> = texts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "README.txt",
            "first-part.pdf",
            "log.jsonl",
            "pack.html",
            "pack.pdf",
            "proof.json",
            "tables/actions.csv",
            "tables/audit_answers.csv",
            "tables/codes.csv",
            "tables/decisions.csv",
            "tables/dictionary.csv",
            "tables/records.csv",
            "manifest.json"
        ]
    );
    let (heads, rows) = exchange::csv::read(file(&texts, "tables/records.csv")).expect("a table");
    assert_eq!(rows.len(), held.len(), "one row each");
    let people = heads.iter().position(|head| head == "people").expect("a column");
    assert!(rows.iter().any(|row| row[people] == format!("Person A; {OWN}")));
    assert!(heads.iter().all(|head| !matches!(head.as_str(), "reporter" | "reviewed_by" | "alerts")));
    let dictionary = file(&texts, "tables/dictionary.csv");
    assert!(dictionary.contains("records.csv") && !dictionary.contains("alerts.csv"));
    let log: Vec<Value> =
        file(&texts, "log.jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of_record = |id: &String| life.register.record(id).map_or(0, |record| record.events.len());
    assert_eq!(log.len(), held.iter().map(of_record).sum::<usize>(), "no event of the site or of others");
    assert!(log.iter().all(|line| line.get("bytes").is_none()), "bytes would hold what is about others");
    let amended = log.iter().find(|line| line["id"] == "x-in-amend-20").expect("the correction");
    assert_eq!(amended["with"]["changes"]["people"], json!([format!("Person {OWN}")]));
    assert_eq!(amended["with"]["changes"]["text"], "Buzzard, the later words");
    let same = log.iter().find(|line| line["do"] == "mark_duplicate").expect("it");
    assert_eq!((&same["with"]["of"], &same["with"]["reason"]), (&json!("another record"), &json!("Gannet")));
}

#[test]
fn staff_are_named_for_a_reason_and_a_sealed_reporter_never() {
    let life = life();
    let mut request = request(PackKind::AboutOnePerson);
    request.identified = Some(" ".into());
    assert_eq!(request.check(&life.register), Err(vec![Fault::ReasonMissing]));
    request.identified = Some("They know the team".into());
    let texts = texts(&made(&life, &request).bytes);
    let page = file(&texts, "pack.html");
    assert!(page.contains(&format!("{SECRET} senior, Senior")), "named");
    assert!(page.contains("Staff are named: They know the team"));
    assert!(page.contains("whose name is sealed reported it."));
    for (name, text) in &texts {
        assert!(!text.contains(OTHER) && !text.contains("Cormorant"), "{name}");
    }
    assert!(page.contains("Whimbrel"));
    for (name, text) in &texts {
        assert!(!text.contains("x-sealed"), "{name}: its id tells when it was written");
        for minute in
            ["9:00am on 20 September", "20 Sep 2026, 9:00am", "09-20T08:00:00Z", "09-20T09:00:00+01"]
        {
            assert!(!text.contains(minute), "{name}: the minute may tell who it was: {minute}");
        }
    }
}

#[test]
fn the_pack_says_why_it_was_made_and_that_nothing_was_found() {
    let life = life();
    let mut request = request(PackKind::AboutOnePerson);
    request.to = request.from;
    let built = made(&life, &request);
    assert!(verify(&built.bytes).is_ok());
    assert!(built.html.contains("No record names this person in these days."));
    assert!(!built.html.contains("The records in short"));
    let manifest: Value = serde_json::from_str(file(&texts(&built.bytes), "manifest.json")).expect("JSON");
    assert_eq!(manifest["person"], OWN);
    assert_eq!(manifest["reason"], "Somebody asked what is recorded about them (UK GDPR Article 15).");
    let quiet = html(&Life::of(0).register, &request, None);
    assert!(quiet.contains("No record names this person in these days."));
}

#[test]
fn a_person_must_be_chosen_and_be_in_the_list_and_any_time_will_do() {
    let life = Life::of(1);
    let mut request = request(PackKind::AboutOnePerson);
    request.from = at("1998-01-01T12:00+00:00").date_naive();
    assert_eq!(request.check(&life.register), Ok(()), "everything that is held, however old");
    request.person = Some("P-99".into());
    assert_eq!(request.check(&life.register), Err(vec![Fault::PersonUnknown("P-99".into())]));
    request.person = None;
    assert_eq!(request.check(&life.register), Err(vec![Fault::PersonMissing]));
    let other = crate::life::request(PackKind::GovernanceReport);
    assert_eq!(other.about(), None, "other kinds are about nobody");
}

#[test]
fn records_without_their_words_are_counted_because_nobody_knows_whom_they_named() {
    let life = life();
    let asked = request(PackKind::AboutOnePerson);
    assert_eq!(asked.made_by, Role::RegisteredManager);
    let before = build(&life.register, &asked, ledger(&life)).expect("made");
    assert!(!before.html.contains("no longer has words"));
    let closed = held(&life.register)
        .into_iter()
        .find(|id| life.register.record(id).is_some_and(|record| record.state == State::Closed));
    let gone = [closed.expect("a closed record"), "x-gone".to_owned()];
    let register = life.disposed(&gone.each_ref().map(String::as_str), WordsGone { at: now(), asked: false });
    let after = build(&register, &asked, ledger(&life)).expect("made");
    assert_eq!(after.records, before.records - 2);
    assert!(after.html.contains("2 records of these days at these sites no longer have words or people"));
    assert!(!after.html.contains("Avocet"));
}

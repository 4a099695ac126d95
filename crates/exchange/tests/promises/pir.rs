//! Help with the provider information return: numbers with definitions, and words that name nobody.

use crate::story::{at, now, summer, told};
use chrono::NaiveDate;
use exchange::{Selection, csv, pir};
use serde_json::{Value, json};

fn value(help: &pir::Help, id: &str) -> Option<f64> {
    help.lines.iter().find(|line| line.id == id).unwrap_or_else(|| panic!("{id}")).value
}

#[test]
fn twelve_months_are_a_year_of_dates() {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("date");
    assert_eq!(pir::twelve_months(date(2026, 3, 31)), date(2025, 4, 1));
    assert_eq!(pir::twelve_months(date(2028, 2, 28)), date(2027, 2, 28));
    assert_eq!(pir::twelve_months(date(2026, 12, 31)), date(2026, 1, 1));
}

#[test]
fn each_number_counts_what_its_definition_says() {
    let story = told();
    let help = pir::help(&story.register, &summer(true));
    for (id, expected) in [
        ("medicines_too_little_or_too_much_near_miss", 1.0),
        ("medicines_too_little_or_too_much_reached", 0.0),
        ("medicines_wrongly_recorded_reached", 1.0),
        ("medicines_reached", 1.0),
        ("near_misses", 2.0),
        ("no_harm", 1.0),
        ("near_misses_no_harm", 0.0),
        ("to_decide", 4.0),
        ("decided", 2.0),
        ("decided_with_reason", 2.0),
        ("incidents", 0.0),
        ("cqc_needed", 1.0),
        ("cqc_told", 1.0),
        ("council_safeguarding_needed", 1.0),
        ("police_needed", 0.0),
        ("answer_abuse", 1.0),
        ("actions_planned", 2.0),
        ("actions_done", 1.0),
        ("better", 1.0),
        ("reporter_told", 1.0),
        ("audits_signed", 1.0),
        ("audits_signed_in_time", 1.0),
    ] {
        assert_eq!(value(&help, id), Some(expected), "{id}");
    }
    assert!(help.lines.iter().all(|line| line.definition.ends_with('.') && !line.label.is_empty()));
    let (_, rows) = csv::read(&csv::to_text(&pir::table(&help), true)).expect("table");
    assert_eq!(rows.len(), help.lines.len());
}

#[test]
fn the_draft_is_short_and_names_nobody() {
    let story = told();
    let help = pir::help(&story.register, &summer(true));
    let words = help.narrative.split_whitespace().count();
    assert!((80..pir::MOST_WORDS).contains(&words), "{words}");
    for words in ["P-7", "he said", "Insulin", "hoist-3", "MEADOW", "meadow", "Room", "room-12"] {
        assert!(!help.narrative.contains(words), "{words}");
    }
    assert!(!help.narrative.contains("NaN"));
}

#[test]
fn an_audit_that_was_signed_late_is_not_told_as_if_it_had_been_in_time() {
    let mut story = told();
    assert!(pir::help(&story.register, &summer(true)).narrative.contains("was signed, in time."));
    // The audit of June was due in July.
    let mut does = |hour: &str, verb: &str, with: Value| {
        story.does("registered_manager", at(&format!("2026-08-05T{hour}+01:00")), verb, "", with)
    };
    let audit = does("10:00", "open_audit", json!({"category": "medication", "period": "2026-06"}));
    does("10:30", "sign_audit", json!({"audit": audit, "summary": "Nothing to look at"}));
    let help = pir::help(&story.register, &summer(true));
    assert_eq!(value(&help, "audits_signed"), Some(2.0));
    assert_eq!(value(&help, "audits_signed_in_time"), Some(1.0));
    assert!(help.narrative.contains("were signed, 1 in time and 1 late."), "{}", help.narrative);
}

#[test]
fn an_empty_year_says_so() {
    let story = told();
    let early = NaiveDate::from_ymd_opt(2020, 1, 1).expect("date");
    let help = pir::help(&story.register, &Selection { from: early, to: early, ..summer(false) });
    assert!(help.narrative.contains("no near miss or incident was recorded"), "{}", help.narrative);
    assert_eq!(value(&help, "near_misses"), Some(0.0));
}

#[test]
fn a_change_that_did_not_hold_is_not_told_as_better() {
    let mut story = told();
    let before = pir::help(&story.register, &summer(true));
    assert_eq!((value(&before, "better"), value(&before, "better_came_back")), (Some(1.0), Some(0.0)));
    assert!(!before.narrative.contains("the same happened again"));
    let again = json!({"category": "medication", "happened": "something_happened", "reached": "no",
        "error_type": "wrong_dose", "location": "room-12"});
    story.does("reporter", now(), "report", "r-again", again);
    let after = pir::help(&story.register, &summer(true));
    assert_eq!((value(&after, "better"), value(&after, "better_came_back")), (Some(0.0), Some(1.0)));
    assert!(after.narrative.contains("For no records we have shown"), "{}", after.narrative);
    assert!(
        after.narrative.contains("1 other record looked better at first, and then the same happened again.")
    );
}

#[test]
fn what_did_no_harm_is_not_told_twice_where_a_site_counts_it_as_a_near_miss() {
    let mut story = told();
    let mut directory = crate::story::directory();
    let oak = directory.sites.get_mut(crate::story::OAK).expect("a site");
    oak.settings.count_no_harm_incidents = true;
    story.register.set_directory(std::sync::Arc::new(directory));
    let help = pir::help(&story.register, &summer(true));
    assert_eq!(value(&help, "near_misses"), Some(3.0));
    assert_eq!((value(&help, "no_harm"), value(&help, "near_misses_no_harm")), (Some(1.0), Some(1.0)));
    let said = "3 events as near misses, 1 of which reached a person without harm. No events did harm.";
    assert!(help.narrative.contains(said), "{}", help.narrative);
    let decided = "For 2 of our 4 records it was decided who must be told, each time with a written reason.";
    assert!(help.narrative.contains(decided), "{}", help.narrative);
}

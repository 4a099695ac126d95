//! What a draft of a repeated report holds, and what it never says.

use super::*;
use crate::testing::Sent;
use domain::directory::Directory;
use serde_json::json;
use std::sync::Arc;

const SENTENCE: &str = "It comes from a device that a manager removed.";

fn at(text: &str) -> Instant {
    parse_instant(text).expect("an instant")
}

fn item(by: &str, with: Value) -> AttentionItem {
    let item = json!({
        "kind": "quarantined", "id": "e-1", "sentence": SENTENCE, "received_at": "2026-11-03T18:00:00Z",
        "written_at": "2026-11-03T14:05:00Z", "site": "elm", "record": "0000-c3a1b2", "verb": "report",
        "by": by, "by_name": (by == "care-17").then_some("Ama"), "device_label": null, "with": with,
    });
    serde_json::from_value(item).expect("an item")
}

fn empty() -> Draft {
    let now = at("2026-11-04T09:00:00Z");
    let draft = json!({ "id": "d-1", "record": "d-1", "category": "medication", "site": "elm", "answers": {},
        "step": "", "quick": false, "occurred_at": null, "started_at": now, "updated_at": now });
    serde_json::from_value(draft).expect("a draft of before has nothing that it repeats")
}

fn medication(more: Value) -> Value {
    let mut with = json!({ "category": "medication", "happened": "something_happened", "reached": "no",
        "error_type": "wrong_dose", "people": ["R-014"], "location": "room-14", "identity": "confidential" });
    let more = more.as_object().cloned().unwrap_or_default();
    with.as_object_mut().expect("a map").extend(more);
    with
}

fn fill(item: &AttentionItem) -> Draft {
    filled(form_of(item).expect("a form"), item, empty())
}

#[test]
fn answers_place_and_time_are_kept_and_the_first_line_says_where_they_come_from() {
    let told = "2026-11-03T13:00:00Z";
    let with = medication(json!({ "text": "Took out 5 mg.", "occurred_at": told, "medicine": "Warfarin" }));
    let draft = fill(&item("care-17", with));
    let expected = json!({ "happened": "something_happened", "reached": "no", "error_type": "wrong_dose",
        "people": ["R-014"], "location": "room-14",
        "text": "First written by a colleague at 2:05pm on 3 November 2026, reference C3A1B2.\n\nTook out 5 mg." });
    assert_eq!(Value::Object(draft.answers), expected, "whose name is seen is for the manager to say");
    assert_eq!((draft.occurred_at, draft.step.as_str()), (Some(at(told)), CHECK));
}

#[test]
fn without_a_time_it_happened_when_it_was_written_and_never_after_it_arrived() {
    let mut item = item("care-17", medication(json!({})));
    assert_eq!(fill(&item).occurred_at, Some(at("2026-11-03T14:05:00Z")));
    assert!(fill(&item).answers["text"].as_str().is_some_and(|text| text.ends_with("C3A1B2.")));
    item.written_at = Some(at("2031-01-01T00:00:00Z"));
    assert_eq!(fill(&item).occurred_at, Some(item.received_at));
    (item.written_at, item.record) = (None, None);
    let draft = fill(&item);
    assert_eq!(draft.occurred_at, Some(item.received_at));
    assert_eq!(draft.answers["text"], "First written by a colleague at 6pm on 3 November 2026.");
}

#[test]
fn who_wrote_it_is_shown_as_far_as_the_manager_is_told_and_stands_nowhere_in_the_report() {
    for (by, who, when) in [
        ("care-17", "Ama", "at 2:05pm on 3 November 2026"),
        ("hidden", "somebody whose name is sealed", "on 3 November 2026"),
        ("anonymous", "somebody who gave no name", "on 3 November 2026"),
        ("gone", "somebody", "at 2:05pm on 3 November 2026"),
    ] {
        let draft = fill(&item(by, medication(json!({}))));
        let expected = format!("First written by {who} {when}. It was kept apart: {SENTENCE}");
        assert_eq!(draft.repeats.expect("what it repeats").words, expected);
        let report = Value::Object(draft.answers).to_string();
        assert!(!report.contains("Ama") && !report.contains("care-17"), "{report}");
    }
}

/// Everybody reads the words of a report, and somebody remembers who was there at that time.
#[test]
fn in_confidence_the_words_tell_no_time() {
    for by in ["hidden", "anonymous"] {
        let draft = fill(&item(by, medication(json!({ "text": "Took out 5 mg." }))));
        assert_eq!(
            draft.answers["text"],
            "First written by a colleague, reference C3A1B2.\n\nTook out 5 mg."
        );
    }
}

/// On any device, and whoever recorded it again: the entry finds its report by the words that it begins with.
#[test]
fn what_was_recorded_again_is_found_by_its_first_line() {
    for by in ["care-17", "hidden"] {
        let entry = item(by, medication(json!({ "text": "Took out 5 mg." })));
        let words = fill(&entry).answers["text"].clone();
        let repeated = |text: &str, site: &str| {
            let mut register = Register::new(Arc::new(Directory::default()));
            let with = medication(json!({ "text": text }));
            Sent { record: "r-9", site, by: "farah", with, ..Sent::default() }.arrives(&mut register);
            repeated_by(&entry, &register).map(|id| id.to_string())
        };
        let words = words.as_str().expect("words");
        assert_eq!(repeated(words, "elm").as_deref(), Some("r-9"));
        assert_eq!(repeated(&words.replace("C3A1B2", "C3A1B3"), "elm"), None, "another entry");
        assert_eq!(repeated(words, "oak"), None, "another site");
        assert_eq!(repeated("Took out 5 mg, reference C3A1B2.", "elm"), None, "no first line");
    }
}

#[test]
fn only_a_report_that_can_be_read_is_recorded_again() {
    let readable = item("care-17", medication(json!({})));
    assert_eq!(form_of(&readable).map(|spec| spec.id), Some("medication"));
    for change in [
        json!({ "verb": "add_note" }),
        json!({ "verb": null }),
        json!({ "with": null }),
        json!({ "with": { "category": "of_2031" } }),
        json!({ "site": null }),
    ] {
        let mut item = readable.clone();
        let text = |field: &str| change.get(field).map(|value| value.as_str().map(str::to_owned));
        if let Some(verb) = text("verb") {
            item.verb = verb;
        }
        if let Some(with) = change.get("with") {
            item.with = with.as_object().cloned().map(Into::into);
        }
        if change.get("site").is_some() {
            item.site = None;
        }
        assert!(form_of(&item).is_none(), "{change}");
    }
}

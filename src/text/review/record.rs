//! What a record is called and where it stands.

use crate::text::common;
use domain::{
    directory::Directory,
    ids,
    pathway::State,
    record::{Action, Kind, NOT_ANSWERED, Record, Reporter},
    vocabulary,
};

/// What people call a record to each other: the same here, in a calendar and in a pack.
pub fn reference(id: &str) -> String {
    ids::reference(id, ids::REFERENCE)
}

const DETAILS_NEEDED: &str = "details needed";

/// "Medicines: wrong dose or amount".
pub fn title(record: &Record) -> String {
    let Some(spec) = record.spec() else { return "A kind of report that this version does not know".into() };
    match record.facts.subtype() {
        Some(_) if has_details_to_come(record) => format!("{}: {DETAILS_NEEDED}", spec.name),
        // Nobody said it, and it was reviewed without.
        Some(_) if record.said_subtype().is_none() => format!("{}: {}", spec.name, lower_first(NOT_ANSWERED)),
        Some(code) => format!("{}: {}", spec.name, lower_first(spec.subtypes.label(code))),
        None => spec.name.to_owned(),
    }
}

pub fn icon(record: &Record) -> &'static str {
    record.spec().map_or("circle-question-mark", |spec| spec.icon)
}

/// `data-status` and the word of a state.
pub fn state(state: State) -> (&'static str, &'static str) {
    let status = match state {
        State::AwaitingRiskReview => "new",
        State::AwaitingNotificationDecision | State::AwaitingOutcome => "in-review",
        State::AwaitingAction => "action-open",
        State::Closed => "learned",
        State::Returned => "until",
        State::Withdrawn => "withdrawn",
        State::Duplicate => "closed",
    };
    (status, vocabulary::STATE.label(state.code()))
}

/// The same for one record: of a quick one, that its details are still to come.
pub fn state_of(record: &Record) -> (&'static str, &'static str) {
    match state(record.state) {
        (status, _) if record.needs_details() && record.state == State::AwaitingRiskReview => {
            (status, NEW_DETAILS_NEEDED)
        }
        of_state => of_state,
    }
}

pub const NEW_DETAILS_NEEDED: &str = "New: details needed";

/// A quick record whose details can still come.
fn has_details_to_come(record: &Record) -> bool {
    record.needs_details() && !record.unanswered().is_empty()
}

/// Who can still say what a quick record leaves open; `None` of one that was asked about everything.
pub fn details_by(record: &Record, directory: &Directory) -> Option<String> {
    if !has_details_to_come(record) {
        return None;
    }
    let who = match &record.reporter {
        Reporter::Named(id) => format!("{} is asked for them in My reports.", directory.staff_name(id)),
        Reporter::Confidential(_) => "The reporter is asked for them in My reports.".to_owned(),
        Reporter::Anonymous => "The reporter gave no name, so they may not come.".to_owned(),
    };
    Some(format!(
        "This is a quick record. Details are still to come. {who} Nobody has said yet what is not answered."
    ))
}

/// Somebody was or may have been harmed, held or restricted.
pub fn may_be_incident(record: &Record) -> bool {
    matches!(record.kind, Kind::Incident | Kind::RestrictivePractice | Kind::Unclassified)
}

pub fn urgent_reasons(record: &Record) -> Vec<&'static str> {
    let labels =
        record.urgent_reasons().into_iter().map(|reason| vocabulary::URGENT_REASON.label(reason.code()));
    labels.collect()
}

/// Where it happened: "Room 4" or the code where the name is not known.
pub fn place(record: &Record, directory: &Directory) -> Option<String> {
    record.facts.code("location").map(|code| place_name(code, directory))
}

pub fn place_name(code: &str, directory: &Directory) -> String {
    let known = directory.places.get(code).map(|place| place.name.as_str()).filter(|name| !name.is_empty());
    known.unwrap_or(code).to_owned()
}

pub fn asset_name(code: &str, directory: &Directory) -> String {
    let known = directory.assets.get(code).map(|asset| asset.name.as_str()).filter(|name| !name.is_empty());
    known.unwrap_or(code).to_owned()
}

/// "MB, AK" or nothing.
pub fn people(record: &Record) -> Option<String> {
    let codes: Vec<&str> = record.facts.list("people").collect();
    (!codes.is_empty()).then(|| codes.join(", "))
}

/// After "Reported by".
pub fn reporter(record: &Record, directory: &Directory) -> String {
    match &record.reporter {
        Reporter::Named(id) => directory.staff_name(id).to_owned(),
        Reporter::Confidential(_) if record.words_gone().is_some() => super::gone::NAME.into(),
        Reporter::Confidential(_) if record.withholds_reporter() => "a member of staff".into(),
        Reporter::Confidential(_) => "somebody whose name is sealed".into(),
        Reporter::Anonymous => "somebody who gave no name".into(),
    }
}

/// "Wrong dose" in the middle of a sentence; words in capitals stay as they are.
pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(words.chars().skip(1)).collect()
        }
        _ => words.to_owned(),
    }
}

pub fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Each action with when it was done or is due.
pub fn action_lines(record: &Record) -> Vec<String> {
    let line = |action: &Action| {
        let state = match &action.done {
            Some(done) => format!("done {}", common::day(done.on)),
            None => format!("due {}", common::day(action.due)),
        };
        format!("{} ({state})", action.text.trim_end_matches('.'))
    };
    record.actions.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record as the form for quick ones writes it.
    fn quick(by: &str) -> std::sync::Arc<Record> {
        let spec = domain::category::find("medication").expect("a category");
        let mut said = serde_json::Map::new();
        said.insert("category".into(), "medication".into());
        said.insert("text".into(), "Two tablets were in the pot.".into());
        let with = serde_json::Value::Object(spec.quick(&said));
        let mut register = domain::register::Register::new(std::sync::Arc::default());
        crate::testing::Sent { record: "r", by, with, ..Default::default() }.arrives(&mut register);
        register.shared_record("r").expect("known")
    }

    #[test]
    fn a_quick_record_says_that_details_are_to_come_and_from_whom() {
        let record = quick("rita");
        assert!(title(&record).ends_with(": details needed"), "{}", title(&record));
        assert_eq!(state_of(&record), ("new", "New: details needed"));
        let words = details_by(&record, &Directory::default()).expect("details to come");
        assert!(words.contains("rita is asked for them in My reports."), "{words}");
        let words = details_by(&quick("anonymous"), &Directory::default()).expect("details to come");
        assert!(words.contains("gave no name"), "{words}");
    }

    #[test]
    fn what_was_reviewed_without_its_details_has_no_kind_that_nobody_said() {
        let spec = domain::category::find("medication").expect("a category");
        let mut said = serde_json::Map::new();
        said.insert("category".into(), "medication".into());
        let with = serde_json::Value::Object(spec.quick(&said));
        let mut register = domain::register::Register::new(std::sync::Arc::default());
        crate::testing::Sent { record: "r", with, ..Default::default() }.arrives(&mut register);
        crate::testing::Sent { record: "r", verb: "withdraw", ..Default::default() }.arrives(&mut register);
        let record = register.shared_record("r").expect("known");
        assert_eq!(title(&record), "Medicines: not answered yet");
    }

    #[test]
    fn capitals_that_mean_something_stay() {
        assert_eq!(lower_first("Wrong dose"), "wrong dose");
        assert_eq!(lower_first("MAR chart"), "MAR chart");
        assert_eq!(upper_first("by midday"), "By midday");
    }
}

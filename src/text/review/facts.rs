//! Step 1 in words: what each field is called and what its value says.

use super::record::{asset_name, lower_first, place_name};
use crate::text::common;
use domain::{
    category::{CategorySpec, National, medication::PIR_CATEGORY},
    directory::Directory,
    fields::{Field, Kind},
    record::Facts,
    time, verbs, vocabulary,
};
use serde_json::Value;

/// What a step 1 field is called.
pub fn label(name: &str) -> &str {
    LABELS.iter().find(|(field, _)| *field == name).map_or(name, |(_, label)| label)
}

/// Where nobody has been asked yet, whatever code stands for that: of a quick record.
pub use domain::record::NOT_ANSWERED;

/// Where the national lists put it, in words. As long as nobody said what it was, no list has a place for it.
pub fn national_of(facts: &Facts, unanswered: &[&str]) -> Option<String> {
    let codes = facts.national();
    match facts.spec().is_some_and(|spec| unanswered.contains(&spec.subtype)) {
        false => national(&codes),
        true => (codes != National::default()).then(|| NOT_KNOWN_YET.to_owned()),
    }
}

/// The same words as in a pack.
const NOT_KNOWN_YET: &str = evidence::NO_NATIONAL_KIND;

/// Where the national lists put it, with the name of each list beside its letters.
pub fn national(national: &National) -> Option<String> {
    let pir = national.pir.map(|code| {
        let kind = lower_first(PIR_CATEGORY.label(code));
        format!("For CQC, in the yearly provider information return (PIR): {kind}.")
    });
    let index = national.ncc_merp.map(|code| {
        let letter = code.replace('_', " ");
        format!("In the index of medicine errors (NCC MERP): letter {letter}.")
    });
    let lines: Vec<String> = pir.into_iter().chain(index).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

const LABELS: &[(&str, &str)] = &[
    ("category", "Category"),
    ("happened", "Did something happen?"),
    ("reached", "Did it reach a person?"),
    ("harm", "Was anyone harmed?"),
    ("hands_on", "Was anyone held or blocked?"),
    ("error_type", "What nearly went wrong"),
    ("hazard", "Hazard"),
    ("behaviour_type", "What nearly happened"),
    ("occurred_at", "When it happened"),
    ("unit", "Unit"),
    ("location", "Place"),
    ("people", "People"),
    ("text", "In their words"),
    ("concern", "How worried the reporter is"),
    ("caught_by", "Who noticed it"),
    ("defence", "What stopped it"),
    ("immediate_actions", "Done straight away"),
    ("shift", "Shift"),
    ("agency_present", "Agency staff were there"),
    ("short_staffed", "Short of staff"),
    ("good_catch", "Worth sharing as good practice"),
    ("stage", "Stage"),
    ("risk_group", "Kind of medicine"),
    ("medicine", "Medicine"),
    ("mar_ref", "Medicine record (MAR) reference"),
    ("made_safe", "Made safe"),
    ("asset", "Equipment"),
    ("exam_due", "Examination due"),
    ("triggers", "What was happening before"),
    ("early_signs", "Early signs"),
    ("strategies", "What helped"),
    ("outcome", "How it ended"),
    ("restrictive_types", "Kind of restriction"),
    ("intensity", "How strong, from 1 to 5"),
    ("duration_min", "How long, in minutes"),
    ("prn", "When-needed medicine given"),
    ("identity", "Name of the reporter"),
];

/// Fields that say what happened, before those that say more about it.
const FIRST: [&str; 5] = ["category", "happened", "reached", "harm", "hands_on"];

/// Every step 1 field of a category, in the order in which people read them.
pub fn fields(spec: &'static CategorySpec) -> Vec<&'static Field> {
    let all = || verbs::REPORT.iter().chain(spec.fields);
    let first = |field: &&Field| FIRST.contains(&field.name);
    let own = |field: &&Field| spec.fields.iter().any(|own| own.name == field.name);
    let head = all().filter(first);
    let middle = all().filter(move |field| own(field) && !first(field));
    let tail = all().filter(move |field| !own(field) && !first(field));
    head.chain(middle).chain(tail).collect()
}

/// Opens the facts that are not among the first.
pub const REST: &str = "Everything that was reported";

/// What was reported, as label and words, fields without an answer left out; `unanswered`: nobody has been asked.
pub fn rows(facts: &Facts, unanswered: &[&str], directory: &Directory) -> Vec<(&'static str, String)> {
    let Some(spec) = facts.spec() else { return Vec::new() };
    const ELSEWHERE: [&str; 3] = ["category", "identity", "text"];
    let known = fields(spec).into_iter().filter(|field| !ELSEWHERE.contains(&field.name));
    known
        .filter_map(|field| {
            if unanswered.contains(&field.name) {
                return Some((label(field.name), NOT_ANSWERED.to_owned()));
            }
            let value = facts.fields.get(field.name).filter(|value| !domain::fields::is_empty(value))?;
            Some((label(field.name), words(field, value, directory)))
        })
        .chain(
            [("When it happened", common::moment(facts.occurred_at()))]
                .into_iter()
                .filter(|_| !facts.has("occurred_at")),
        )
        .collect()
}

/// The value of a field in words.
pub fn words(field: &Field, value: &Value, directory: &Directory) -> String {
    if domain::fields::is_empty(value) {
        return "No answer".into();
    }
    let one = |code: &str| match (field.name, &field.kind) {
        ("location", _) => place_name(code, directory),
        ("asset", _) => asset_name(code, directory),
        (_, Kind::Code(list) | Kind::Codes(list)) => list.label(code).to_owned(),
        (_, Kind::Instant) => time::parse_instant(code).map_or_else(|| code.to_owned(), common::moment),
        (_, Kind::Date) => time::parse_date(code).map_or_else(|| code.to_owned(), common::day),
        _ => code.to_owned(),
    };
    match value {
        Value::String(text) => one(text),
        Value::Array(list) => {
            let words: Vec<String> = list.iter().filter_map(Value::as_str).map(one).collect();
            words.join(", ")
        }
        Value::Bool(yes) => if *yes { "Yes" } else { "No" }.into(),
        other => other.to_string(),
    }
}

/// The words of a named field of a record, for showing a change.
pub fn value_of(
    spec: Option<&'static CategorySpec>,
    name: &str,
    value: &Value,
    directory: &Directory,
) -> String {
    let field = spec.and_then(|spec| fields(spec).into_iter().find(|field| field.name == name));
    match field {
        Some(field) => words(field, value, directory),
        None => vocabulary::CATEGORY.label(value.as_str().unwrap_or_default()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_quick_record_leaves_out_is_not_answered_and_has_no_kind_yet() {
        let spec = domain::category::find("medication").expect("a category");
        let mut said = serde_json::Map::new();
        said.insert("category".into(), "medication".into());
        let at = time::parse_instant("2026-11-28T14:00Z").expect("a time");
        let quick = Facts::new(spec.quick(&said), at);
        let unanswered = quick.unanswered();
        let rows = rows(&quick, &unanswered, &Directory::default());
        for name in ["happened", "reached", "error_type"] {
            assert!(rows.contains(&(label(name), NOT_ANSWERED.to_owned())), "{name}: {rows:?}");
        }
        assert_eq!(national_of(&quick, &unanswered).as_deref(), Some(NOT_KNOWN_YET));
        said.insert("error_type".into(), "wrong_dose".into());
        let known = Facts::new(spec.quick(&said), at);
        assert!(!known.unanswered().contains(&"error_type"));
        assert_ne!(national_of(&known, &known.unanswered()).as_deref(), Some(NOT_KNOWN_YET));
    }

    #[test]
    fn national_codes_are_said_with_the_name_of_their_list() {
        let said = |ncc_merp, pir| national(&National { ncc_merp, pir });
        assert_eq!(
            said(Some("E_or_worse"), Some("missed")).as_deref(),
            Some(
                "For CQC, in the yearly provider information return (PIR): missed. \
                 In the index of medicine errors (NCC MERP): letter E or worse."
            )
        );
        assert_eq!(
            said(None, Some("too_little_or_too_much")).as_deref(),
            Some("For CQC, in the yearly provider information return (PIR): too little or too much.")
        );
        assert_eq!(said(None, None), None);
    }
}

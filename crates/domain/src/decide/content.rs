//! Checks 7 to 9: what is missing, what is not on its list, what has the wrong form.

use super::is_anonymous;
use crate::{
    category,
    event::Event,
    fields::{self, Field},
    notification::questions_for,
    photo,
    record::Record,
    refusal::{Code, Refusal},
    register::MAIN_UNIT,
    verbs::{self, VerbSpec},
};
use serde_json::{Map, Value};

/// `units`: those that the site has, where the event is held to them.
pub(super) fn check(
    event: &Event,
    spec: &VerbSpec,
    record: Option<&Record>,
    units: Option<&[String]>,
) -> Result<(), Refusal> {
    let mut problems = problems(event, spec, record);
    problems.extend(units.and_then(|units| of_unit(event, units)));
    problems.into_iter().min_by_key(|problem| rank(problem.code)).map_or(Ok(()), Err)
}

/// A unit that the site does not have. A site without units has the one unit `main`.
/// Source: model.md sections 3 and 11.6.
fn of_unit(event: &Event, units: &[String]) -> Option<Refusal> {
    let fields = match event.verb.as_str() {
        "report" | "import_past" => &event.with,
        "amend" | "resubmit" => event.with.get("changes")?.as_object()?,
        _ => return None,
    };
    let said = fields.get("unit")?.as_str().filter(|unit| !unit.trim().is_empty())?;
    let is_known = if units.is_empty() { said == MAIN_UNIT } else { units.iter().any(|unit| unit == said) };
    (!is_known).then(|| Refusal::of(Code::UnknownCode, "unit"))
}

/// Every problem of checks 7 to 9 that the event itself shows.
fn problems(event: &Event, spec: &VerbSpec, record: Option<&Record>) -> Vec<Refusal> {
    let with = &event.with;
    if spec.of_site && event.record.is_some() {
        // No record would take it in, and the site would never hear of it.
        return vec![Refusal::of(Code::UnknownCode, "record")];
    }
    if is_anonymous(event) && has(with, photo::FIELD) {
        // The device that brings the bytes would tell who took them.
        return vec![Refusal::of(Code::BadValue, photo::FIELD)];
    }
    match spec.name {
        "report" => of_report(event),
        "import_past" => of_import(event),
        "amend" | "resubmit" => {
            let mut problems = fields::problems(with, &[spec.fields]);
            problems.extend(
                with.get("changes")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flat_map(|changes| of_changes(changes, record)),
            );
            if spec.name == "resubmit" && !has(with, "changes") && !has(with, "text") {
                problems.push(Refusal::of(Code::MissingField, "changes"));
            }
            problems
        }
        "assess_notification" | "revise_notification" => {
            // The absent reason of a revision has a code of its own, later.
            let mut problems = fields::problems(with, &[spec.fields]);
            problems.extend(of_questions(with, record));
            problems
        }
        "share_story" => {
            let mut problems = fields::problems(with, &[spec.fields]);
            match (event.text("consent") == Some("reporter_named"), has(with, "credit")) {
                (true, false) => problems.push(Refusal::of(Code::MissingField, "credit")),
                (false, true) => problems.push(Refusal::of(Code::BadValue, "credit")),
                _ => {}
            }
            problems
        }
        "link" => {
            let mut problems = fields::problems(with, &[spec.fields]);
            let names_other = has(with, "kind") && has(with, "ref");
            if !has(with, "to") && !names_other {
                problems.push(Refusal::of(Code::MissingField, "to"));
            }
            problems
        }
        _ => fields::problems(with, &[spec.fields]),
    }
}

fn of_step_1(event: &Event, more: &[Field]) -> Vec<Refusal> {
    let own = event.text("category").and_then(category::find).map_or(&[][..], |spec| spec.fields);
    let mut problems = fields::problems(&event.with, &[verbs::REPORT, own, more]);
    if event.record.is_none() {
        problems.push(Refusal::of(Code::MissingField, "record"));
    }
    problems
}

/// Nobody reported it here, so nobody's name can be kept back; and it happened at a time that is known.
fn of_import(event: &Event) -> Vec<Refusal> {
    let mut problems = of_step_1(event, verbs::IMPORT_PAST);
    if event.text("identity").is_some_and(|identity| identity != "named") {
        problems.push(Refusal::of(Code::BadValue, "identity"));
    }
    if !has(&event.with, "occurred_at") {
        problems.push(Refusal::of(Code::MissingField, "occurred_at"));
    }
    problems
}

fn of_report(event: &Event) -> Vec<Refusal> {
    let mut problems = of_step_1(event, verbs::PHOTOS);
    let says_anonymous = event.text("identity") == Some("anonymous");
    if says_anonymous != is_anonymous(event) {
        problems.push(Refusal::of(Code::BadValue, "identity"));
    }
    problems
}

/// The new values of step 1 fields, judged by the category that they give. Null removes a field.
fn of_changes(changes: &Map<String, Value>, record: Option<&Record>) -> Vec<Refusal> {
    let category =
        changes.get("category").and_then(Value::as_str).or(record.map(|record| record.facts.category()));
    let own: &[Field] = category.and_then(category::find).map_or(&[], |spec| spec.fields);
    fields::problems(changes, &[verbs::REPORT, own])
        .into_iter()
        .filter(|problem| problem.code != Code::MissingField)
        .collect()
}

/// A question that is not asked for this category.
fn of_questions(with: &Map<String, Value>, record: Option<&Record>) -> Vec<Refusal> {
    let answers = with.get("answers").and_then(Value::as_object);
    let Some(spec) = record.and_then(Record::spec) else { return Vec::new() };
    answers
        .into_iter()
        .flat_map(Map::keys)
        .filter(|question| !questions_for(spec).any(|asked| asked.id == **question))
        .map(|question| Refusal::of(Code::UnknownCode, question.as_str()))
        .collect()
}

fn has(with: &Map<String, Value>, name: &str) -> bool {
    with.get(name).is_some_and(|value| !fields::is_empty(value))
}

fn rank(code: Code) -> u8 {
    match code {
        Code::MissingField => 7,
        Code::UnknownCode => 8,
        _ => 9,
    }
}

//! Small shapes that every resource is made of.

use domain::{record::NOT_ANSWERED, vocabulary::CodeList};
use serde_json::{Value, json};

/// Our own code systems, identifiers and extensions.
const OURS: &str = "urn:noticed";
/// Why a value is absent. Source: FHIR R4, code system data-absent-reason.
const NOT_ASKED: &str = "not-asked";
/// Longest id that FHIR allows.
const LONGEST_ID: usize = 64;

/// FHIR has no empty values: takes out nulls, empty texts, lists and objects.
pub(super) fn prune(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            items.into_iter().map(prune).filter(|item| !is_nothing(item)).collect::<Vec<_>>().into()
        }
        Value::Object(fields) => {
            let kept = fields.into_iter().map(|(name, value)| (name, prune(value)));
            Value::Object(kept.filter(|(_, value)| !is_nothing(value)).collect())
        }
        Value::String(text) => Value::String(clean(&text)),
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A text of FHIR has no control characters but tab and line breaks, and is not blank.
fn clean(text: &str) -> String {
    let kept: String =
        text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\t' | '\r' | '\n')).collect();
    if kept.trim().is_empty() { String::new() } else { kept }
}

/// Letters, digits, `-` and `.`, at most 64 of them.
pub(super) fn id(text: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' };
    text.chars().map(letter).take(LONGEST_ID).collect()
}

pub(super) fn system(name: &str) -> String {
    format!("{OURS}:codes:{name}")
}

pub(super) fn identifier(name: &str, value: &str) -> Value {
    json!({"system": format!("{OURS}:id:{name}"), "value": value})
}

pub(super) fn coding(list: &CodeList, code: &str) -> Value {
    json!({"system": system(list.name), "code": code.trim(), "display": list.label(code)})
}

/// A code of one of our lists with its words; null for none.
pub(super) fn concept(list: &CodeList, code: Option<&str>) -> Value {
    match code.filter(|code| !code.trim().is_empty()) {
        Some(code) => json!({"coding": [coding(list, code)], "text": list.label(code)}),
        None => Value::Null,
    }
}

/// In place of a code: nobody has been asked yet.
pub(super) fn not_asked() -> Value {
    let coding = json!({"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": NOT_ASKED,
        "display": "Not Asked"});
    json!({"coding": [coding], "text": NOT_ANSWERED})
}

/// The same in place of a value that is a code of FHIR's own: it stands beside the name of the field with `_` in front.
pub(super) fn absent() -> Value {
    json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": NOT_ASKED}]})
}

pub(super) fn words(text: &str) -> Value {
    json!({"text": text})
}

/// An extension; `value` is a pair such as `("valueString", ...)`. Null where there is no value.
pub(super) fn extension(name: &str, kind: &str, value: Value) -> Value {
    if is_nothing(&value) {
        return Value::Null;
    }
    json!({"url": format!("{OURS}:extension:{name}"), kind: value})
}

//! Expected beside got: of a map only the given keys, of a list everything in order.

use super::text;
use domain::time::{london, parse_instant};
use serde::Serialize;
use serde_json::Value;

/// The word for a field that is absent or has no value.
const NONE: &str = "none";
const ABSENT: &str = "absent";

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Place inside `is`, for example `due.3`; empty for the whole.
    pub path: String,
    pub expected: String,
    pub got: String,
}

/// What differs between `is` of an expectation and what a place shows; `None` when the thing does not exist.
pub fn compare(expected: &Value, got: Option<&Value>) -> Vec<Difference> {
    match (expected, got) {
        (Value::String(word), None) if word == ABSENT => Vec::new(),
        (Value::String(word), Some(got)) if word == ABSENT => vec![differ("", expected, Some(got))],
        (Value::Object(map), None) if map.values().any(|value| !is_none(value)) => {
            vec![Difference { path: String::new(), expected: show(Some(expected)), got: ABSENT.to_owned() }]
        }
        _ => {
            let mut found = Vec::new();
            walk("", expected, got, &mut found);
            found
        }
    }
}

fn walk(path: &str, expected: &Value, got: Option<&Value>, found: &mut Vec<Difference>) {
    match (expected, got) {
        (expected, got) if is_none(expected) && got.is_none_or(has_no_value) => {}
        (Value::Object(keys), got) if got.is_none_or(|got| got.is_object() || got.is_null()) => {
            for (key, value) in keys {
                let got = got.and_then(|got| got.get(key));
                walk(&join(path, key), value, got, found);
            }
        }
        (Value::Array(items), Some(Value::Array(got_items)))
            if holds_maps(items) && items.len() == got_items.len() =>
        {
            for (place, (item, got)) in items.iter().zip(got_items).enumerate() {
                walk(&join(path, &place.to_string()), item, Some(got), found);
            }
        }
        (Value::Array(items), Some(Value::Array(got_items))) => {
            let same = items.len() == got_items.len()
                && items.iter().zip(got_items).all(|(item, got)| is_same(item, got));
            if !same {
                found.push(differ(path, expected, got));
            }
        }
        (expected, Some(got)) if is_same(expected, got) => {}
        _ => found.push(differ(path, expected, got)),
    }
}

/// Scalars compare as text, instants as instants, numbers as numbers.
fn is_same(expected: &Value, got: &Value) -> bool {
    if let (Some(expected), Some(got)) = (expected.as_f64(), got.as_f64()) {
        return (expected - got).abs() <= 1e-6;
    }
    let (Some(expected), Some(got)) = (text::of(expected), text::of(got)) else { return false };
    match (parse_instant(&expected), parse_instant(&got)) {
        (Some(expected), Some(got)) => expected == got,
        _ => expected == got,
    }
}

fn is_none(value: &Value) -> bool {
    value.as_str() == Some(NONE) || value.is_null()
}

fn has_no_value(got: &Value) -> bool {
    got.is_null() || got.as_array().is_some_and(Vec::is_empty)
}

fn holds_maps(items: &[Value]) -> bool {
    items.iter().any(Value::is_object)
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn differ(path: &str, expected: &Value, got: Option<&Value>) -> Difference {
    Difference { path: path.to_owned(), expected: show(Some(expected)), got: show(got) }
}

/// As a scenario file would say it.
fn show(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => NONE.to_owned(),
        Some(Value::String(text)) => show_text(text),
        Some(Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(|item| show(Some(item))).collect();
            format!("[{}]", items.join(", "))
        }
        Some(Value::Object(map)) => {
            let items: Vec<String> =
                map.iter().map(|(key, item)| format!("{key}: {}", show(Some(item)))).collect();
            format!("{{{}}}", items.join(", "))
        }
        Some(scalar) => scalar.to_string(),
    }
}

fn show_text(text: &str) -> String {
    let Some(instant) = parse_instant(text) else { return text.to_owned() };
    let zone = if london(instant) == instant.naive_utc() { "+00:00" } else { "+01:00" };
    format!("{}{zone}", london(instant).format("%Y-%m-%dT%H:%M:%S%.f"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(expected: Value, got: Value, paths: &[&str]) {
        let found = compare(&expected, Some(&got));
        assert_eq!(
            found.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(),
            paths,
            "{expected} beside {got}"
        );
    }

    #[test]
    fn only_the_given_keys_of_a_map_are_compared() {
        check(json!({"a": 1}), json!({"a": 1, "b": 2}), &[]);
        check(json!({"a": {"x": 1, "y": "none"}}), json!({"a": {"x": 2}}), &["a.x"]);
    }

    #[test]
    fn lists_are_compared_whole_and_in_order() {
        check(json!([1, "2"]), json!(["1", 2]), &[]);
        check(json!(["a", "b"]), json!(["b", "a"]), &[""]);
        check(json!({"l": []}), json!({"l": ["a"]}), &["l"]);
        check(json!([{"id": "a1"}]), json!([{"id": "a1", "done": true}]), &[]);
        check(json!([{"id": "a1"}]), json!([{"id": "a1"}, {"id": "a2"}]), &[""]);
    }

    #[test]
    fn instants_compare_as_instants_and_none_is_no_value() {
        check(json!({"at": "2026-06-01T10:00+01:00"}), json!({"at": "2026-06-01T09:00:00Z"}), &[]);
        check(json!({"at": "2026-06-01"}), json!({"at": "2026-06-01T00:00:00Z"}), &["at"]);
        check(json!({"at": "none"}), json!({"at": null}), &[]);
        check(json!({"at": "none"}), json!({}), &[]);
        check(json!({"at": "none"}), json!({"at": "x"}), &["at"]);
        check(json!({"marks": "none"}), json!({"marks": []}), &[]);
        check(json!({"marks": "none"}), json!({"marks": ["late_sync"]}), &["marks"]);
    }

    #[test]
    fn absent_means_that_the_thing_does_not_exist() {
        assert!(compare(&json!("absent"), None).is_empty());
        assert_eq!(compare(&json!("absent"), Some(&json!({}))).len(), 1);
        assert_eq!(compare(&json!({"a": 1}), None).len(), 1);
    }
}

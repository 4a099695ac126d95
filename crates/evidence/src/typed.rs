//! The words that somebody typed in an event, each with its place in the fields of the event. By the kind of the field,
//! so that none is forgotten and none that is a code, an id or about the practice of staff slips in.

use crate::cast::Cast;
use domain::{
    category,
    event::Event,
    fields::{Field, Kind},
    verbs,
};
use serde_json::{Map, Value};

/// One field with words.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed<'a> {
    /// Names of the fields from the outside in: `["bodies", "cqc", "reason"]`.
    pub path: Vec<&'a str>,
    /// One text, or one of a list.
    pub words: Vec<&'a str>,
    is_list: bool,
}

/// `people` are codes. `shared` is the id of an action of another record.
const NO_WORDS: [&str; 2] = ["people", "shared"];
/// What was said with a member of staff about their practice.
const ABOUT_STAFF: &str = "supervision";

/// In the order of the fields of its verb. Empty for a verb that is not known here.
pub fn typed(event: &Event) -> Vec<Typed<'_>> {
    let mut found = Vec::new();
    let Some(spec) = verbs::find(&event.verb) else { return found };
    if spec.makes_record() {
        for fields in step_1() {
            gather(&event.with, fields, &[], &mut found);
        }
        gather(&event.with, verbs::IMPORT_PAST, &[], &mut found);
    } else {
        gather(&event.with, spec.fields, &[], &mut found);
    }
    found
}

/// Fields of a report, whatever the category was or becomes.
fn step_1() -> impl Iterator<Item = &'static [Field]> {
    std::iter::once(verbs::REPORT).chain(category::CATEGORIES.into_iter().map(|spec| spec.fields))
}

fn gather<'a>(
    with: &'a Map<String, Value>,
    fields: &'static [Field],
    at: &[&'a str],
    found: &mut Vec<Typed<'a>>,
) {
    for field in fields {
        let Some(value) = with.get(field.name) else { continue };
        let path = [at, &[field.name]].concat();
        match (&field.kind, value) {
            _ if field.name == ABOUT_STAFF || NO_WORDS.contains(&field.name) => {}
            (Kind::Text, Value::String(text)) if !text.trim().is_empty() => {
                found.push(Typed { path, words: vec![text.trim()], is_list: false });
            }
            (Kind::Texts, Value::Array(list)) => {
                let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                if !words.is_empty() {
                    found.push(Typed { path, words, is_list: true });
                }
            }
            (Kind::Group(fields), Value::Object(group)) => gather(group, fields, &path, found),
            (Kind::GroupMap(keys, fields), Value::Object(groups)) => {
                for (key, group) in groups.iter().filter(|(key, _)| keys.has(key)) {
                    if let Value::Object(group) = group {
                        gather(group, fields, &[path.as_slice(), &[key.as_str()]].concat(), found);
                    }
                }
            }
            (Kind::Changes, Value::Object(changes)) => {
                step_1().for_each(|fields| gather(changes, fields, &path, found));
            }
            _ => {}
        }
    }
}

/// Puts the typed words of an event back among its coded fields, and people as this cast calls them.
pub fn put_back(with: &mut Map<String, Value>, event: &Event, cast: &Cast) {
    for Typed { path, words, is_list } in typed(event) {
        let value = if is_list { Value::from(words) } else { Value::from(words.concat()) };
        put(with, &path, value);
    }
    let changed = event.with.get("changes").and_then(|changes| changes.get("people"));
    if let Some(people) = changed.and_then(Value::as_array) {
        let people: Vec<String> =
            people.iter().filter_map(Value::as_str).map(|code| cast.person(code)).collect();
        put(with, &["changes", "people"], Value::from(people));
    }
}

fn put(with: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [last] => drop(with.insert((*last).to_owned(), value)),
        [first, rest @ ..] => {
            let inner = with.entry((*first).to_owned()).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

//! What fields a verb or a category takes, as data, and the checks 7 to 9 of model.md section 1.3:
//! a required field is absent, a code is not in its list, a value has the wrong form.

use crate::{
    photo,
    refusal::{Code, Refusal},
    time,
    vocabulary::CodeList,
};
use serde_json::{Map, Value};

#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
}

/// The form of a field's value.
#[derive(Debug)]
pub enum Kind {
    /// One code of a list.
    Code(&'static CodeList),
    /// A list of codes.
    Codes(&'static CodeList),
    Text,
    /// A list of texts.
    Texts,
    /// The id of an event or a record.
    Id,
    /// The id of a member of staff.
    Staff,
    /// The name of an alert: `rule|key`.
    Alert,
    /// A month, quarter or year.
    Period,
    /// A code of one of the provider's own lists.
    Listed(ListOf),
    /// RFC 3339 date-time with an offset.
    Instant,
    /// `YYYY-MM-DD`.
    Date,
    Whole {
        min: i64,
        max: i64,
    },
    Number {
        min: f64,
    },
    Bool,
    /// A map with fields of its own.
    Group(&'static [Field]),
    /// A map whose keys are codes of a list; every value is one code of the second list.
    CodeMap(&'static CodeList, &'static CodeList),
    /// A map whose keys are codes of a list; every value is a group.
    GroupMap(&'static CodeList, &'static [Field]),
    /// Step 1 fields to replace; looked at by `amend` itself.
    Changes,
    /// Photos whose bytes travel apart; see `photo`.
    Photos,
}

/// The lists that a provider keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOf {
    Units,
    Places,
    Assets,
}

pub const fn required(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

pub const fn optional(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

/// Runs checks 7, 8 and 9 in that order over all fields.
/// # Errors  `missing_field`, `unknown_code` (also for a field that does not exist) or `bad_value`, with the field.
pub fn check(with: &Map<String, Value>, fields: &[&[Field]]) -> Result<(), Refusal> {
    match problems(with, fields).into_iter().min_by_key(|problem| rank(problem.code)) {
        Some(first) => Err(first),
        None => Ok(()),
    }
}

/// Every problem, for a form that shows them all at once.
pub fn problems(with: &Map<String, Value>, fields: &[&[Field]]) -> Vec<Refusal> {
    let all = || fields.iter().flat_map(|part| part.iter());
    let missing = all()
        .filter(|field| field.required && with.get(field.name).is_none_or(is_empty))
        .map(|field| Refusal::of(Code::MissingField, field.name));
    let unknown = with
        .keys()
        .filter(|name| !all().any(|field| field.name == name.as_str()))
        .map(|name| Refusal::of(Code::UnknownCode, name.as_str()));
    let faulty = all()
        .filter_map(|field| Some((field, with.get(field.name).filter(|value| !is_empty(value))?)))
        .filter_map(|(field, value)| fault(&field.kind, value).map(|code| Refusal::of(code, field.name)));
    missing.chain(unknown).chain(faulty).collect()
}

/// Absent in effect: null, an empty text, an empty list or an empty map.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn rank(code: Code) -> u8 {
    match code {
        Code::MissingField => 7,
        Code::UnknownCode => 8,
        _ => 9,
    }
}

/// What is wrong with a value that is present.
pub fn fault(kind: &Kind, value: &Value) -> Option<Code> {
    let bad = |fine: bool| (!fine).then_some(Code::BadValue);
    match kind {
        Kind::Code(list) => match value.as_str() {
            Some(code) => (!list.has(code)).then_some(Code::UnknownCode),
            None => Some(Code::BadValue),
        },
        Kind::Codes(list) => worst(value.as_array(), |item| fault(&Kind::Code(list), item)),
        Kind::Text | Kind::Id | Kind::Staff | Kind::Alert | Kind::Period | Kind::Listed(_) => {
            bad(value.is_string())
        }
        Kind::Texts => bad(value.as_array().is_some_and(|list| list.iter().all(Value::is_string))),
        Kind::Instant => bad(value.as_str().and_then(time::parse_instant).is_some()),
        Kind::Date => bad(value.as_str().and_then(time::parse_date).is_some()),
        Kind::Whole { min, max } => bad(value.as_i64().is_some_and(|number| (*min..=*max).contains(&number))),
        Kind::Number { min } => bad(value.as_f64().is_some_and(|number| number >= *min)),
        Kind::Bool => bad(value.is_boolean()),
        Kind::Group(fields) => match value.as_object() {
            Some(map) => check(map, &[fields]).err().map(|refusal| refusal.code),
            None => Some(Code::BadValue),
        },
        Kind::CodeMap(keys, values) => keyed(value, keys, |item| fault(&Kind::Code(values), item)),
        Kind::GroupMap(keys, fields) => keyed(value, keys, |item| match item.as_object() {
            Some(map) => check(map, &[fields]).err().map(|refusal| refusal.code),
            None => Some(Code::BadValue),
        }),
        Kind::Changes => bad(value.is_object()),
        Kind::Photos => bad(photo::read_all(value).is_some()),
    }
}

fn keyed(value: &Value, keys: &CodeList, inner: impl Fn(&Value) -> Option<Code>) -> Option<Code> {
    let Some(map) = value.as_object() else { return Some(Code::BadValue) };
    let faults = map.iter().map(|(key, item)| match keys.has(key) {
        false => Some(Code::UnknownCode),
        true => inner(item),
    });
    faults.flatten().min_by_key(|code| rank(*code))
}

fn worst(list: Option<&Vec<Value>>, inner: impl Fn(&Value) -> Option<Code>) -> Option<Code> {
    let Some(list) = list else { return Some(Code::BadValue) };
    list.iter().filter_map(inner).min_by_key(|code| rank(*code))
}

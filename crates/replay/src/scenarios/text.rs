//! How values of a scenario file are read: ids compare as text, instants may leave the seconds out.

use chrono::{DurationRound, NaiveDate, TimeDelta};
use domain::{
    directory::Settings,
    time::{Instant, parse_date, parse_instant},
};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Map, Value};

/// A scalar as text: `3` and `"3"` are the same. `None` for a list, a map or null.
pub fn of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The same value with every instant in it cut to the minute.
pub fn to_the_minute(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let cut = parse_instant(text).and_then(|at| at.duration_trunc(TimeDelta::minutes(1)).ok());
            cut.map_or_else(|| value.clone(), |at| Value::String(at.to_rfc3339()))
        }
        Value::Array(items) => items.iter().map(to_the_minute).collect(),
        Value::Object(map) => map.iter().map(|(key, item)| (key.clone(), to_the_minute(item))).collect(),
        other => other.clone(),
    }
}

pub fn required<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    of(&Value::deserialize(input)?).ok_or_else(|| D::Error::custom("text is needed"))
}

pub fn maybe<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    required(input).map(Some)
}

pub fn list<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    let items = Vec::<Value>::deserialize(input)?;
    items.iter().map(|item| of(item).ok_or_else(|| D::Error::custom("a list of text is needed"))).collect()
}

pub fn date<'de, D: Deserializer<'de>>(input: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = required(input)?;
    parse_date(&text).map(Some).ok_or_else(|| D::Error::custom(format!("`{text}` is not a date")))
}

pub fn instant<'de, D: Deserializer<'de>>(input: D) -> Result<Instant, D::Error> {
    let text = required(input)?;
    parse_instant(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not an instant")))
}

pub fn maybe_instant<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Instant>, D::Error> {
    instant(input).map(Some)
}

/// Settings of a site; `none` means that the setting is not given.
pub fn settings<'de, D: Deserializer<'de>>(input: D) -> Result<Settings, D::Error> {
    let mut given = Map::<String, Value>::deserialize(input)?;
    given.retain(|_, value| value.as_str() != Some("none"));
    serde_json::from_value(Value::Object(given)).map_err(D::Error::custom)
}

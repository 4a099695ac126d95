//! Is an expectation well formed? Unknown checks and unknown keys are errors, wherever they stand.

use super::{audits, find, measures, record};
use crate::scenarios::{file::Expectation, text};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};

/// # Errors  Names the key.
pub fn check_shape(expectation: &Expectation) -> Result<()> {
    let check = find(&expectation.check).with_context(|| format!("`{}` is no check", expectation.check))?;
    match (&expectation.of, check.name) {
        (Value::Object(of), "measure") => known_keys("of", of, measures::OF)?,
        (of, _) => ensure!(text::of(of).is_some(), "of: the name of one thing is needed"),
    }
    match &expectation.is {
        Value::String(word) if word == "absent" => Ok(()),
        Value::Object(map) if !check.list => {
            known_keys("is", map, check.keys)?;
            for (key, value) in map {
                check_parts(check.name, key, value)?;
            }
            Ok(())
        }
        Value::Array(items) if check.list => items.iter().try_for_each(|item| match item {
            Value::Object(map) => known_keys("is", map, check.keys),
            _ if check.keys.is_empty() => Ok(()),
            _ => bail!("is: every item is a map"),
        }),
        _ => bail!("is: {} is needed", if check.list { "a list" } else { "a map" }),
    }
}

/// Maps inside a map.
fn check_parts(check: &str, key: &str, value: &Value) -> Result<()> {
    let keys = match (check, key) {
        ("record", "bodies") => record::BODY_KEYS,
        ("record", "actions") => record::ACTION_KEYS,
        ("record", "outages") => record::OUTAGE_KEYS,
        ("audit", "figures") => audits::FIGURES,
        _ => return Ok(()),
    };
    let groups: Vec<&Value> = match value {
        Value::Object(map) if key == "bodies" => map.values().collect(),
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    };
    for group in groups.into_iter().filter_map(Value::as_object) {
        known_keys(&format!("is.{key}"), group, keys)?;
    }
    Ok(())
}

fn known_keys(place: &str, map: &Map<String, Value>, keys: &[&str]) -> Result<()> {
    match map.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => bail!("{place}: unknown key `{key}`"),
        None => Ok(()),
    }
}

//! Under which rule the words of a record may go.

use super::What;
use crate::log::gone::ERASURE;
use chrono::NaiveDate;
use domain::{record::Record, retention};
use serde_json::Value;

/// `None`: under none.
pub fn rule_for(record: &Record, what: &What, today: NaiveDate) -> Option<String> {
    match what {
        What::Due => {
            let until = record.kept_until().filter(|until| *until <= today)?;
            let (class, version) = (record.retention(), &retention::classes().version);
            Some(format!("{} ({}): {} years, over on {until}.", class.id, version, class.years))
        }
        What::Person(code) => {
            let mut events = record.events.iter();
            let named = events.any(|received| received.event.with.values().any(|value| names(value, code)));
            named.then(|| format!("{ERASURE}: a person asked for it."))
        }
    }
}

fn names(value: &Value, code: &str) -> bool {
    match value {
        Value::String(text) => text == code,
        Value::Array(all) => all.iter().any(|value| names(value, code)),
        Value::Object(all) => all.values().any(|value| names(value, code)),
        _ => false,
    }
}

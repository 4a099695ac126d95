//! The ids of a scenario file are local; every run gives them real ones and reads real ones back.

use serde_json::Value;
use std::collections::BTreeMap;

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Event,
    Record,
}

/// Local ids on one side, real ids on the other.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    real: BTreeMap<(Sort, String), String>,
    local: BTreeMap<String, String>,
}

impl Ids {
    pub fn give(&mut self, sort: Sort, local: &str, real: &str) {
        self.real.insert((sort, local.to_owned()), real.to_owned());
        self.local.entry(real.to_owned()).or_insert_with(|| local.to_owned());
    }

    /// False where local ids are used as they are.
    pub fn are_given(&self) -> bool {
        !self.real.is_empty()
    }

    /// The real id, or the local text itself for an id that nothing in the file introduces.
    pub fn real<'a>(&'a self, sort: Sort, local: &'a str) -> &'a str {
        self.real.get(&(sort, local.to_owned())).map_or(local, String::as_str)
    }

    pub fn local<'a>(&'a self, real: &'a str) -> &'a str {
        self.local.get(real).map_or(real, String::as_str)
    }

    /// An alert is `rule|key`; parts of a key that name a record are ids.
    pub fn real_alert(&self, alert: &str) -> String {
        by_part(alert, |part| self.real(Sort::Record, part))
    }

    pub fn local_alert(&self, alert: &str) -> String {
        by_part(alert, |part| self.local(part))
    }

    /// Every real id inside a value becomes local again, inside alert keys too.
    pub fn localise(&self, value: Value) -> Value {
        match value {
            Value::String(text) if text.contains('|') => {
                Value::String(by_part(&text, |part| self.local(part)))
            }
            Value::String(text) => Value::String(self.local(&text).to_owned()),
            Value::Array(items) => items.into_iter().map(|item| self.localise(item)).collect(),
            Value::Object(map) => map
                .into_iter()
                .map(|(key, item)| (self.local(&key).to_owned(), self.localise(item)))
                .collect(),
            other => other,
        }
    }
}

fn by_part<'a>(alert: &'a str, change: impl Fn(&'a str) -> &'a str) -> String {
    let Some((rule, key)) = alert.split_once('|') else { return alert.to_owned() };
    let parts: Vec<&str> = key.split('/').map(change).collect();
    format!("{rule}|{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_go_out_and_come_back_inside_alert_keys_too() {
        let mut ids = Ids::default();
        ids.give(Sort::Record, "r1", "0197-a");
        assert_eq!(ids.real_alert("outage_24h|r1/electricity"), "outage_24h|0197-a/electricity");
        let back = ids.localise(json!({"records": ["0197-a"], "key": "outage_24h|0197-a/electricity"}));
        assert_eq!(back, json!({"records": ["r1"], "key": "outage_24h|r1/electricity"}));
    }
}

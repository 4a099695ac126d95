//! The ids of a scenario file are local; every run gives them real ones and reads real ones back.

use domain::patterns::Rule;
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

    /// An alert is `rule|key`; a record that a key begins with is an id.
    pub fn real_alert(&self, alert: &str) -> String {
        by_record(alert, |record| self.real(Sort::Record, record))
    }

    pub fn local_alert(&self, alert: &str) -> String {
        by_record(alert, |record| self.local(record))
    }

    /// Every real id inside a value becomes local again, inside alert keys too.
    pub fn localise(&self, value: Value) -> Value {
        match value {
            Value::String(text) if text.contains('|') => {
                Value::String(by_record(&text, |record| self.local(record)))
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

/// Rules whose key begins with a record. Source: model.md section 11.3.
const OF_RECORD: [Rule; 5] = [
    Rule::SingleHighPotential,
    Rule::RecurrenceAfterClose,
    Rule::DelayedRepair,
    Rule::LackOfImprovement,
    Rule::Outage24h,
];

/// Changes the record in the key of an alert. A place or a person may be called like a record.
fn by_record<'a>(alert: &'a str, change: impl Fn(&'a str) -> &'a str) -> String {
    let Some((rule, key)) = alert.split_once('|') else { return alert.to_owned() };
    if !Rule::from_code(rule).is_some_and(|rule| OF_RECORD.contains(&rule)) {
        return alert.to_owned();
    }
    match key.split_once('/') {
        Some((record, what)) => format!("{rule}|{}/{what}", change(record)),
        None => format!("{rule}|{}", change(key)),
    }
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

    #[test]
    fn a_person_or_a_place_with_the_name_of_a_record_keeps_it() {
        let mut ids = Ids::default();
        ids.give(Sort::Record, "r1", "0197-a");
        for alert in ["same_person|r1", "same_type_same_place|medication/omitted/r1", "silence|r1"] {
            assert_eq!(ids.real_alert(alert), alert);
        }
        assert_eq!(ids.real_alert("delayed_repair|r1"), "delayed_repair|0197-a");
    }
}

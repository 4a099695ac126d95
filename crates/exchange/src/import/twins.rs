//! Rows that say the same as an earlier row, or as a record that is here already.

use super::{Same, Target};
use domain::{
    ids::RecordId,
    record::{Facts, Record},
    time,
};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// Moment, category, subtype and people; at noon, which also stands for no time, the text too.
type Key = (i64, String, String, String, String);

pub(super) struct Twins {
    ids: HashSet<RecordId>,
    records: HashMap<Key, RecordId>,
    /// The whole row -> its number.
    rows: HashMap<String, u32>,
}

impl Twins {
    pub fn of(target: Target<'_>) -> Twins {
        let live = || target.register.of_site(target.site).filter(|record: &&Record| record.state.is_live());
        Twins {
            ids: live().map(|record| record.id.clone()).collect(),
            records: live().map(|record| (key(&record.facts), record.id.clone())).collect(),
            rows: HashMap::new(),
        }
    }

    /// What the row is the same as; a row that is like no other is remembered.
    pub fn find(
        &mut self,
        with: &Map<String, Value>,
        facts: &Facts,
        row: u32,
        id: Option<&str>,
    ) -> Option<Same> {
        if let Some(id) = id.filter(|id| self.ids.contains(*id)) {
            return Some(Same::Record(id.into()));
        }
        if !self.records.is_empty()
            && let Some(record) = self.records.get(&key(facts))
        {
            return Some(Same::Record(record.clone()));
        }
        match self.rows.entry(said(with)) {
            Entry::Occupied(earlier) => Some(Same::Row(*earlier.get())),
            Entry::Vacant(place) => {
                place.insert(row);
                None
            }
        }
    }
}

/// Everything that a row says, apart from where it stands.
fn said(with: &Map<String, Value>) -> String {
    let mut all = String::new();
    for (name, value) in with.iter().filter(|(name, _)| *name != "source_row") {
        all.extend([name.as_str(), "\u{1}"]);
        match value {
            Value::String(text) => all.push_str(text),
            other => all.push_str(&other.to_string()),
        }
        all.push('\u{1}');
    }
    all
}

fn key(facts: &Facts) -> Key {
    let mut people: Vec<String> = facts.people().map(|person| person.to_string()).collect();
    people.sort();
    let minutes = facts.occurred_at().timestamp() / 60;
    let subtype = facts.subtype().unwrap_or_default().to_owned();
    let is_noon = time::london(facts.occurred_at()).format("%H:%M:%S").to_string() == "12:00:00";
    let text = if is_noon { facts.text("text").to_owned() } else { String::new() };
    (minutes, facts.category().to_owned(), subtype, people.join(";"), text)
}

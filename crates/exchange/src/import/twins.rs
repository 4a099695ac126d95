//! Rows that say the same as an earlier row, or as a record that is here already. Rows are compared as they stand in the
//! file, with the columns that are not read: what differs only there are different events. A record is such an event for
//! one row of its moment and kind, so that a file that went in by part, or whole, adds only what is not here.

use super::{Same, Target};
use domain::{
    ids::RecordId,
    record::{Facts, Record},
    time,
};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// Moment, category, subtype and people; at noon, which also stands for no time, the text too.
type Key = (i64, String, String, String, String);

pub(super) struct Twins {
    ids: HashSet<RecordId>,
    /// Records that no row was the same as yet.
    records: HashMap<Key, Vec<RecordId>>,
    /// The whole row of the file -> its number.
    rows: HashMap<String, u32>,
}

impl Twins {
    pub fn of(target: Target<'_>) -> Twins {
        let live = || target.register.of_site(target.site).filter(|record: &&Record| record.state.is_live());
        let mut records: HashMap<Key, Vec<RecordId>> = HashMap::new();
        for record in live() {
            records.entry(key(&record.facts)).or_default().push(record.id.clone());
        }
        Twins { ids: live().map(|record| record.id.clone()).collect(), records, rows: HashMap::new() }
    }

    /// What the row is the same as; a row that is like no other is remembered. `id`: of the record, where the row has one.
    pub fn find(&mut self, cells: &[String], facts: &Facts, row: u32, id: Option<&str>) -> Option<Same> {
        if let Some(id) = id.filter(|id| self.ids.contains(*id)) {
            return Some(Same::Record(id.into()));
        }
        match self.rows.entry(whole(cells)) {
            Entry::Occupied(earlier) => return Some(Same::Row(*earlier.get())),
            Entry::Vacant(place) => {
                place.insert(row);
            }
        }
        if self.records.is_empty() {
            return None;
        }
        self.records.get_mut(&key(facts))?.pop().map(Same::Record)
    }
}

/// Every cell of the row without the blanks around it; empty cells at the end say nothing.
fn whole(cells: &[String]) -> String {
    let mut all = String::new();
    for cell in cells {
        all.extend([cell.trim(), "\u{1}"]);
    }
    all.truncate(all.trim_end_matches('\u{1}').len());
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

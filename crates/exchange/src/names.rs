//! What records are called where their ids may not be told: an id holds the moment of its report (UUID version 7).

use domain::{
    ids::{self, RecordId},
    record::{Record, Reporter},
    register::Register,
    time::{Instant, london_date},
};
use std::collections::BTreeMap;

/// No reference is longer: this many letters of an id hold nothing but chance.
const LONGEST: usize = 12;

/// The reference of each; those that share one have longer ones.
pub fn references<'a>(ids: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, String> {
    let mut named = BTreeMap::new();
    let mut left: Vec<&'a str> = ids.into_iter().collect();
    for letters in ids::REFERENCE..=LONGEST {
        let mut shared: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
        for id in left {
            shared.entry(ids::reference(id, letters)).or_default().push(id);
        }
        left = Vec::new();
        for (reference, ids) in shared {
            match ids.as_slice() {
                [only] => drop(named.insert(*only, reference)),
                _ if letters == LONGEST => named.extend(ids.iter().map(|id| (*id, reference.clone()))),
                _ => left.extend(ids),
            }
        }
    }
    named
}

/// Reported in confidence or without a name: without people, neither its id nor its minute is told (decision 019).
pub fn wished_to_stay_unknown(record: &Record) -> bool {
    !matches!(record.reporter, Reporter::Named(_))
}

/// Records whose reporters wished to stay unknown, each with its reference in place of its id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hidden(BTreeMap<RecordId, String>);

impl Hidden {
    /// Of the whole register: what is in a file may point at what is not.
    pub fn of(register: &Register) -> Hidden {
        let hidden = || register.records().filter(|record| wished_to_stay_unknown(record));
        let named = references(hidden().map(|record| record.id.as_str()));
        Hidden(named.into_iter().map(|(id, name)| (id.into(), name)).collect())
    }

    /// Calls a record otherwise.
    pub fn rename(&mut self, id: &RecordId, name: String) {
        self.0.insert(id.clone(), name);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The id, or what stands for it.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, String::as_str)
    }

    /// The moment, or only the day where it would tell when a hidden record was reported.
    pub fn moment(&self, id: &str, at: Instant) -> String {
        if self.has(id) { london_date(at).to_string() } else { crate::csv::instant_text(at) }
    }
}

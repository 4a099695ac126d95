//! How much may be told of whom, and which records name a person.

use domain::{event::Event, ids::PersonCode, record::Record};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Letters and roles, and no word that somebody typed.
    Plain,
    /// Names, codes and typed words stand as they are.
    Identified,
    /// To one person about themselves: typed words and their own code stand; other people are letters. `staff`: names
    /// of staff stand too.
    About { person: PersonCode, staff: bool },
}

impl Telling {
    pub fn tells_words(&self) -> bool {
        *self != Telling::Plain
    }

    pub fn names_staff(&self) -> bool {
        matches!(self, Telling::Identified | Telling::About { staff: true, .. })
    }

    pub fn about(&self) -> Option<&PersonCode> {
        match self {
            Telling::About { person, .. } => Some(person),
            Telling::Plain | Telling::Identified => None,
        }
    }
}

/// Codes of the people whom an event names: in a report, or in a correction of one.
pub fn people_of(event: &Event) -> impl Iterator<Item = &str> {
    let changes = event.with.get("changes").and_then(Value::as_object);
    let lists = [Some(&*event.with), changes].into_iter().flatten().filter_map(|fields| fields.get("people"));
    lists.filter_map(Value::as_array).flatten().filter_map(Value::as_str)
}

/// Does the record name this person, in what was first reported or in any correction of it?
pub fn names(record: &Record, person: &str) -> bool {
    record.events.iter().any(|received| people_of(&received.event).any(|code| code == person))
}

//! The place, equipment or person that all records of an alert have in common.

use crate::text::review::record::{asset_name, place_name};
use domain::{
    directory::Directory,
    patterns::Alert,
    record::{Facts, Record},
    register::Register,
};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Place(String),
    Equipment(String),
    Person(String),
}

/// None of an alert without records: of a silent unit.
pub fn things(alert: &Alert, register: &Register) -> Vec<Thing> {
    let mut records = alert.records().filter_map(|id| register.record(id));
    let Some(first) = records.next() else { return Vec::new() };
    let mut all = of(first);
    for record in records {
        let its = of(record);
        all.retain(|thing| its.contains(thing));
    }
    all
}

fn of(record: &Record) -> Vec<Thing> {
    let facts = &record.facts;
    let particular =
        |name: &str| facts.code(name).filter(|code| Facts::is_particular(code)).map(str::to_owned);
    let place = particular("location").map(Thing::Place);
    let equipment = particular("asset").map(Thing::Equipment);
    let people = facts.list("people").map(|code| Thing::Person(code.to_owned()));
    place.into_iter().chain(equipment).chain(people).collect()
}

impl Thing {
    /// As it stands in an address.
    pub fn code(&self) -> String {
        match self {
            Thing::Place(code) => format!("place:{code}"),
            Thing::Equipment(code) => format!("equipment:{code}"),
            Thing::Person(code) => format!("person:{code}"),
        }
    }

    pub fn name(&self, directory: &Directory) -> String {
        match self {
            Thing::Place(code) => place_name(code, directory),
            Thing::Equipment(code) => asset_name(code, directory),
            Thing::Person(code) => format!("Person {code}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use serde_json::json;

    /// One hoist in three places: neither place is what the alert is about.
    #[test]
    fn an_alert_is_about_what_all_its_records_have_in_common() {
        let mut register = Register::default();
        let days = ["2026-11-01T12:00Z", "2026-11-05T12:00Z", "2026-11-10T12:00Z"];
        for (record, (at, place)) in
            ["a", "b", "c"].into_iter().zip(days.into_iter().zip(["hall", "lounge", "hall"]))
        {
            let with = json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist",
                "asset": "H7", "location": place, "people": ["R-001"]});
            Sent { record, at, with, ..Sent::default() }.arrives(&mut register);
        }
        let about = |name: &str| {
            let alert = register.alert("elm", name).unwrap_or_else(|| panic!("{name}"));
            things(alert, &register).iter().map(Thing::code).collect::<Vec<_>>()
        };
        assert_eq!(about("same_asset|H7"), ["equipment:H7", "person:R-001"]);
        assert_eq!(about("same_person|R-001"), ["equipment:H7", "person:R-001"]);
    }
}

//! Records sorted into groups: by type, place, cause, trigger, hour and so on.

use super::Row;
use crate::record::{Record, Reporter};
use std::collections::BTreeMap;

/// In a table that two things cross, a smaller count may point at a person. Source: background.md section 3.7.
pub const SMALL_CELL: usize = 3;

/// Key -> the records behind it. A record with several causes stands in several groups.
pub type Groups<'a> = BTreeMap<String, Vec<&'a Row>>;

/// What records are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Category,
    /// `medication/wrong_dose`; the subtype is empty where nobody has been asked yet.
    Subtype,
    /// Code of a place; empty where none is given.
    Place,
    /// Contributory factors of the decisions in force.
    Factor,
    Trigger,
    RiskGroup,
    /// `0/14`: weekday from Monday, hour of the London clock.
    Hour,
    /// `0/12`: weekday, first hour of three.
    Hours,
    /// `category/place`; the place is empty where none is given.
    PlaceOfCategory,
    /// The member of staff, where the name is known here.
    Reporter,
}

impl By {
    pub const ALL: [By; 10] = [
        By::Category,
        By::Subtype,
        By::Place,
        By::Factor,
        By::Trigger,
        By::RiskGroup,
        By::Hour,
        By::Hours,
        By::PlaceOfCategory,
        By::Reporter,
    ];

    pub fn code(self) -> &'static str {
        match self {
            By::Category => "category",
            By::Subtype => "subtype",
            By::Place => "place",
            By::Factor => "factor",
            By::Trigger => "trigger",
            By::RiskGroup => "risk_group",
            By::Hour => "hour",
            By::Hours => "hours",
            By::PlaceOfCategory => "place_of_category",
            By::Reporter => "reporter",
        }
    }

    pub fn from_code(code: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.code() == code)
    }

    /// The groups of one record, each once.
    fn keys(self, row: &Row) -> Vec<String> {
        let (record, facts) = (&row.record, &row.record.facts);
        let place = || facts.code("location").unwrap_or_default();
        match self {
            By::Category => vec![facts.category().to_owned()],
            By::Subtype => {
                let said = record.said_subtype().or(facts.subtype().map(|_| ""));
                said.map(|subtype| format!("{}/{subtype}", facts.category())).into_iter().collect()
            }
            By::Place => vec![place().to_owned()],
            By::Factor => factors(record),
            By::Trigger => once(facts.list("triggers").map(str::to_owned).collect()),
            By::RiskGroup => facts.code("risk_group").map(str::to_owned).into_iter().collect(),
            By::Hour => vec![format!("{}/{}", row.weekday, row.hour)],
            By::Hours => vec![format!("{}/{}", row.weekday, row.hour / 3 * 3)],
            By::PlaceOfCategory => vec![format!("{}/{}", facts.category(), place())],
            By::Reporter => match &record.reporter {
                // Who reads in what happened before reported nothing: decision 013.
                _ if record.imported.is_some() => Vec::new(),
                Reporter::Named(staff) => vec![staff.to_string()],
                Reporter::Confidential(_) | Reporter::Anonymous => Vec::new(),
            },
        }
    }
}

/// Only groups with something in them, each in the order of its rows.
pub fn group<'a>(rows: &[&'a Row], by: By) -> Groups<'a> {
    let mut groups = Groups::new();
    for row in rows {
        for key in by.keys(row) {
            groups.entry(key).or_default().push(row);
        }
    }
    groups
}

/// Too few to be shown to somebody outside.
pub fn is_small_cell(count: usize) -> bool {
    (1..SMALL_CELL).contains(&count)
}

fn factors(record: &Record) -> Vec<String> {
    let decisions = record.decisions.iter().filter(|decision| decision.is_effective());
    once(decisions.flat_map(|decision| decision.body.factors()).cloned().collect())
}

fn once(mut keys: Vec<String>) -> Vec<String> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

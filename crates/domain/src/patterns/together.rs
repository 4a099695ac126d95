//! What came back again and again, as one thing to decide. The alerts stay as they are, one for each finished record
//! (model.md 11.3): here only those are found that say the same, for a list and for settling them at once.
//!
//! Alerts stand together when all records of all of them are of one category and subtype and have one thing in
//! common: the equipment, the kind of medicine, a person or the place. In one sentence: "It came back after 4
//! finished records: wrong dose (insulin)." An alert whose records have no one thing in common (the second shares the
//! place with the first, the third a person) stands alone, and so does one with a record that is not known here: what
//! settles a pattern must be true of every report in it. Alerts that share no more than some records do not stand
//! together either: one record of two people would chain two patterns into one.

use super::{
    Alert, Rule,
    key::{Part, each_key},
};
use crate::{record::Record, register::Register};
use std::collections::{BTreeMap, BTreeSet};

/// What alerts that stand together have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    Equipment,
    RiskGroup,
    Person,
    Place,
}

/// A kind of thing that came back, and what is the same each time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CameBack {
    pub by: By,
    /// `category/subtype/code`.
    key: String,
}

/// One line of a list: one alert, or several about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// What they have in common; none for one alert.
    pub about: Option<CameBack>,
    /// Places in the list that was given, in ascending order.
    pub alerts: Vec<usize>,
}

/// Those of `COMES_BACK`. What says most stands first: it names alerts that have several things in common.
pub(super) const ALL: [(By, &str, &[Part]); 4] = [
    (By::Equipment, "equipment", &[Part::Category, Part::Subtype, Part::Name("asset")]),
    (By::RiskGroup, "risk_group", &[Part::Category, Part::Subtype, Part::Code("risk_group")]),
    (By::Person, "person", &[Part::Category, Part::Subtype, Part::Names("people")]),
    (By::Place, "place", &[Part::Category, Part::Subtype, Part::Name("location")]),
];

/// Every alert of a list in one line, in the order of the first of each line. What most alerts have in common is taken
/// first, of equals what says most, then by its code; so the order of the list makes no difference to what stands
/// together. The caller gives only alerts of one site that may be settled in one go, none of them settled.
pub fn together(alerts: &[&Alert], register: &Register) -> Vec<Together> {
    let mut left: BTreeMap<CameBack, BTreeSet<usize>> = BTreeMap::new();
    for (place, alert) in alerts.iter().enumerate() {
        for about in in_common(alert, register) {
            left.entry(about).or_default().insert(place);
        }
    }
    let mut lines: BTreeMap<usize, Together> = BTreeMap::new();
    let mut alone: BTreeSet<usize> = (0..alerts.len()).collect();
    while let Some((about, taken)) = most(&left) {
        left.values_mut().for_each(|alerts| alerts.retain(|alert| !taken.contains(alert)));
        alone.retain(|alert| !taken.contains(alert));
        let first = taken.first().copied().unwrap_or_default();
        lines.insert(first, Together { about: Some(about), alerts: taken.into_iter().collect() });
    }
    lines.extend(alone.into_iter().map(|alert| (alert, Together { about: None, alerts: vec![alert] })));
    lines.into_values().collect()
}

/// What more alerts than one have in common, and those alerts.
fn most(left: &BTreeMap<CameBack, BTreeSet<usize>>) -> Option<(CameBack, BTreeSet<usize>)> {
    let most = left.values().map(BTreeSet::len).max().filter(|most| *most > 1)?;
    let found = left.iter().find(|(_, alerts)| alerts.len() == most);
    found.map(|(about, alerts)| (about.clone(), alerts.clone()))
}

/// What all records of an alert have in common; nothing for an alert of another rule.
fn in_common(alert: &Alert, register: &Register) -> BTreeSet<CameBack> {
    if alert.rule != Rule::RecurrenceAfterClose {
        return BTreeSet::new();
    }
    let of_each = alert.records().map(|id| register.record(id).map(of).unwrap_or_default());
    of_each.reduce(|all, its| all.intersection(&its).cloned().collect()).unwrap_or_default()
}

fn of(record: &Record) -> BTreeSet<CameBack> {
    let mut found = BTreeSet::new();
    for (by, _, parts) in ALL {
        each_key(record, parts, &mut |key| {
            found.insert(CameBack { by, key: key.to_owned() });
        });
    }
    found
}

impl CameBack {
    /// Category, subtype, and the code of what is the same.
    pub fn parts(&self) -> (&str, &str, &str) {
        let mut parts = self.key.splitn(3, '/');
        let mut next = || parts.next().unwrap_or_default();
        (next(), next(), next())
    }

    /// As it stands in an address: `place/environment/bed_rails/room-1`.
    pub fn code(&self) -> String {
        let name = ALL.iter().find(|(by, ..)| *by == self.by).map_or("", |(_, name, _)| name);
        format!("{name}/{}", self.key)
    }
}

//! What each `check` of an expectation looks at: a place's view in, a JSON value out.
//! A check that the domain cannot answer yet has no look and is named as unsupported.

mod event;
mod lists;
mod record;
mod shape;

use super::{
    ids::Ids,
    world::{Fate, View},
};
use serde_json::Value;
use std::collections::BTreeMap;

pub use shape::check_shape;

/// Everything a look may need.
pub struct Scene<'a> {
    pub view: &'a View,
    pub ids: &'a Ids,
    /// What became of every event of the file that was written so far, by local id.
    pub fates: &'a BTreeMap<String, Fate>,
}

/// `None`: the thing does not exist there.
type Look = fn(&Scene<'_>, &Value) -> Option<Value>;

/// One kind of check: its name, the keys it may compare, and how to answer it.
pub struct Check {
    pub name: &'static str,
    /// Keys of the map, or of every item of the list; empty for a list of plain items.
    pub keys: &'static [&'static str],
    pub list: bool,
    pub look: Option<Look>,
}

pub const CHECKS: [Check; 10] = [
    Check { name: "record", keys: record::KEYS, list: false, look: Some(record::look) },
    Check { name: "event", keys: event::KEYS, list: false, look: Some(event::look) },
    Check {
        name: "overdue",
        keys: &["record", "item", "due", "shown_to", "audit", "oversight"],
        list: true,
        look: Some(lists::overdue),
    },
    Check {
        name: "register",
        keys: &["record", "outcome", "needed"],
        list: true,
        look: Some(lists::register),
    },
    Check { name: "attention", keys: &[], list: true, look: Some(lists::attention) },
    Check {
        name: "alert",
        keys: &["state", "records", "raised_at", "late", "late_records", "to", "escalation"],
        list: false,
        look: None,
    },
    Check { name: "alerts", keys: &[], list: true, look: None },
    Check { name: "audit", keys: &["state", "due", "sample", "figures"], list: false, look: None },
    Check { name: "oversight", keys: &["state", "due"], list: false, look: None },
    Check {
        name: "measure",
        keys: &["value", "values", "n", "denominator", "median_min", "p90_min", "in_time_pct"],
        list: false,
        look: None,
    },
];

pub fn find(name: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.name == name)
}

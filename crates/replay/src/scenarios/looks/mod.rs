//! What each `check` of an expectation looks at: a place's view in, a JSON value out.

mod alerts;
mod audits;
mod event;
mod lists;
mod measures;
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
    pub look: Look,
}

const fn map(name: &'static str, keys: &'static [&'static str], look: Look) -> Check {
    Check { name, keys, list: false, look }
}

const fn list(name: &'static str, keys: &'static [&'static str], look: Look) -> Check {
    Check { name, keys, list: true, look }
}

pub const CHECKS: [Check; 11] = [
    map("record", record::KEYS, record::look),
    map("event", event::KEYS, event::look),
    map("alert", alerts::KEYS, alerts::one),
    list("alerts", &[], alerts::of_site),
    list("overdue", lists::OVERDUE_KEYS, lists::overdue),
    map("audit", audits::AUDIT_KEYS, audits::audit),
    map("oversight", audits::OVERSIGHT_KEYS, audits::oversight),
    list("questions", audits::QUESTION_KEYS, audits::questions),
    list("register", lists::REGISTER_KEYS, lists::register),
    list("attention", &[], lists::attention),
    map("measure", measures::KEYS, measures::look),
];

pub fn find(name: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.name == name)
}

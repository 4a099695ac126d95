//! Which photos an entry names, wherever it does: a newer app may name them in another way.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use sync::Hash;

/// A SHA-256 as text.
const HASH_LETTERS: usize = 64;

/// Every text that could be the hash of a photo.
pub fn collect(value: &Value, named: &mut BTreeSet<Hash>) {
    match value {
        Value::String(text) if text.len() == HASH_LETTERS => named.extend(text.parse::<Hash>().ok()),
        Value::Array(all) => all.iter().for_each(|value| collect(value, named)),
        Value::Object(all) => all.values().for_each(|value| collect(value, named)),
        _ => {}
    }
}

/// In the bytes of an entry; nothing in what is no entry.
pub fn in_bytes(bytes: &str) -> BTreeSet<Hash> {
    let mut named = BTreeSet::new();
    if let Ok(value) = serde_json::from_str(bytes) {
        collect(&value, &mut named);
    }
    named
}

/// Each small picture that the bytes of an entry name, and the photo that it is of.
pub fn small_in_bytes(bytes: &str) -> BTreeMap<Hash, Hash> {
    let mut small = BTreeMap::new();
    if let Ok(value) = serde_json::from_str(bytes) {
        collect_small(&value, &mut small);
    }
    small
}

fn collect_small(value: &Value, small: &mut BTreeMap<Hash, Hash>) {
    let hash = |name: &str| value.get(name)?.as_str()?.parse::<Hash>().ok();
    if let (Some(photo), Some(thumb)) = (hash("sha256"), hash("thumb")) {
        small.insert(thumb, photo);
    }
    match value {
        Value::Array(all) => all.iter().for_each(|value| collect_small(value, small)),
        Value::Object(all) => all.values().for_each(|value| collect_small(value, small)),
        _ => {}
    }
}

//! Reads and writes JSON. Everything is read by way of a `Value`: one reader for all keeps the app small.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// `None` for anything that is not a `T`.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(&value(text)?).ok()
}

pub fn value(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Empty for a value that JSON cannot hold; ours all can.
pub fn write<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

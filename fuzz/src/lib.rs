//! What the targets share: the server's own readers, which are built here without the server, and a provider.

#[path = "../../crates/server/src/log/open.rs"]
pub mod open;
#[path = "../../crates/server/src/log/quarantine.rs"]
pub mod quarantine;
#[path = "../../crates/server/src/http/unpack.rs"]
pub mod unpack;

use chrono::DateTime;
use domain::{directory::Directory, register::Register, time::Instant};
use serde::de::DeserializeOwned;
use std::sync::{Arc, LazyLock};

/// The lists of the provider in whose name the samples speak.
static LISTS: LazyLock<Arc<Directory>> =
    LazyLock::new(|| Arc::new(fixed(include_str!("../fixed/lists.json"))));

/// A register that knows its lists and no record.
pub fn register() -> Register {
    Register::new(LISTS.clone())
}

/// What does not change from input to input; written together with the seeds.
pub fn fixed<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("written by `cargo xtask fuzz --samples`")
}

/// When the first sample arrives.
pub fn start() -> Instant {
    DateTime::from_timestamp(1_772_438_400, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

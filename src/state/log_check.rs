//! The state of the provider's log on the server: signed checkpoints, a check on demand, and what devices said.

use super::{Admin, App, Problem};
use crate::browser::{download, json as text};
use chrono::DateTime;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LogState {
    /// Entries.
    pub seq: u64,
    /// Hash over all of them, in hexadecimal.
    pub chain: String,
    /// The public key that signs checkpoints now.
    pub key: String,
    /// The newest first.
    pub checkpoints: Vec<Checkpoint>,
    /// The newest first.
    pub doubts: Vec<Doubt>,
    /// What was disposed of, the newest first.
    #[serde(default)]
    pub disposals: Vec<Disposal>,
}

/// The words of a record were taken out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Disposal {
    pub record: String,
    pub done_at: Instant,
    pub done_by: String,
    /// A stable code and words.
    pub rule: String,
    pub entries: u64,
}

/// As the server signed it; `noticed verify --checkpoint` reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub provider: String,
    pub server_epoch: String,
    pub seq: u64,
    pub chain: String,
    /// Microseconds since 1970.
    pub at: i64,
    pub key: String,
    pub sig: String,
}

/// A device has seen another log than the one on the server, or missed rows that it had.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Doubt {
    pub told_at: Instant,
    pub device: String,
    pub device_label: Option<String>,
    /// Who was signed in on it.
    pub name: String,
    /// `past_epoch`, `shorter` or `rewritten`; or a code of `sync::digest`.
    pub doubt: String,
    /// The entry up to which the device had seen the log.
    pub seq: u64,
    /// The server has that entry as the device saw it.
    pub agrees_now: bool,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Found {
    pub fine: bool,
    pub words: String,
}

impl Checkpoint {
    pub fn made_at(&self) -> Instant {
        DateTime::from_timestamp_micros(self.at).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Name for the file on disk.
    pub fn file_name(&self) -> String {
        format!("noticed-checkpoint-{}-{}.json", self.made_at().format("%Y-%m-%d"), self.seq)
    }
}

impl Admin {
    pub async fn log(&self) -> Result<LogState, Problem> {
        self.read("/v1/log").await
    }

    pub async fn sign_log(&self) -> Result<Checkpoint, Problem> {
        self.tell("/v1/log/checkpoint", &json!({})).await
    }

    pub async fn check_log(&self) -> Result<Found, Problem> {
        self.tell("/v1/log/verify", &json!({})).await
    }
}

impl App {
    /// Hands a checkpoint to the person as a file.
    /// # Errors  This browser cannot.
    pub fn save_checkpoint(&self, checkpoint: &Checkpoint) -> Result<(), Problem> {
        let text = text::write(checkpoint);
        if download::bytes_file(&checkpoint.file_name(), "application/json", text.as_bytes()) {
            return Ok(());
        }
        Err(Problem::new("This browser cannot save a file. Open Noticed in another browser, and try again."))
    }
}

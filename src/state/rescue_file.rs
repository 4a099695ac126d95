//! A rescue file that somebody saved on a device that could not send, handed in on this one.

use super::{Admin, Problem, explain};
use crate::browser::{chosen_file, http::Ask};
use leptos::ev;
use serde::Deserialize;
use serde_json::json;
use sync::{base64url, rescue::MAX_FILE_BYTES};

/// A large file on a slow line.
const DEADLINE_MS: u32 = 120_000;

/// What the service did with each part of a file, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RescueReport {
    pub accepted: usize,
    pub here_before: usize,
    pub held: usize,
    pub set_aside: usize,
    pub not_taken: usize,
    pub letters: usize,
    pub letters_refused: usize,
    pub photos: usize,
    pub photos_refused: usize,
    pub drafts: usize,
    pub unreadable: usize,
}

impl Admin {
    /// Hands in the file that was chosen.
    /// # Errors  None was chosen, it is far too large, or the service says why not.
    pub async fn hand_in_rescue(&self, event: ev::Event) -> Result<RescueReport, Problem> {
        let read = chosen_file::bytes_up_to(&event, MAX_FILE_BYTES as f64).await;
        let Some(bytes) = read else {
            return Err(Problem::new(
                "Choose one rescue file. It ends with .nmrescue and is smaller than 16 MB.",
            ));
        };
        let body = json!({ "file": base64url::encode(&bytes) }).to_string();
        let reply = Ask::post("/v1/rescue", &self.device(), &body).within(DEADLINE_MS).send().await?;
        explain::read(&reply)
    }
}

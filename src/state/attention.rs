//! Events that arrived but were kept apart: the registered manager looks at them.

use super::{App, Problem, explain};
use crate::browser::http::Ask;
use domain::{ids::RecordId, time::Instant};
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value};

/// One thing that the service keeps but did not apply, in words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AttentionItem {
    /// `set_aside`: the rules say no; `quarantined`: it could not be taken; `held`: it still waits.
    pub kind: String,
    /// Why, and what to do.
    pub sentence: String,
    pub received_at: Instant,
    pub written_at: Option<Instant>,
    pub record: Option<RecordId>,
    pub verb: Option<String>,
    /// Staff id, `hidden` or `anonymous`.
    pub by: Option<String>,
    pub by_name: Option<String>,
    pub device_label: Option<String>,
    /// What the author wrote, as far as it can be read.
    pub with: Option<Map<String, Value>>,
}

impl App {
    pub async fn attention(&self) -> Result<Vec<AttentionItem>, Problem> {
        #[derive(Deserialize)]
        struct Attention {
            items: Vec<AttentionItem>,
        }
        let device =
            self.session.read_untracked().device().map(|device| device.id.to_string()).unwrap_or_default();
        let reply = Ask::get("/v1/attention", &device).send().await?;
        Ok(explain::read::<Attention>(&reply)?.items)
    }
}

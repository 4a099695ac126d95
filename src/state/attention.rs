//! Events that arrived but were kept apart: the registered manager looks at them.

use super::{App, Problem, explain};
use crate::browser::http::Ask;
use domain::{ids::RecordId, time::Instant};
use serde::Deserialize;

/// One thing that the service keeps but did not apply, in words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AttentionItem {
    pub sentence: String,
    #[serde(default)]
    pub at: Option<Instant>,
    #[serde(default)]
    pub record: Option<RecordId>,
}

impl App {
    pub async fn attention(&self) -> Result<Vec<AttentionItem>, Problem> {
        #[derive(Deserialize)]
        struct Attention {
            items: Vec<AttentionItem>,
        }
        let device = self.device().map(|device| device.id.to_string()).unwrap_or_default();
        let reply = Ask::get("/v1/attention", &device).send().await?;
        Ok(explain::read::<Attention>(&reply)?.items)
    }
}

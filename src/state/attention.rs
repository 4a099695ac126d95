//! Events that arrived but were kept apart: the registered manager looks at them and says what was done. Needs the
//! service.

use super::{App, Problem};
use domain::{
    directory::Directory,
    event::{Fields, Received},
    ids::{RecordId, SiteId},
    time::Instant,
};
use serde::Deserialize;
use serde_json::json;

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Attention {
    pub items: Vec<AttentionItem>,
    /// How many there are that were dealt with.
    #[serde(default)]
    pub dealt_with: usize,
}

/// One thing that the service keeps but did not apply, in words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AttentionItem {
    /// `set_aside`: the rules say no; `quarantined`: it could not be taken; `held`: it still waits.
    pub kind: String,
    /// By which the service names it; empty from a service of before.
    #[serde(default)]
    pub id: String,
    /// Why, and what to do.
    pub sentence: String,
    pub received_at: Instant,
    pub written_at: Option<Instant>,
    pub site: Option<SiteId>,
    pub record: Option<RecordId>,
    pub verb: Option<String>,
    /// Staff id, `hidden` or `anonymous`.
    pub by: Option<String>,
    pub by_name: Option<String>,
    pub device_label: Option<String>,
    /// What the author wrote, as far as it can be read.
    pub with: Option<Fields>,
    #[serde(default)]
    pub dealt: Option<Dealt>,
}

/// What was done about one of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Dealt {
    pub at: Instant,
    pub by_name: String,
    pub said: String,
}

impl AttentionItem {
    /// What the rules set aside, as this device knows it.
    pub fn set_aside(received: &Received, directory: &Directory) -> Self {
        let (event, judgement) = (&received.event, &received.judgement);
        Self {
            kind: "set_aside".into(),
            id: event.id.to_string(),
            sentence: judgement.code.map(|code| code.sentence()).unwrap_or_default().into(),
            received_at: judgement.received_at,
            written_at: Some(judgement.corrected_at),
            site: Some(event.site.clone()),
            record: event.record.clone(),
            verb: Some(event.verb.clone()),
            by: Some(event.by.code().to_owned()),
            by_name: event.by.staff().map(|staff| directory.staff_name(staff).to_owned()),
            device_label: None,
            with: Some(event.with.clone()),
            dealt: None,
        }
    }
}

impl App {
    /// What waits for somebody to look at it.
    pub async fn attention(&self) -> Result<Attention, Problem> {
        self.admin.read("/v1/attention").await
    }

    /// What was dealt with, the latest first.
    pub async fn dealt_with(&self) -> Result<Vec<AttentionItem>, Problem> {
        Ok(self.admin.read::<Attention>("/v1/attention?dealt_with=true").await?.items)
    }

    /// Says what was done about an entry. Said twice, the first words stand.
    pub async fn deal_with(&self, kind: &str, id: &str, said: &str) -> Result<Dealt, Problem> {
        self.admin.tell("/v1/attention", &json!({ "kind": kind, "id": id, "said": said })).await
    }
}

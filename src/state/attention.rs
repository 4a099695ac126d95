//! Events that arrived but were kept apart: the registered manager looks at them and says what was done. Needs the
//! service.

use super::{App, Problem};
use domain::{
    directory::Directory,
    event::{Fields, Received},
    ids::{RecordId, SiteId},
    refusal::{IN_CONFIDENCE, IN_CONFIDENCE_SENTENCE},
    time::{Instant, to_the_day},
};
use serde::Deserialize;
use serde_json::json;

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Attention {
    pub items: Vec<AttentionItem>,
    /// How many there are that were dealt with.
    #[serde(default)]
    pub dealt_with: usize,
    /// How many there are at sites where this person only stands in for the registered manager.
    #[serde(default)]
    pub for_manager: usize,
}

/// One thing that the service keeps but did not apply, in words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AttentionItem {
    /// `set_aside`: the rules say no; `quarantined`: it could not be taken; `held`: it still waits.
    pub kind: String,
    /// By which the service names it; empty from a service of before.
    #[serde(default)]
    pub id: String,
    /// A stable code; empty from a device that knows no more.
    #[serde(default)]
    pub reason: String,
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
        let in_confidence = event.by.staff().is_none();
        let reason = judgement.code.map_or("set_aside", |code| code.as_str());
        let sentence = judgement.code.map(|code| code.for_manager()).unwrap_or_default();
        // As the service tells it: neither the reason nor the moment may lead to who it was.
        let (reason, sentence) =
            if in_confidence { (IN_CONFIDENCE, IN_CONFIDENCE_SENTENCE) } else { (reason, sentence) };
        let told = |at: Instant| if in_confidence { to_the_day(at) } else { at };
        Self {
            kind: "set_aside".into(),
            id: event.id.to_string(),
            reason: reason.into(),
            sentence: sentence.into(),
            received_at: told(judgement.received_at),
            written_at: Some(told(judgement.corrected_at)),
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

    /// Whoever wrote it gave no name, or asked that it is not told.
    pub fn is_in_confidence(&self) -> bool {
        matches!(self.by.as_deref(), Some("hidden" | "anonymous"))
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

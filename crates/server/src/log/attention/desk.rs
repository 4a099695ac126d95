//! One entry that is kept apart, as the registered manager of its site reads it.

use super::{HELD, QUARANTINED, SET_ASIDE, manages};
use crate::{
    clock::to_the_minute,
    door::who::Person,
    log::{dealt_with::Dealt, open, quarantine::Reason, state::State as Provider},
    store::{HeldRow, QuarantineRow},
};
use domain::{
    event::{Author, Fields, Received},
    ids::{RecordId, SiteId},
    record::Reporter,
    time::Instant,
};
use serde::Serialize;
use serde_json::Value;
use sync::{Envelope, Hash, Signed, witness::Statement};

/// One event that a person should look at.
#[derive(Debug, Serialize)]
pub struct Item {
    /// `set_aside`: the rules say no; `quarantined`: the server could not take it; `held`: it still waits.
    pub kind: &'static str,
    /// By which it is named here: the id of the event, and the hash of what cannot be read. Never the hash of what
    /// can be read: it could be used to find out who a hidden author is.
    pub id: String,
    #[serde(skip)]
    pub hash: Hash,
    /// A stable code.
    pub reason: String,
    /// Why, and what to do.
    pub sentence: String,
    pub received_at: Instant,
    written_at: Option<Instant>,
    pub site: Option<SiteId>,
    record: Option<RecordId>,
    verb: Option<String>,
    /// Staff id, `hidden` or `anonymous`.
    by: Option<String>,
    by_name: Option<String>,
    pub device: String,
    pub device_label: Option<String>,
    /// What the author wrote, as far as it can be read.
    with: Option<Fields>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dealt: Option<Dealt>,
}

/// `None` for a row that is kept for another reason.
fn statement(row: &QuarantineRow) -> Option<Statement> {
    let is_it = row.reason == Reason::DeviceLoss.code();
    is_it.then(|| serde_json::from_str(&row.signed.bytes).ok()).flatten()
}

pub struct Desk<'a> {
    pub state: &'a Provider,
    pub person: &'a Person,
}

impl Desk<'_> {
    pub fn manages(&self, site: &SiteId) -> bool {
        manages(self.person, site)
    }

    pub fn set_aside(&self, received: &Received, hash: Hash) -> Item {
        let (event, judgement) = (&received.event, &received.judgement);
        let by = self.author(event.by.clone(), event.record.as_ref(), &event.verb, &event.with);
        Item {
            kind: SET_ASIDE,
            id: event.id.to_string(),
            hash,
            reason: judgement.code.map_or("set_aside", |code| code.as_str()).into(),
            sentence: judgement.code.map_or("", |code| code.sentence()).into(),
            received_at: match by {
                Author::Hidden => to_the_minute(judgement.received_at),
                _ => judgement.received_at,
            },
            written_at: Some(judgement.corrected_at),
            site: Some(event.site.clone()),
            record: event.record.clone(),
            verb: Some(event.verb.clone()),
            by_name: self.name(&by),
            device: if by == Author::Hidden { String::new() } else { event.device.to_string() },
            by: Some(by.code().to_owned()),
            device_label: None,
            with: Some(event.with.clone()),
            dealt: None,
        }
    }

    pub fn quarantined(&self, row: &QuarantineRow) -> Option<Item> {
        if let Some(statement) = statement(row) {
            return self.lost(row, &statement);
        }
        let sentence = Reason::of_code(&row.reason).map_or("It is kept.", Reason::sentence);
        let words = (row.reason.as_str(), sentence);
        self.kept_apart(QUARANTINED, words, (&row.signed, row.hash), &row.device, row.received_at)
    }

    /// What a device says that it has lost, for the manager of the site that it was used at.
    fn lost(&self, row: &QuarantineRow, statement: &Statement) -> Option<Item> {
        let site = statement.site.as_deref().map(SiteId::from);
        let known = site.filter(|site| self.state.directory().sites.contains_key(site));
        if known.as_ref().is_some_and(|site| !self.manages(site)) {
            return None;
        }
        let count = statement.lost.count();
        let entries = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
        Some(Item {
            kind: QUARANTINED,
            id: row.hash.to_string(),
            hash: row.hash,
            reason: row.reason.clone(),
            sentence: Reason::DeviceLoss.sentence().replacen("entries", &entries, 1),
            received_at: row.received_at,
            written_at: None,
            site: known,
            record: None,
            verb: None,
            by: None,
            by_name: None,
            device: row.device.clone(),
            device_label: None,
            with: None,
            dealt: None,
        })
    }

    pub fn held(&self, row: &HeldRow) -> Option<Item> {
        const SENTENCE: &str = "It waits for an earlier entry of the same device. Open the app on that device while it is online.";
        self.kept_apart(HELD, ("waits", SENTENCE), (&row.signed, row.hash), &row.device, row.received_at)
    }

    /// Shown to the manager of its site. What names no known site is shown to all, without its content.
    fn kept_apart(
        &self,
        kind: &'static str,
        (reason, sentence): (&str, &str),
        (signed, hash): (&Signed, Hash),
        device: &str,
        received_at: Instant,
    ) -> Option<Item> {
        let envelope = open::content(signed).ok();
        let ours = |envelope: &Envelope| {
            envelope.tenant == self.person.hub.tenant.as_str()
                && self.state.directory().sites.contains_key(&envelope.site)
        };
        let readable = envelope.filter(ours);
        if readable.as_ref().is_some_and(|envelope| !self.manages(&envelope.site)) {
            return None;
        }
        let event = readable.map(|envelope| envelope.event());
        let by = event
            .as_ref()
            .map(|event| self.author(event.by.clone(), event.record.as_ref(), &event.verb, &event.with));
        Some(Item {
            kind,
            id: event.as_ref().map_or_else(|| hash.to_string(), |event| event.id.to_string()),
            hash,
            reason: reason.to_owned(),
            sentence: sentence.to_owned(),
            received_at,
            written_at: event.as_ref().map(|event| event.device_time),
            site: event.as_ref().map(|event| event.site.clone()),
            record: event.as_ref().and_then(|event| event.record.clone()),
            verb: event.as_ref().map(|event| event.verb.clone()),
            by_name: by.as_ref().and_then(|by| self.name(by)),
            device: if by == Some(Author::Hidden) { String::new() } else { device.to_owned() },
            by: by.map(|by| by.code().to_owned()),
            device_label: None,
            with: event.map(|event| event.with),
            dealt: None,
        })
    }

    /// A confidential reporter stays hidden here too.
    fn author(
        &self,
        by: Author,
        record: Option<&RecordId>,
        verb: &str,
        with: &serde_json::Map<String, Value>,
    ) -> Author {
        let asks_to_hide =
            verb == "report" && with.get("identity").and_then(Value::as_str) == Some("confidential");
        let known = record.and_then(|id| self.state.register.record(id));
        let is_hidden_reporter = known.is_some_and(|record| {
            matches!(record.reporter, Reporter::Confidential(_)) && record.reporter.is(&by)
        });
        let sealed = record.and_then(|id| self.state.register.sealed(id));
        let follows_sealed = sealed.is_some_and(|report| report.event.by == by);
        if asks_to_hide || is_hidden_reporter || follows_sealed { Author::Hidden } else { by }
    }

    fn name(&self, by: &Author) -> Option<String> {
        by.staff().map(|staff| self.state.directory().staff_name(staff).to_owned())
    }
}

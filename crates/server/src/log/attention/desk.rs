//! One entry that is kept apart, as the registered manager of its site reads it.

use super::{HELD, QUARANTINED, SET_ASIDE, manages};
use crate::{
    door::who::Person,
    log::{dealt_with::Dealt, open, quarantine::Reason, state::State as Provider},
    store::{HeldRow, QuarantineRow},
};
use domain::{
    decide::corrected,
    event::{Author, Event, Fields, Received},
    ids::{RecordId, SiteId},
    refusal::{IN_CONFIDENCE, IN_CONFIDENCE_SENTENCE},
    roles::Role,
    sight::is_kept_apart_in_confidence,
    time::{Instant, to_the_day},
};
use serde::Serialize;
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

/// What quarantined and held entries have in common.
struct Row<'a> {
    hash: Hash,
    device: &'a str,
    signed: &'a Signed,
    received_at: Instant,
    offset_ms: i64,
}

/// Whoever gave no name, or asked that it is not told.
fn is_in_confidence(by: &Author) -> bool {
    by.staff().is_none()
}

/// What would tell who the author is: a device that was removed or a role that ended belongs to one person, and all that
/// one phone sends arrives at one moment, beside entries with a name. The day remains.
fn kept_back(item: Item) -> Item {
    Item {
        reason: IN_CONFIDENCE.into(),
        sentence: IN_CONFIDENCE_SENTENCE.into(),
        received_at: to_the_day(item.received_at),
        written_at: item.written_at.map(to_the_day),
        device: String::new(),
        ..item
    }
}

pub struct Desk<'a> {
    pub state: &'a Provider,
    pub person: &'a Person,
    /// In which they look.
    pub role: Role,
}

impl Desk<'_> {
    pub fn manages(&self, site: &SiteId) -> bool {
        manages(self.person, site, self.role)
    }

    pub fn set_aside(&self, received: &Received, hash: Hash) -> Item {
        let (event, judgement) = (&received.event, &received.judgement);
        let by = self.author(event);
        let item = Item {
            kind: SET_ASIDE,
            id: event.id.to_string(),
            hash,
            reason: judgement.code.map_or("set_aside", |code| code.as_str()).into(),
            sentence: judgement.code.map_or("", |code| code.for_manager()).into(),
            received_at: judgement.received_at,
            written_at: Some(judgement.corrected_at),
            site: Some(event.site.clone()),
            record: event.record.clone(),
            verb: Some(event.verb.clone()),
            by_name: self.name(&by),
            device: event.device.to_string(),
            by: Some(by.code().to_owned()),
            device_label: None,
            with: Some(event.with.clone()),
            dealt: None,
        };
        if is_in_confidence(&by) { kept_back(item) } else { item }
    }

    pub fn quarantined(&self, row: &QuarantineRow) -> Option<Item> {
        if let Some(statement) = statement(row) {
            return self.lost(row, &statement);
        }
        let sentence = Reason::of_code(&row.reason).map_or("It is kept.", Reason::for_manager);
        let QuarantineRow { hash, ref reason, ref device, ref signed, received_at, offset_ms } = *row;
        let row = Row { hash, device, signed, received_at, offset_ms };
        self.kept_apart(QUARANTINED, (reason, sentence), &row)
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
            sentence: Reason::DeviceLoss.for_manager().replacen("entries", &entries, 1),
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
        let HeldRow { hash, ref device, ref signed, received_at, offset_ms, .. } = *row;
        self.kept_apart(HELD, ("waits", SENTENCE), &Row { hash, device, signed, received_at, offset_ms })
    }

    /// Shown to the manager of its site. What names no known site is shown to all, without its content.
    fn kept_apart(
        &self,
        kind: &'static str,
        (reason, sentence): (&str, &str),
        row: &Row<'_>,
    ) -> Option<Item> {
        let envelope = open::content(row.signed).ok();
        let ours = |envelope: &Envelope| {
            envelope.tenant == self.person.hub.tenant.as_str()
                && self.state.directory().sites.contains_key(&envelope.site)
        };
        let readable = envelope.filter(ours);
        if readable.as_ref().is_some_and(|envelope| !self.manages(&envelope.site)) {
            return None;
        }
        let item = Item {
            kind,
            id: row.hash.to_string(),
            hash: row.hash,
            reason: reason.to_owned(),
            sentence: sentence.to_owned(),
            received_at: row.received_at,
            written_at: None,
            site: None,
            record: None,
            verb: None,
            by: None,
            by_name: None,
            device: row.device.to_owned(),
            device_label: None,
            with: None,
            dealt: None,
        };
        let Some(event) = readable.map(|envelope| envelope.event()) else { return Some(item) };
        Some(self.readable(item, event, row))
    }

    /// With what it says.
    fn readable(&self, item: Item, event: Event, row: &Row<'_>) -> Item {
        let by = self.author(&event);
        let is_in_confidence = is_in_confidence(&by);
        let item = Item {
            id: event.id.to_string(),
            // How far the clock of a device is off is the same in all that it sends.
            written_at: Some(match is_in_confidence {
                true => corrected(event.device_time, row.offset_ms, row.received_at),
                false => event.device_time,
            }),
            site: Some(event.site),
            record: event.record,
            verb: Some(event.verb),
            by_name: self.name(&by),
            by: Some(by.code().to_owned()),
            with: Some(event.with),
            ..item
        };
        if is_in_confidence { kept_back(item) } else { item }
    }

    /// A confidential reporter stays hidden here too.
    fn author(&self, event: &Event) -> Author {
        match is_kept_apart_in_confidence(&self.state.register, event) {
            true => Author::Hidden,
            false => event.by.clone(),
        }
    }

    fn name(&self, by: &Author) -> Option<String> {
        by.staff().map(|staff| self.state.directory().staff_name(staff).to_owned())
    }
}

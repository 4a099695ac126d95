//! The events written on this device, and what became of each: which still wait, and which may be forgotten.

use crate::{
    Entry, Envelope, Hash, Stored,
    hlc::Hlc,
    outbox::{Item, OFFER_AGAIN_DAYS, Trouble},
    wire::{DealtEntry, PushOutcome},
};
use domain::{
    event::{Author, Event, Judgement},
    ids::RecordId,
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// Acknowledged events are kept for this long, to be offered again after a restore of the server.
pub const KEPT_DAYS: i64 = OFFER_AGAIN_DAYS;

const REPORT: &str = "report";

/// In the order written.
#[derive(Clone, Debug, Default)]
pub struct Own(Vec<OwnEvent>);

#[derive(Clone, Debug)]
pub struct OwnEvent {
    pub seq: u64,
    pub entry: Entry,
    /// `None` when a newer app wrote it.
    pub event: Option<Event>,
    hlc: Option<Hlc>,
    pub fate: Fate,
}

/// What became of an event; stored beside its bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fate {
    /// The server's receipt; none while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<PushOutcome>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<Instant>,
    #[serde(default)]
    pub trouble: Trouble,
    /// It was kept apart, and a manager dealt with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dealt_at: Option<Instant>,
}

impl OwnEvent {
    pub fn new(stored: Stored) -> Self {
        let Stored { seq, entry } = stored;
        let envelope = Envelope::open(&entry.signed.bytes).ok();
        let fate = entry.note.as_deref().and_then(|note| serde_json::from_str(note).ok()).unwrap_or_default();
        let hlc = envelope.as_ref().and_then(|envelope| envelope.hlc.parse().ok());
        Self { seq, event: envelope.map(|envelope| envelope.event()), hlc, entry, fate }
    }

    pub fn hlc(&self) -> Option<Hlc> {
        self.hlc
    }

    /// As it is written down, with what became of it.
    pub fn to_store(&self) -> Stored {
        let note = serde_json::to_string(&self.fate).unwrap_or_default();
        Stored { seq: self.seq, entry: self.entry.clone().with_note(note) }
    }

    pub fn is_waiting(&self) -> bool {
        self.fate.outcome.is_none()
    }

    pub fn is_by(&self, person: Option<&str>) -> bool {
        let Some(event) = &self.event else { return false };
        match (&event.by, person) {
            (Author::Staff(staff), Some(person)) => &**staff == person,
            _ => false,
        }
    }

    /// The server's judgement, when a receipt brought it.
    pub fn judgement(&self) -> Option<&Judgement> {
        match self.fate.outcome.as_ref()? {
            PushOutcome::Accepted { judgement } => Some(judgement),
            PushOutcome::Duplicate { judgement } | PushOutcome::Quarantined { judgement, .. } => {
                judgement.as_ref()
            }
            PushOutcome::Held { .. } | PushOutcome::Retry { .. } => None,
        }
    }

    /// A copy of this device wrote another event at the same place.
    pub fn is_forked(&self) -> bool {
        matches!(&self.fate.outcome, Some(PushOutcome::Quarantined { reason, .. }) if reason == "forked")
    }

    /// A report that arrived and that no senior sees: it is kept for the manager.
    pub fn is_report_kept_apart(&self) -> bool {
        let is_report = self.event.as_ref().is_some_and(|event| event.verb == REPORT);
        is_report && self.is_quarantined()
    }

    /// The server keeps it but will not apply it.
    pub fn is_quarantined(&self) -> bool {
        matches!(self.fate.outcome, Some(PushOutcome::Quarantined { .. }))
    }
}

impl Own {
    pub fn load(&mut self, stored: Vec<Stored>) {
        self.0 = stored.into_iter().map(OwnEvent::new).collect();
    }

    pub fn add(&mut self, stored: Stored) {
        self.push(OwnEvent::new(stored));
    }

    /// Another tab may have told of it already.
    pub fn push(&mut self, own: OwnEvent) {
        let place = self.0.partition_point(|known| known.seq < own.seq);
        if self.0.get(place).is_none_or(|known| known.seq != own.seq) {
            self.0.insert(place, own);
        }
    }

    /// Receipts came: gives what to write, in one transaction. `at` is the clock of the server, because that of
    /// the device may jump.
    pub fn settle(&mut self, settled: &[(Item, PushOutcome)], at: Instant) -> Vec<Stored> {
        let mut changed = Vec::with_capacity(settled.len());
        for (item, outcome) in settled {
            let Some(own) = self.of_hash_mut(&item.hash) else { continue };
            own.fate.outcome = Some(outcome.clone());
            own.fate.acknowledged_at = Some(at);
            changed.push(own.to_store());
        }
        changed
    }

    /// A manager dealt with some of what was kept apart: gives what to write.
    pub fn hear_dealt_with(&mut self, dealt: &[DealtEntry]) -> Vec<Stored> {
        let mut changed = Vec::new();
        for own in self.0.iter_mut().filter(|own| own.is_quarantined() && own.fate.dealt_at.is_none()) {
            let id = own.event.as_ref().map(|event| &event.id);
            let Some(told) = dealt.iter().find(|told| Some(&told.id) == id) else { continue };
            own.fate.dealt_at = Some(told.at);
            changed.push(own.to_store());
        }
        changed
    }

    /// An event was sent alone and did not get through: gives what to write.
    pub fn note_trouble(&mut self, item: &Item) -> Option<Stored> {
        let own = self.of_hash_mut(&item.hash)?;
        own.fate.trouble = item.trouble.clone();
        Some(own.to_store())
    }

    pub fn iter(&self) -> impl Iterator<Item = &OwnEvent> {
        self.0.iter()
    }

    pub fn of_record(&self, id: &RecordId, verb: &str) -> Option<&OwnEvent> {
        let is_it = |event: &Event| event.verb == verb && event.record.as_ref() == Some(id);
        self.0.iter().rev().find(|own| own.event.as_ref().is_some_and(is_it))
    }

    pub fn of_hash_mut(&mut self, hash: &Hash) -> Option<&mut OwnEvent> {
        self.0.iter_mut().rev().find(|own| own.entry.hash == *hash)
    }

    /// Nothing counts as delivered any more: gives what to write. Only when it is written does it hold here too, by
    /// [`Own::wait_again`]: a store that refuses must not be told later that there is nothing to write.
    pub fn to_wait_again(&self) -> Vec<Stored> {
        let delivered = self.0.iter().filter(|own| !own.is_waiting());
        delivered.map(|own| OwnEvent { fate: Fate::default(), ..own.clone() }.to_store()).collect()
    }

    /// What was written by [`Own::to_wait_again`] waits.
    pub fn wait_again(&mut self, written: &[Stored]) {
        for stored in written {
            if let Some(own) = self.of_hash_mut(&stored.entry.hash) {
                own.fate = Fate::default();
            }
        }
    }

    pub fn last_seq(&self) -> u64 {
        self.0.last().map_or(0, |own| own.seq)
    }

    /// Acknowledged long ago; never the last of a chain, which the next event needs as its `prev`.
    pub fn old(&self, now: Instant) -> Vec<u64> {
        let Some((_, older)) = self.0.split_last() else { return Vec::new() };
        let is_old = |own: &&OwnEvent| {
            // What is held has no place in the chain of the server yet.
            let is_held = matches!(own.fate.outcome, Some(PushOutcome::Held { .. }));
            !is_held && own.fate.acknowledged_at.is_some_and(|at| (now - at).num_days() > KEPT_DAYS)
        };
        older.iter().filter(is_old).map(|own| own.seq).collect()
    }
}

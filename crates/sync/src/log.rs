//! The promise of an event log: append-only, numbered without gaps, idempotent, forks kept.
//! One log belongs to one provider. `conformance::story` tells what every log must do.

use crate::{
    envelope::{Envelope, EnvelopeError, Signed},
    hash::Hash,
};
use domain::ids::DeviceId;

/// One event on its way into a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub device: DeviceId,
    pub epoch: u32,
    pub dseq: u64,
    pub hash: Hash,
    pub signed: Signed,
    /// What the keeper of the log adds beside the frozen bytes, such as a judgement as JSON.
    pub note: Option<String>,
}

/// One event in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// 1, 2, 3 and so on, in the order of appending.
    pub seq: u64,
    pub entry: Entry,
}

/// What became of one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    New {
        seq: u64,
    },
    /// The same hash is already there, at this number; nothing was written, its note stays.
    Duplicate {
        seq: u64,
    },
    /// Another event of the same device, epoch and `dseq` is there too; both are kept.
    Fork {
        seq: u64,
    },
}

/// The end of a device's own chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub dseq: u64,
    pub hash: Hash,
}

/// Each one is something the caller shows or retries; none means that part of a batch was kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    #[error("there is no room left to save")]
    Full,
    #[error("the store was closed or is used elsewhere: {0}")]
    Unavailable(String),
    #[error("the store holds something unreadable: {0}")]
    Damaged(String),
    #[error("saving failed: {0}")]
    Failed(String),
}

#[expect(async_fn_in_trait, reason = "browser stores are not Send; callers name the concrete log")]
pub trait EventLog {
    /// All or nothing, and durable when it returns. The answers are in the order of the entries.
    /// Idempotent by device, epoch, `dseq` and hash.
    async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Appended>, LogError>;

    /// Up to `limit` events with a number above `after`, in order, without a gap.
    async fn read(&self, after: u64, limit: usize) -> Result<Vec<Stored>, LogError>;

    /// The highest `dseq` of a device and epoch, and the hash of its event; of a fork, the one that came first.
    async fn head(&self, device: &DeviceId, epoch: u32) -> Result<Option<Head>, LogError>;
}

impl Entry {
    /// Reads where the event stands from its own bytes.
    /// # Errors  As `Envelope::open`.
    pub fn of(signed: Signed) -> Result<Entry, EnvelopeError> {
        let Envelope { device, epoch, dseq, .. } = Envelope::open(&signed.bytes)?;
        Ok(Entry { device, epoch, dseq, hash: signed.hash(), signed, note: None })
    }

    pub fn with_note(self, note: impl Into<String>) -> Entry {
        Entry { note: Some(note.into()), ..self }
    }
}

impl Appended {
    pub fn seq(self) -> u64 {
        match self {
            Appended::New { seq } | Appended::Duplicate { seq } | Appended::Fork { seq } => seq,
        }
    }
}

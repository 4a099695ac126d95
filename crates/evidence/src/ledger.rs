//! The hashes of the frozen events, as far as this place holds them. A device holds the bytes of its own events; of
//! those of others that it reads whole it was told the hash. The server holds all bytes.

use domain::ids::DeviceId;
use std::collections::BTreeMap;
use sync::{
    envelope::{Envelope, Signed},
    hash::Hash,
};

/// Where one event stands in the chain of its device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    pub device: DeviceId,
    pub epoch: u32,
    pub dseq: u64,
    pub prev: Hash,
    pub hash: Hash,
    /// The frozen bytes, where they are at hand.
    pub bytes: Option<String>,
}

/// Event -> its seal, or its hash alone.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    seals: BTreeMap<String, Seal>,
    hashes: BTreeMap<String, Hash>,
}

impl Ledger {
    /// Hashes every event again from its bytes. An event that cannot be read has no seal.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Signed>) -> Ledger {
        let mut ledger = Ledger::default();
        for signed in events {
            let Ok(envelope) = Envelope::open(&signed.bytes) else { continue };
            let seal = Seal {
                device: envelope.device.clone(),
                epoch: envelope.epoch,
                dseq: envelope.dseq,
                prev: envelope.prev,
                hash: signed.hash(),
                bytes: Some(signed.bytes.clone()),
            };
            ledger.insert(&envelope.id, seal);
        }
        ledger
    }

    pub fn insert(&mut self, event: &str, seal: Seal) {
        self.seals.insert(event.to_owned(), seal);
    }

    /// The hash of an event of which the bytes are elsewhere.
    pub fn insert_hash(&mut self, event: &str, hash: Hash) {
        self.hashes.insert(event.to_owned(), hash);
    }

    /// From its bytes where they are at hand, else as it was told.
    pub fn hash(&self, event: &str) -> Option<Hash> {
        self.seal(event).map(|seal| seal.hash).or_else(|| self.hashes.get(event).copied())
    }

    pub fn seal(&self, event: &str) -> Option<&Seal> {
        self.seals.get(event)
    }
}

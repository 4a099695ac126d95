//! The hashes of the frozen events, as far as this place holds them: a device holds those of its own events, the server
//! those of all.

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

/// Event -> its seal.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    seals: BTreeMap<String, Seal>,
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

    pub fn seal(&self, event: &str) -> Option<&Seal> {
        self.seals.get(event)
    }
}

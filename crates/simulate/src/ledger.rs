//! The harness's own list of everything that a person was told is saved, and where it must be in the end.

use std::collections::BTreeMap;
use sync::{Hash, Signed};

#[derive(Clone, Debug)]
pub struct Promise {
    pub signed: Signed,
    pub tenant: String,
    /// The server gave a receipt at some time.
    pub receipted: bool,
    /// The store that held it was destroyed by the run.
    pub destroyed: bool,
}

/// By the hash of the bytes.
#[derive(Clone, Debug, Default)]
pub struct Ledger(BTreeMap<Hash, Promise>);

impl Ledger {
    /// "Saved on this phone" was said.
    pub fn promise(&mut self, signed: &Signed, tenant: &str) {
        let promise =
            Promise { signed: signed.clone(), tenant: tenant.to_owned(), receipted: false, destroyed: false };
        self.0.insert(signed.hash(), promise);
    }

    pub fn receipted(&mut self, hash: Hash) {
        if let Some(promise) = self.0.get_mut(&hash) {
            promise.receipted = true;
        }
    }

    pub fn destroyed(&mut self, hash: Hash) {
        if let Some(promise) = self.0.get_mut(&hash) {
            promise.destroyed = true;
        }
    }

    pub fn has(&self, hash: Hash) -> bool {
        self.0.contains_key(&hash)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Hash, &Promise)> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

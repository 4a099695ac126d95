//! A signed checkpoint: the server's word about how long the log was and which chain it had. Kept elsewhere by the
//! provider, it shows later that the tail was cut off or the log was written anew.

use super::key::{self, ServerKey};
use crate::{
    clock::{from_micros, micros},
    store::LogHead,
};
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use sync::Hash;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Id of the provider.
    pub provider: String,
    pub server_epoch: String,
    /// Number of the last row then.
    pub seq: u64,
    /// Hash over all rows up to it.
    pub chain: Hash,
    /// Microseconds since 1970.
    pub at: i64,
    /// Public key of the server: a P-256 point, uncompressed, in base64url.
    pub key: String,
    /// ECDSA with SHA-256 over `text`; r and s in base64url.
    pub sig: String,
}

/// What was kept away from a log, and is held against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    pub checkpoints: Vec<Checkpoint>,
    /// Public keys of the servers; none: not known. A checkpoint names its own key, and anybody can make one.
    pub keys: BTreeSet<String>,
}

impl Elsewhere {
    pub fn knows(&self, key: &str) -> bool {
        self.keys.is_empty() || self.keys.contains(key)
    }
}

impl Checkpoint {
    pub fn sign(
        provider: &str,
        server_epoch: &str,
        head: LogHead,
        at: Instant,
        key: &ServerKey,
    ) -> Checkpoint {
        let mut checkpoint = Checkpoint {
            provider: provider.to_owned(),
            server_epoch: server_epoch.to_owned(),
            seq: head.seq,
            chain: head.chain,
            at: micros(at),
            key: key.public(),
            sig: String::new(),
        };
        checkpoint.sig = key.sign(&checkpoint.text());
        checkpoint
    }

    pub fn is_signed(&self) -> bool {
        key::signed(&self.key, &self.text(), &self.sig)
    }

    pub fn made_at(&self) -> Instant {
        from_micros(self.at)
    }

    /// What is signed.
    fn text(&self) -> String {
        let Checkpoint { provider, server_epoch, seq, chain, at, .. } = self;
        format!("nm.checkpoint.v1\n{provider}\n{server_epoch}\n{seq}\n{chain}\n{at}")
    }
}

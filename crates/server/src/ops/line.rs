//! The lines of an exported log: the head first, then one row a line in order. Told in docs/operations.md; read without
//! our code by tests/evidence/verify_log.py.

use super::checkpoint::Checkpoint;
use crate::store::EventRow;
use domain::{ids::DeviceId, time::Instant};
use serde::{Deserialize, Serialize};
use sync::{Hash, Signed, chain::Link};

pub const FORMAT: &str = "noticed-log-1";

/// The first line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub format: String,
    /// Id of the provider.
    pub provider: String,
    pub server_epoch: String,
    pub exported_at: Instant,
    /// Number of the last row.
    pub seq: u64,
    /// Hash over all rows.
    pub chain: Hash,
    pub devices: Vec<DeviceLine>,
    /// Entries that use up a place in the chain of their device and are not in the log.
    pub apart: Vec<Apart>,
    /// What devices say that they lost before it was sent: `sync::witness::Statement`, signed. Behind a loss the chain of
    /// the device goes on.
    #[serde(default)]
    pub losses: Vec<Signed>,
    /// The earliest first.
    pub checkpoints: Vec<Checkpoint>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    pub device: DeviceId,
    pub epoch: u32,
    /// P-256 point, uncompressed, in base64url.
    pub public_key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    pub device: DeviceId,
    pub epoch: u32,
    pub dseq: u64,
    pub prev: Hash,
    pub hash: Hash,
    /// Why it is not in the log.
    pub reason: String,
}

/// Every line after the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub seq: u64,
    pub device: String,
    pub epoch: u32,
    pub dseq: u64,
    pub hash: Hash,
    /// The frozen bytes; none when they were disposed of.
    pub bytes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposed: Option<DisposedLine>,
    pub sig: String,
    /// Microseconds since 1970, as stored.
    pub received_at: i64,
    /// The judgement at receipt, as stored.
    pub note: Option<String>,
    pub chain: Hash,
}

/// Why a row has no bytes any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisposedLine {
    pub at: Instant,
    pub by: String,
    pub rule: String,
    /// What the bytes named as the hash of the entry before; none for a letter without a name.
    pub prev: Option<Hash>,
}

impl Apart {
    pub fn new(link: Link, reason: String) -> Apart {
        let Link { device, epoch, dseq, prev, hash } = link;
        Apart { device, epoch, dseq, prev, hash, reason }
    }
}

impl Line {
    /// `disposed`: what is known of the row if its bytes are gone.
    pub fn new(row: EventRow, disposed: Option<DisposedLine>) -> Line {
        let EventRow { seq, device, epoch, dseq, hash, signed, received_at, note, chain, .. } = row;
        let Signed { bytes, sig } = signed;
        let bytes = Some(bytes).filter(|_| disposed.is_none());
        Line { seq, device, epoch, dseq, hash, bytes, disposed, sig, received_at, note, chain }
    }
}

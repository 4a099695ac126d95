//! The sealed event: the bytes that a device writes once, chains, signs and sends word for word.
//! Nobody writes these bytes a second time: a store keeps them as text and hashes them as they are.

use crate::{hash::Hash, wire::MAX_EVENT_BYTES};
use domain::{
    event::{Author, Event, Fields},
    ids::{DeviceId, EventId, RecordId, SiteId},
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// The envelope version that this code writes.
pub const VERSION: u16 = 1;

/// The version of the fields of every verb that this code writes, and the highest that it folds.
pub const FIELDS: u16 = 1;

/// What one event says, and where it stands in the chain of its device.
/// The order of the fields is the order of the bytes, frozen by a golden test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Envelope version.
    pub v: u16,
    pub id: EventId,
    pub tenant: String,
    pub site: SiteId,
    pub record: Option<RecordId>,
    pub device: DeviceId,
    /// Counts enrolments of the device; `dseq` starts again at 1 with each.
    pub epoch: u32,
    /// 1, 2, 3 and so on, without a gap, per device and epoch.
    pub dseq: u64,
    /// Hash of the event before, in the same device and epoch; zero for the first.
    pub prev: Hash,
    /// The member of staff who wrote it.
    pub actor: String,
    /// Written in an open, signed-in session; false when the device was locked or signed out. The device says it of
    /// itself, so nothing is judged by it: it stays in the bytes, where an older server needs it and an export shows it.
    pub attested: bool,
    /// The verb.
    pub kind: String,
    /// Version of the fields of the verb.
    pub kschema: u16,
    /// Highest version of the record that the device had pulled; 0 for none.
    pub seen: u32,
    /// The clock of the device.
    pub recorded_at: Instant,
    /// Device clock minus server clock at the last contact; `None` before the first contact.
    pub offset_ms: Option<i64>,
    /// Hybrid clock as text, for display and ties only. See `hlc`.
    pub hlc: String,
    /// The fields of the verb.
    pub payload: Fields,
    pub blobs: Vec<BlobRef>,
}

/// A photo that travels apart from the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRef {
    pub sha256: Hash,
    /// Bytes.
    pub len: u64,
    pub mime: String,
    /// Pixels.
    pub w: u32,
    pub h: u32,
}

/// Frozen bytes and their hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub bytes: String,
    pub hash: Hash,
}

/// Frozen bytes and the device's signature, as they are stored and sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub bytes: String,
    /// Base64url of r and s (64 bytes): ECDSA P-256 with SHA-256 over the 32 bytes of the hash.
    pub sig: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    #[error("this is not an event: {0}")]
    Unreadable(String),
    #[error("this event has version {0}; a newer version of the app is needed to read it")]
    Newer(u16),
    #[error("this entry is too long to send; shorten the text")]
    TooLong { bytes: usize },
}

impl Envelope {
    /// Freezes the event. The bytes are the event from now on.
    /// # Errors  `TooLong` above 32 KB: better told to the author now than refused on arrival.
    pub fn seal(&self) -> Result<Sealed, EnvelopeError> {
        let bytes =
            serde_json::to_string(self).map_err(|error| EnvelopeError::Unreadable(error.to_string()))?;
        if bytes.len() > MAX_EVENT_BYTES {
            return Err(EnvelopeError::TooLong { bytes: bytes.len() });
        }
        let hash = Hash::of_event(&bytes);
        Ok(Sealed { bytes, hash })
    }

    /// Reads frozen bytes. Fields that this version does not know stay in the bytes, unread.
    /// # Errors  `Newer` when the envelope version is above ours; `Unreadable` for anything else.
    pub fn open(bytes: &str) -> Result<Envelope, EnvelopeError> {
        #[derive(Deserialize)]
        struct Version {
            v: u16,
        }
        let unreadable = |error: serde_json::Error| EnvelopeError::Unreadable(error.to_string());
        let Version { v } = serde_json::from_str(bytes).map_err(unreadable)?;
        if v > VERSION {
            return Err(EnvelopeError::Newer(v));
        }
        serde_json::from_str(bytes).map_err(unreadable)
    }

    /// The event as the domain folds it.
    pub fn event(&self) -> Event {
        Event {
            id: self.id.clone(),
            verb: self.kind.clone(),
            site: self.site.clone(),
            record: self.record.clone(),
            by: Author::from(self.actor.as_str()),
            device: self.device.clone(),
            with: self.payload.clone(),
            seen: self.seen,
            device_time: self.recorded_at,
            offset_ms: self.offset_ms,
        }
    }
}

impl Sealed {
    pub fn signed(self, sig: String) -> Signed {
        Signed { bytes: self.bytes, sig }
    }
}

impl Signed {
    /// Hashed from the bytes each time: nobody has to be believed.
    pub fn hash(&self) -> Hash {
        Hash::of_event(&self.bytes)
    }
}

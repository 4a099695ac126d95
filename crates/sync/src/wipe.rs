//! A device that its provider took back forgets everything, when the service says so with its signature and when
//! nothing is left that only the device has. Until then nothing is deleted.

use domain::{ids::DeviceId, time::Instant};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Photos that do not get through are waited for this long after the last word arrived. Then they go too, and the
/// person is told how many: whoever holds the device may be a thief.
pub const PHOTO_PATIENCE_MINUTES: i64 = 10;

/// The word of the service to a device that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WipeOrder {
    pub device: DeviceId,
    /// The enrolment that ended. A device that joins again is another one, and this order is not for it.
    pub epoch: u32,
    /// When it was removed: microseconds since 1970.
    pub at: i64,
    /// ECDSA P-256 with SHA-256 over `text`, by the key that signs checkpoints; r and s in base64url.
    pub sig: String,
}

impl WipeOrder {
    /// What is signed.
    pub fn text(&self) -> String {
        let WipeOrder { device, epoch, at, .. } = self;
        format!("nm.wipe.v1\n{device}\n{epoch}\n{at}")
    }

    /// The order in the body of an answer, if one is there: in a receipt, or in a refusal.
    pub fn in_answer(body: &str) -> Option<WipeOrder> {
        // Nearly every answer is a page of rows without one: it is not read twice for that.
        if !body.contains("\"wipe\"") {
            return None;
        }
        let answer: Value = serde_json::from_str(body).ok()?;
        WipeOrder::deserialize(answer.get("wipe")?).ok()
    }

    /// What a device does with it. `pinned`: the public key of the service, told when the device joined.
    pub fn judge<'a>(&self, device: &str, epoch: u32, pinned: Option<&'a str>) -> Verdict<'a> {
        match pinned {
            _ if *self.device != *device || self.epoch != epoch => Verdict::NotOurs,
            None => Verdict::Unproven,
            Some(key) => Verdict::SignedBy(key),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// For another device, or an enrolment that ended long ago.
    NotOurs,
    /// The device never learned the key of the service: it says that it was removed, and deletes nothing.
    Unproven,
    /// Obey when this key signed `text`; otherwise as `Unproven`.
    SignedBy(&'a str),
}

/// What is only on the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Events and letters without a receipt, those that cannot be read now included.
    pub words: usize,
    pub photos: usize,
    /// Since when there are no words without a receipt.
    pub since: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Words wait: send them, however long it takes.
    SendWords,
    /// Photos wait, and their time is not over.
    SendPhotos,
    Forget,
}

impl Left {
    /// A clock that jumped counts as time that is over: words are safe by then.
    pub fn next(&self, now: Instant) -> Next {
        let Left { words, photos, since } = *self;
        let waited = since.map(|since| (now - since).num_minutes().abs());
        match () {
            () if words > 0 => Next::SendWords,
            () if photos > 0 && waited.is_none_or(|waited| waited < PHOTO_PATIENCE_MINUTES) => {
                Next::SendPhotos
            }
            () => Next::Forget,
        }
    }
}

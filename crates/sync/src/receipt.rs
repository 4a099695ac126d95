//! What counts as delivered. Only a reply that is surely ours and surely complete settles anything;
//! every other answer, whatever its status, leaves the outbox as it is.

use crate::{
    hash::Hash,
    stamp,
    wire::{CONTENT_TYPE, PushOutcome, PushRequest, Receipt},
};
use domain::time::Instant;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// What an answer to a push means.
#[derive(Clone, Debug, PartialEq)]
pub enum Settlement {
    Delivered(Delivery),
    /// The server was restored, or an older copy answers: nothing is deleted on its word.
    /// Ask `pull::Cursor::adopt`; if it agrees, offer own events again and push anew.
    OtherEpoch {
        server_epoch: String,
    },
    /// Nothing is deleted.
    Failed(Failure),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    pub server_epoch: String,
    pub server_time: Instant,
    /// One for each event of the request.
    pub receipts: Vec<Receipt>,
}

/// Why nothing was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("there is no connection")]
    Offline,
    #[error("the service took too long to answer")]
    Timeout,
    #[error("a person has to sign in again")]
    SignIn,
    #[error("the service is busy")]
    Busy,
    #[error("too much at once")]
    TooLarge,
    #[error("the service has a problem ({0})")]
    Server(u16),
    #[error("the service did not understand ({0})")]
    NotUnderstood(u16),
    #[error("something else answered, perhaps the sign-in page of a network")]
    NotOurs,
    #[error("the answer did not match what was sent")]
    Mismatch,
}

impl Failure {
    /// Whether a smaller batch could get through: one event may be the reason. Something that is not ours is asked
    /// about again first: see `may_blame_the_batch`.
    pub fn blames_the_batch(self) -> bool {
        matches!(
            self,
            Failure::Timeout
                | Failure::TooLarge
                | Failure::Server(_)
                | Failure::NotUnderstood(_)
                | Failure::Mismatch
        )
    }

    /// The sign-in page of a network answers everything; a firewall may stop one event for its words, and for ever.
    /// Which of them it is shows only when it goes on.
    pub fn may_blame_the_batch(self) -> bool {
        self == Failure::NotOurs
    }
}

/// Judges the answer to a push. `Offline` and `Timeout` have no answer: the caller names those itself.
pub fn settle(request: &PushRequest, status: u16, content_type: Option<&str>, body: &[u8]) -> Settlement {
    match read_reply(status, content_type, body).and_then(|reply: Reply| reply.delivery(request)) {
        Ok(delivery) if request.server_epoch.as_ref().is_none_or(|known| *known == delivery.server_epoch) => {
            Settlement::Delivered(delivery)
        }
        Ok(Delivery { server_epoch, .. }) => Settlement::OtherEpoch { server_epoch },
        Err(failure) => Settlement::Failed(failure),
    }
}

/// Reads a reply of any of our addresses, if it is ours: status 200, our content type, whole JSON.
pub(crate) fn read_reply<'a, T: Deserialize<'a>>(
    status: u16,
    content_type: Option<&str>,
    body: &'a [u8],
) -> Result<T, Failure> {
    let is_ours = is_ours(content_type);
    if let Some(failure) = failure_of(status, is_ours) {
        return Err(failure);
    }
    if status != 200 || !is_ours {
        return Err(Failure::NotOurs);
    }
    if !stamp::is_whole(body) {
        return Err(Failure::Mismatch);
    }
    serde_json::from_slice(body).map_err(|_| Failure::Mismatch)
}

/// The content type of every answer of ours.
pub(crate) fn is_ours(content_type: Option<&str>) -> bool {
    let media = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case(CONTENT_TYPE)
}

pub(crate) fn failure_of(status: u16, is_ours: bool) -> Option<Failure> {
    match status {
        // Only our service knows who is signed in here.
        401 | 403 if !is_ours => Some(Failure::NotOurs),
        401 | 403 => Some(Failure::SignIn),
        408 => Some(Failure::Timeout),
        413 => Some(Failure::TooLarge),
        429 => Some(Failure::Busy),
        400 | 409 | 415 | 422 | 431 => Some(Failure::NotUnderstood(status)),
        // 511 is how a captive portal asks for its own sign-in.
        511 => Some(Failure::NotOurs),
        500..=599 => Some(Failure::Server(status)),
        _ => None,
    }
}

/// A push reply, read so that one judgement from a newer server does not spoil the others.
#[derive(Deserialize)]
struct Reply {
    nonce: String,
    server_epoch: String,
    server_time: Instant,
    receipts: Vec<Value>,
}

impl Reply {
    fn delivery(self, request: &PushRequest) -> Result<Delivery, Failure> {
        if self.nonce != request.nonce || self.receipts.len() != request.events.len() {
            return Err(Failure::Mismatch);
        }
        let mut unanswered: BTreeSet<Hash> = request.events.iter().map(|event| event.hash()).collect();
        let mut receipts = Vec::new();
        for value in &self.receipts {
            let receipt = read_receipt(value).ok_or(Failure::Mismatch)?;
            if !unanswered.remove(&receipt.hash) {
                return Err(Failure::Mismatch);
            }
            receipts.push(receipt);
        }
        Ok(Delivery { server_epoch: self.server_epoch, server_time: self.server_time, receipts })
    }
}

/// An outcome that cannot be read in full still counts when its word is one that we know.
/// An unknown word keeps the event in the outbox.
fn read_receipt(value: &Value) -> Option<Receipt> {
    if let Ok(receipt) = Receipt::deserialize(value) {
        return Some(receipt);
    }
    let text = |field: &str| value.get(field).and_then(Value::as_str).map(str::to_owned);
    let hash = text("hash")?.parse().ok()?;
    let outcome = match text("outcome")?.as_str() {
        // The judgement comes with the next pull.
        "accepted" | "duplicate" => PushOutcome::Duplicate { judgement: None },
        "held" => PushOutcome::Held { why: text("why").unwrap_or_default() },
        "quarantined" => PushOutcome::Quarantined {
            reason: text("reason").unwrap_or_default(),
            sentence: text("sentence").unwrap_or_default(),
            judgement: None,
        },
        _ => PushOutcome::Retry { after_s: 60 },
    };
    Some(Receipt { hash, outcome })
}

impl PushOutcome {
    /// The exact bytes are durable on the server: the outbox may let go.
    pub fn is_stored(&self) -> bool {
        !matches!(self, PushOutcome::Retry { .. })
    }
}

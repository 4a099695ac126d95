//! Takes proven events in the order of their device: judged, numbered, chained, folded.
//! Runs under the provider's lock and inside its transaction.

use super::{open, quarantine::Reason, state::State};
use crate::{
    clock::micros,
    error::{AppError, Why},
    store::{
        ChainHead, EventRow, HeldRow, LastContact, QuarantineRow, ROWS_TOGETHER, Rest, StoreError, Writing,
    },
};
use domain::{
    decide::{Arrival, judge},
    event::{Event, Judgement, Outcome, Received},
    ids::DeviceId,
    notification::second_look,
    sight::{AS_REPORTER, is_in_confidence},
    time::{Instant, to_the_minute},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};
use sync::{
    Envelope, Hash, Head, Signed,
    chain::{self, Link},
    wire::PushOutcome,
    witness::Lost,
};

/// An event that surely comes from its device. `content`: what it says, or why that cannot be folded.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub link: Link,
    pub signed: Signed,
    pub content: Result<Envelope, Reason>,
}

/// One contact of a device: what is the same for all its events.
#[derive(Clone, Debug)]
pub struct Contact {
    pub device: String,
    /// Staff who have signed in on the device at some time.
    pub people: BTreeSet<String>,
    /// Of these, who is signed in on it now.
    pub present: BTreeSet<String>,
    pub tenant: String,
    pub received_at: Instant,
    /// Device clock minus server clock.
    pub offset_ms: i64,
}

/// Collects the rows of one batch and writes them in few statements.
pub struct Intake<'a> {
    state: &'a mut State,
    writing: &'a mut Writing,
    contact: &'a Contact,
    rows: Vec<EventRow>,
    moved: BTreeMap<u32, Head>,
}

impl<'a> Intake<'a> {
    pub fn new(state: &'a mut State, writing: &'a mut Writing, contact: &'a Contact) -> Self {
        Self { state, writing, contact, rows: Vec::new(), moved: BTreeMap::new() }
    }

    /// One event, and after it every held one that can follow now.
    pub async fn take(&mut self, incoming: Incoming) -> Result<PushOutcome, AppError> {
        if let Some(seq) = self.state.place_of(&incoming.link.hash) {
            return self.again(seq).await;
        }
        let incoming = self.as_it_may_stay(incoming);
        let (device, epoch) = (incoming.link.device.clone(), incoming.link.epoch);
        let expected = chain::next(self.state.chain_of(&device, epoch));
        if incoming.link.dseq > expected.dseq
            && !self.vouches_for_missing(&incoming.link, expected.dseq).await?
        {
            return self.hold(incoming).await;
        }
        let expected = chain::next(self.state.chain_of(&device, epoch));
        if incoming.link.dseq < expected.dseq || incoming.link.prev != expected.hash {
            return self.branch_off(incoming).await;
        }
        let outcome = self.accept(incoming, self.contact.received_at, self.contact.offset_ms).await?;
        if self.state.is_waiting(&device) {
            self.release(&device, epoch).await?;
        }
        Ok(outcome)
    }

    /// Would this one be kept a second time?
    pub async fn is_here(&self, hash: Hash, reason: Reason) -> Result<bool, StoreError> {
        let was_taken = reason == Reason::DeviceRevoked && self.state.place_of(&hash).is_some();
        Ok(was_taken || self.writing.quarantined_for(hash, reason.code()).await?.is_some())
    }

    /// An event without a place in the chain. If the very bytes were accepted before, that stands.
    pub async fn set_apart(
        &mut self,
        hash: Hash,
        signed: Signed,
        reason: Reason,
    ) -> Result<PushOutcome, AppError> {
        match self.state.place_of(&hash) {
            Some(seq) if reason == Reason::DeviceRevoked => self.again(seq).await,
            _ => {
                let left = self.left_of(&signed, &open::content(&signed)).unwrap_or(signed);
                self.quarantine(self.contact.device.clone(), hash, left, reason).await
            }
        }
    }

    /// The device says, by its signature, that a part of its chain is lost: the chain goes on behind it.
    /// What arrived of that part after all, and waits, is taken in its place.
    pub async fn skip(
        &mut self,
        device: &DeviceId,
        epoch: u32,
        lost: &Lost,
        held: &[HeldRow],
    ) -> Result<(), AppError> {
        if chain::next(self.state.chain_of(device, epoch)).dseq != lost.first {
            return Ok(());
        }
        for row in held.iter().filter(|row| (lost.first..=lost.last).contains(&row.dseq)) {
            if row.dseq >= chain::next(self.state.chain_of(device, epoch)).dseq {
                let before = Head { dseq: row.dseq - 1, hash: reopen(row)?.link.prev };
                self.go_on_after(device, epoch, before).await?;
            }
        }
        if chain::next(self.state.chain_of(device, epoch)).dseq <= lost.last {
            self.go_on_after(device, epoch, Head { dseq: lost.last, hash: lost.hash }).await?;
        }
        Ok(())
    }

    async fn go_on_after(&mut self, device: &DeviceId, epoch: u32, head: Head) -> Result<(), AppError> {
        self.state.set_chain(device, epoch, head);
        self.moved.insert(epoch, head);
        self.release(device, epoch).await
    }

    /// Begins to write what was collected, and with it that the device was there.
    pub async fn finish(self, contact: Option<LastContact>) -> Result<(), AppError> {
        let device = &self.contact.device;
        let head = |(epoch, Head { dseq, hash }): (u32, Head)| ChainHead {
            device: device.clone(),
            epoch,
            dseq,
            hash,
        };
        let heads = self.moved.into_iter().map(head).collect();
        Ok(self.writing.end_batch(Rest { rows: self.rows, heads, contact }).await?)
    }

    /// Without its words, where those of its record are gone.
    fn as_it_may_stay(&self, incoming: Incoming) -> Incoming {
        match self.left_of(&incoming.signed, &incoming.content) {
            Some(signed) => Incoming { signed, content: Err(Reason::Disposed), ..incoming },
            None => incoming,
        }
    }

    fn left_of(&self, signed: &Signed, content: &Result<Envelope, Reason>) -> Option<Signed> {
        self.state.gone.left(signed, content, self.contact.offset_ms, self.contact.received_at)
    }

    async fn again(&mut self, seq: u64) -> Result<PushOutcome, AppError> {
        self.flush().await?;
        self.writing.delivered_again(seq).await?;
        Ok(PushOutcome::Duplicate { judgement: self.state.delivered_again(seq) })
    }

    async fn hold(&mut self, incoming: Incoming) -> Result<PushOutcome, AppError> {
        let Link { device, epoch, dseq, hash, .. } = incoming.link;
        self.state.set_waiting(device.clone());
        let row = HeldRow {
            device: device.to_string(),
            epoch,
            dseq,
            hash,
            signed: incoming.signed,
            received_at: self.contact.received_at,
            offset_ms: self.contact.offset_ms,
        };
        self.writing.hold(&row).await?;
        Ok(PushOutcome::Held { why: "waits for an earlier entry of this device".into() })
    }

    /// The one event before this arrived with a bad signature: this one names its hash, which proves it after all.
    async fn vouches_for_missing(&mut self, link: &Link, missing: u64) -> Result<bool, AppError> {
        if link.dseq != missing + 1 {
            return Ok(false);
        }
        let Some(row) = self.writing.quarantined_for(link.prev, Reason::BadSignature.code()).await? else {
            return Ok(false);
        };
        let content = kept(&row.signed, row.hash);
        match open::link(&row.signed, row.hash, &content) {
            Some(before) if before.fits(self.state.chain_of(&link.device, link.epoch)).is_ok() => {
                let incoming = Incoming { link: before, signed: row.signed, content };
                self.accept(incoming, row.received_at, row.offset_ms).await?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// The place in the chain is taken by other bytes: both are kept, and a person looks at it.
    /// A quarantined event that arrives again is the same case with the same bytes.
    async fn branch_off(&mut self, incoming: Incoming) -> Result<PushOutcome, AppError> {
        let hash = incoming.link.hash;
        for reason in Reason::IN_CHAIN {
            if self.writing.quarantined_for(hash, reason.code()).await?.is_some() {
                return self
                    .quarantine(incoming.link.device.to_string(), hash, incoming.signed, *reason)
                    .await;
            }
        }
        self.quarantine(incoming.link.device.to_string(), hash, incoming.signed, Reason::Forked).await
    }

    /// The next event of the device: its place in the chain is used up, whatever becomes of its content.
    async fn accept(
        &mut self,
        incoming: Incoming,
        received_at: Instant,
        offset_ms: i64,
    ) -> Result<PushOutcome, AppError> {
        let Incoming { link, signed, content } = incoming;
        self.state.set_chain(&link.device, link.epoch, link.head());
        self.moved.insert(link.epoch, link.head());
        let envelope = match content.and_then(|envelope| self.belongs(envelope)) {
            Ok(envelope) => envelope,
            Err(reason) => return self.quarantine(link.device.to_string(), link.hash, signed, reason).await,
        };
        let event = open::into_event(envelope);
        let received_at = match is_in_confidence(&self.state.register, &event) {
            true => to_the_minute(received_at),
            false => received_at,
        };
        let seq = self.state.head.seq + 1;
        let arrival = Arrival { seq, received_at, offset_ms, token_for: None, online: false };
        let mut judgement = judge(&self.state.register, &event, &arrival);
        if matches!(judgement.result, Outcome::Applied | Outcome::Conflict) {
            judgement.second = second_look(&self.state.register, &event, received_at);
            judgement.author_away = self.is_away(&event);
        }
        let mut row = EventRow {
            seq,
            device: link.device.to_string(),
            epoch: link.epoch,
            dseq: link.dseq,
            hash: link.hash,
            signed,
            received_at: micros(received_at),
            note: Some(as_note(&judgement)?),
            chain: self.state.head.chain,
            deliveries: 1,
        };
        row.chain = row.chained(self.state.head.chain);
        self.state.take(&row, Received { event, judgement: judgement.clone() });
        self.rows.push(row);
        if self.rows.len() == ROWS_TOGETHER {
            self.flush().await?;
        }
        Ok(outcome_of(judgement))
    }

    /// Held events that follow now, in order.
    async fn release(&mut self, device: &DeviceId, epoch: u32) -> Result<(), AppError> {
        loop {
            let expected = chain::next(self.state.chain_of(device, epoch));
            let held = self.writing.held_at(device, epoch, expected.dseq).await?;
            if held.is_empty() {
                if !self.writing.holds_any(device).await? {
                    self.state.clear_waiting(device);
                }
                return Ok(());
            }
            for row in held {
                self.writing.release(&row).await?;
                let incoming = reopen(&row)?;
                if incoming.link.fits(self.state.chain_of(device, epoch)).is_ok() {
                    self.accept(incoming, row.received_at, row.offset_ms).await?;
                } else {
                    self.branch_off(incoming).await?;
                }
            }
        }
    }

    /// Proven to come from the device; does it belong to this provider, and was its author ever here?
    fn belongs(&self, envelope: Envelope) -> Result<Envelope, Reason> {
        if envelope.tenant != self.contact.tenant {
            return Err(Reason::WrongTenant);
        }
        if !self.contact.people.contains(&envelope.actor) {
            return Err(Reason::ActorNotOnDevice);
        }
        Ok(envelope)
    }

    /// A device that several people use can be made to write in the name of any of them. A report may wait on it for
    /// days, and harms nobody; of a decision it is said.
    fn is_away(&self, event: &Event) -> bool {
        let Contact { people, present, .. } = self.contact;
        people.len() > 1
            && !AS_REPORTER.contains(&event.verb.as_str())
            && event.by.staff().is_some_and(|staff| !present.contains(&**staff))
    }

    async fn quarantine(
        &mut self,
        device: String,
        hash: Hash,
        signed: Signed,
        reason: Reason,
    ) -> Result<PushOutcome, AppError> {
        let row = QuarantineRow {
            hash,
            reason: reason.code().into(),
            device,
            signed,
            received_at: self.contact.received_at,
            offset_ms: self.contact.offset_ms,
        };
        self.writing.quarantine(&row).await?;
        Ok(reason.outcome())
    }

    /// The database takes the rows while the next events are judged.
    async fn flush(&mut self) -> Result<(), StoreError> {
        self.writing.append(mem::take(&mut self.rows)).await
    }
}

/// What an entry says that was kept here. Other bytes than those of its hash are what is left of it.
fn kept(signed: &Signed, hash: Hash) -> Result<Envelope, Reason> {
    if signed.hash() == hash { open::content(signed) } else { Err(Reason::Disposed) }
}

/// Reads a held row as it came.
fn reopen(row: &HeldRow) -> Result<Incoming, AppError> {
    let content = kept(&row.signed, row.hash);
    let link = open::link(&row.signed, row.hash, &content).ok_or_else(|| {
        tracing::error!(seq = row.dseq, "a held event cannot be read");
        AppError::from(Why::Broken)
    })?;
    Ok(Incoming { link, signed: row.signed.clone(), content })
}

pub fn as_note(judgement: &Judgement) -> Result<String, AppError> {
    serde_json::to_string(judgement).map_err(|error| {
        tracing::error!(%error, "a judgement could not be written");
        Why::Broken.into()
    })
}

pub fn outcome_of(judgement: Judgement) -> PushOutcome {
    match judgement.result {
        Outcome::Applied | Outcome::Conflict => PushOutcome::Accepted { judgement },
        Outcome::SetAside | Outcome::Refused => PushOutcome::Quarantined {
            reason: judgement.code.map_or("set_aside", |code| code.as_str()).into(),
            sentence: judgement
                .code
                .map_or("It is kept, and a manager can see it.", |code| code.sentence())
                .into(),
            judgement: Some(judgement),
        },
    }
}

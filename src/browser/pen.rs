//! The pen of this device: seals an event, signs it, and puts it at the end of the chain.
//! One writer at a time in a tab; between tabs the store lets one in and the others seal again.

use super::{
    event_log::OwnLog,
    ids, js,
    keys::{DeviceKey, KeyError},
    store::StoreError,
};
use domain::{event::Event, ids::DeviceId, time::Instant};
use futures_util::future::join;
use std::cell::Cell;
use sync::{
    Entry, Envelope, EnvelopeError, EventLog, Head, LogError, Stored, chain, envelope::VERSION, hlc::Hlc,
};

/// How often another tab may be first before the person is asked to try again.
const TRIES: u32 = 500;
/// A tab that was not first waits for a part of this, so that two do not meet again and again.
const STEP_ASIDE_MS: f64 = 16.0;

#[derive(Default)]
pub struct Pen {
    /// End of the chain as this tab knows it; none until it was read. Holding the lock is the turn to write.
    head: tokio::sync::Mutex<Option<Option<Head>>>,
    hlc: Cell<Hlc>,
}

/// Who writes: the device as the provider knows it.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    pub tenant: &'a str,
    pub epoch: u32,
    /// Written in an open, signed-in session.
    pub attested: bool,
    /// The corrected time of writing.
    pub corrected_at: Instant,
    /// Key of the draft that this event replaces, removed in the same transaction.
    pub draft: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PenError {
    Key(KeyError),
    Envelope(EnvelopeError),
    Store(StoreError),
}

impl Pen {
    /// Takes up the chain where the log says that it ends.
    pub async fn begin(&self, log: &OwnLog, device: &DeviceId, epoch: u32) -> Result<(), PenError> {
        let mut head = self.head.lock().await;
        *head = None;
        *head = Some(end(log, device, epoch).await?);
        Ok(())
    }

    /// Later readings of the clock are above this one.
    pub fn hear(&self, hlc: Hlc) {
        self.hlc.set(self.hlc.get().max(hlc));
    }

    /// Resolves when the event is durable.
    pub async fn write(
        &self,
        log: &OwnLog,
        key: &DeviceKey,
        event: &Event,
        hand: Hand<'_>,
    ) -> Result<Stored, PenError> {
        let mut head = self.head.lock().await;
        for _ in 0..TRIES {
            let known = match *head {
                Some(known) => known,
                None => *head.insert(end(log, &event.device, hand.epoch).await?),
            };
            let envelope = self.envelope(event, hand, known);
            let sealed = envelope.seal()?;
            // Outside any transaction: waiting would end it. Both at once.
            let (sig, kept) = join(key.sign(&sealed.hash), log.seal(&sealed.hash, &sealed.bytes)).await;
            let (sig, kept) = (sig?, kept?);
            let Envelope { device, epoch, dseq, .. } = envelope;
            let hash = sealed.hash;
            let entry = Entry { device, epoch, dseq, hash, signed: sealed.signed(sig), note: None };
            match log.extend(&entry, kept, hand.draft).await {
                Ok(seq) => {
                    *head = Some(Some(Head { dseq, hash }));
                    log.beside.set_head_soon(&entry.device, epoch, Head { dseq, hash });
                    return Ok(Stored { seq, entry });
                }
                Err(StoreError::Taken) => {
                    *head = None;
                    js::sleep((STEP_ASIDE_MS * ids::random()) as u32).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Taken.into())
    }

    /// Resolves when all the events are durable; where one cannot be, none is. `sealed` is told how many are ready.
    #[cfg(feature = "desk")]
    pub async fn write_all(
        &self,
        log: &OwnLog,
        key: &DeviceKey,
        events: &[Event],
        hand: Hand<'_>,
        sealed: impl Fn(usize),
    ) -> Result<Vec<Stored>, PenError> {
        let mut head = self.head.lock().await;
        let Some(first) = events.first() else { return Ok(Vec::new()) };
        for _ in 0..TRIES {
            let mut place = match *head {
                Some(known) => known,
                None => *head.insert(end(log, &first.device, hand.epoch).await?),
            };
            let mut entries = Vec::with_capacity(events.len());
            for event in events {
                let envelope = self.envelope(event, hand, place);
                let ready = envelope.seal()?;
                let sig = key.sign(&ready.hash).await?;
                let Envelope { device, epoch, dseq, .. } = envelope;
                let hash = ready.hash;
                place = Some(Head { dseq, hash });
                entries.push(Entry { device, epoch, dseq, hash, signed: ready.signed(sig), note: None });
                sealed(entries.len());
            }
            match log.extend_all(&entries).await {
                Ok(seq) => {
                    *head = Some(place);
                    if let Some(place) = place {
                        log.beside.set_head_soon(&first.device, hand.epoch, place);
                    }
                    return Ok((seq..).zip(entries).map(|(seq, entry)| Stored { seq, entry }).collect());
                }
                Err(StoreError::Taken) => {
                    *head = None;
                    js::sleep((STEP_ASIDE_MS * ids::random()) as u32).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Taken.into())
    }

    fn envelope(&self, event: &Event, hand: Hand<'_>, head: Option<Head>) -> Envelope {
        let next = chain::next(head);
        let reading = self.hlc.get().tick(hand.corrected_at);
        self.hlc.set(reading.hlc);
        Envelope {
            v: VERSION,
            id: event.id.clone(),
            tenant: hand.tenant.to_owned(),
            site: event.site.clone(),
            record: event.record.clone(),
            device: event.device.clone(),
            epoch: hand.epoch,
            dseq: next.dseq,
            prev: next.hash,
            actor: event.by.code().to_owned(),
            attested: hand.attested,
            kind: event.verb.clone(),
            kschema: sync::envelope::FIELDS,
            seen: event.seen,
            recorded_at: event.device_time,
            offset_ms: event.offset_ms,
            hlc: reading.hlc.to_string(),
            payload: event.with.clone(),
            blobs: Vec::new(),
        }
    }
}

/// Where the next event goes on: after the last one that was ever written here, also when the log has lost it.
async fn end(log: &OwnLog, device: &DeviceId, epoch: u32) -> Result<Option<Head>, LogError> {
    let known = log.head(device, epoch).await?;
    let remembered = log.beside.head(device, epoch);
    Ok(remembered.filter(|end| known.is_none_or(|known| known.dseq < end.dseq)).or(known))
}

impl From<KeyError> for PenError {
    fn from(error: KeyError) -> Self {
        PenError::Key(error)
    }
}

impl From<EnvelopeError> for PenError {
    fn from(error: EnvelopeError) -> Self {
        PenError::Envelope(error)
    }
}

impl From<StoreError> for PenError {
    fn from(error: StoreError) -> Self {
        PenError::Store(error)
    }
}

impl From<LogError> for PenError {
    fn from(error: LogError) -> Self {
        PenError::Store(match error {
            LogError::Full => StoreError::Full,
            LogError::Unavailable(why) => StoreError::Closed(why),
            LogError::Damaged(why) => StoreError::Damaged(why),
            LogError::Failed(why) => StoreError::Failed(why),
        })
    }
}

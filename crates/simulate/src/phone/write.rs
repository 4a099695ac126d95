//! A person saves something: sealed, signed, chained, and durable before anybody says so.

use super::{Phone, Tab};
use crate::{
    disk::{Op, Unwritten},
    prepared::sign,
};
use domain::{event::Event, time::Instant};
use sync::{Entry, Envelope, Head, Stored, chain, envelope::VERSION, outbox::Trouble};

/// How often another tab may be first before the person is asked to try again.
const TRIES: u32 = 20;

/// What the person is told instead of "Saved on this phone".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    NoKey,
    TooLong,
    Store(Unwritten),
}

impl From<Unwritten> for Unsaved {
    fn from(unwritten: Unwritten) -> Self {
        Unsaved::Store(unwritten)
    }
}

impl Phone {
    /// Resolves when the event is durable: the page says "Saved on this phone" after this and never before.
    pub fn write(&mut self, place: usize, event: &Event, now: Instant) -> Result<Stored, Unsaved> {
        let mut tries = 0;
        loop {
            let Some(tab) = self.tabs.get(place) else { return Err(Unsaved::Store(Unwritten::Cut)) };
            let head = match tab.head {
                Some(known) => known,
                None => self.disk.head(&self.id, self.epoch),
            };
            let entry = self.sealed(tab, event, head, now)?;
            self.moment()?;
            match self.commit(&[Op::Add(entry.clone())]) {
                Ok(seq) => {
                    self.disk.witness = Some((self.epoch, entry.dseq));
                    let stored = Stored { seq: seq.unwrap_or_default(), entry };
                    if let Some(tab) = self.tabs.get_mut(place) {
                        tab.wrote(&stored);
                    }
                    self.tell_tabs(place);
                    return Ok(stored);
                }
                Err(Unwritten::Taken) if tries < TRIES => {
                    tries += 1;
                    self.races += 1;
                    if let Some(tab) = self.tabs.get_mut(place) {
                        tab.head = None;
                    }
                }
                Err(unwritten) => return Err(unwritten.into()),
            }
        }
    }

    fn sealed(&self, tab: &Tab, event: &Event, head: Option<Head>, now: Instant) -> Result<Entry, Unsaved> {
        let place = chain::next(head);
        let envelope = Envelope {
            v: VERSION,
            id: event.id.clone(),
            tenant: self.tenant.clone(),
            site: event.site.clone(),
            record: event.record.clone(),
            device: event.device.clone(),
            epoch: self.epoch,
            dseq: place.dseq,
            prev: place.hash,
            actor: event.by.code().to_owned(),
            attested: true,
            kind: event.verb.clone(),
            kschema: 1,
            seen: event.seen,
            recorded_at: event.device_time,
            offset_ms: event.offset_ms,
            hlc: tab.hlc.tick(tab.corrected(self.clock(now))).hlc.to_string(),
            payload: event.with.clone(),
            blobs: Vec::new(),
        };
        let sealed = envelope.seal().map_err(|_| Unsaved::TooLong)?;
        let key = self.key.as_ref().ok_or(Unsaved::NoKey)?;
        let (hash, sig) = (sealed.hash, sign(key, sealed.hash.as_bytes()));
        let signed = sealed.signed(sig);
        Ok(Entry { device: envelope.device, epoch: self.epoch, dseq: place.dseq, hash, signed, note: None })
    }

    /// The other tabs hear that there is more, and read it from the store. One that is frozen hears nothing.
    fn tell_tabs(&mut self, from: usize) {
        let (disk, tabs) = (&self.disk, &mut self.tabs);
        for (_, tab) in tabs.iter_mut().enumerate().filter(|(place, tab)| *place != from && !tab.frozen) {
            for stored in disk.events_above(tab.own.last_seq()) {
                let own = sync::own::OwnEvent::new(stored);
                if own.is_waiting() {
                    tab.outbox.add(own.entry.clone(), own.fate.trouble.clone());
                }
                tab.own.push(own);
            }
        }
    }
}

impl Tab {
    fn wrote(&mut self, stored: &Stored) {
        self.head = Some(Some(Head { dseq: stored.entry.dseq, hash: stored.entry.hash }));
        self.outbox.add(stored.entry.clone(), Trouble::default());
        self.own.add(stored.clone());
        if let Some(hlc) = self.own.iter().last().and_then(|own| own.hlc()) {
            self.hlc = self.hlc.max(hlc);
        }
    }
}

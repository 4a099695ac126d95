//! Chains: each event of a device names the hash of the one before, each row of the server the row before.
//! A changed, missing, added or moved event shows as a break.

use crate::{
    envelope::{Envelope, EnvelopeError, Signed},
    hash::Hash,
    log::Head,
};
use domain::{ids::DeviceId, time::Instant};
use std::ops::Range;

/// Where an event stands in the chain of its device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub device: DeviceId,
    pub epoch: u32,
    pub dseq: u64,
    pub prev: Hash,
    pub hash: Hash,
}

/// Why two neighbours do not link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    #[error("cannot be read")]
    Unreadable,
    #[error("comes from another device or enrolment")]
    OtherDevice,
    #[error("has number {found} where {expected} belongs")]
    Number { expected: u64, found: u64 },
    #[error("does not follow the event before it")]
    WrongPrev,
    #[error("is not where the chain should end")]
    WrongEnd,
}

/// A run of events, cut wherever a link is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Each segment links up without a gap; unreadable events are in none. In order.
    pub segments: Vec<Range<usize>>,
    /// The event that does not link to the one before, and why.
    pub breaks: Vec<(usize, Break)>,
}

/// What a device that has `head` gives its next event: `dseq` and `prev`.
pub fn next(head: Option<Head>) -> Head {
    match head {
        // After the largest number nothing `fits`.
        Some(Head { dseq, hash }) => Head { dseq: dseq.saturating_add(1), hash },
        None => Head { dseq: 1, hash: Hash::ZERO },
    }
}

/// Finds which events link up. Hashes are computed here, from the bytes.
pub fn verify_run(events: &[Signed]) -> Run {
    let links: Vec<Option<Link>> = events.iter().map(|event| Link::of(event).ok()).collect();
    run_of(&links)
}

/// The same for links that are at hand already; `None` for an event that cannot be read.
pub fn run_of(links: &[Option<Link>]) -> Run {
    let mut run = Run::default();
    let mut before: Option<&Link> = None;
    for (index, link) in links.iter().enumerate() {
        let checked = match (before, link) {
            (_, None) => Err(Break::Unreadable),
            (None, Some(_)) => Ok(()),
            (Some(before), Some(link)) => link.follows(before),
        };
        match (checked, before, run.segments.last_mut()) {
            (Ok(()), Some(_), Some(segment)) => segment.end = index + 1,
            (Ok(()), ..) => run.segments.push(index..index + 1),
            (Err(why), ..) => {
                run.breaks.push((index, why));
                if link.is_some() {
                    run.segments.push(index..index + 1);
                }
            }
        }
        before = link.as_ref();
    }
    run
}

/// Checks a whole chain between two known ends.
/// # Errors  The first event that does not fit, and why; the index is `events.len()` when the end is missing.
pub fn verify_whole(start: Option<Head>, events: &[Signed], end: Head) -> Result<(), (usize, Break)> {
    let mut head = start;
    let mut owner: Option<(DeviceId, u32)> = None;
    for (index, event) in events.iter().enumerate() {
        let link = Link::of(event).map_err(|_| (index, Break::Unreadable))?;
        link.fits(head).map_err(|why| (index, why))?;
        let of = owner.get_or_insert_with(|| (link.device.clone(), link.epoch));
        if (&of.0, of.1) != (&link.device, link.epoch) {
            return Err((index, Break::OtherDevice));
        }
        head = Some(link.head());
    }
    if head == Some(end) { Ok(()) } else { Err((events.len(), Break::WrongEnd)) }
}

/// One more row of the server's chain, from the row as it reads back from the store.
/// `outcome` is any text that the server stores with the row.
pub fn server_step(before: Hash, seq: u64, event: Hash, received_at: Instant, outcome: &str) -> Hash {
    let micros = received_at.timestamp_micros();
    Hash::of(&[
        b"nm.server.v1",
        before.as_bytes(),
        &seq.to_be_bytes(),
        event.as_bytes(),
        &micros.to_be_bytes(),
        outcome.as_bytes(),
    ])
}

impl Link {
    /// # Errors  As `Envelope::open`.
    pub fn of(event: &Signed) -> Result<Link, EnvelopeError> {
        Ok(Link::new(&Envelope::open(&event.bytes)?, event.hash()))
    }

    pub fn new(envelope: &Envelope, hash: Hash) -> Link {
        let Envelope { device, epoch, dseq, prev, .. } = envelope;
        Link { device: device.clone(), epoch: *epoch, dseq: *dseq, prev: *prev, hash }
    }

    pub fn head(&self) -> Head {
        Head { dseq: self.dseq, hash: self.hash }
    }

    /// Whether this is the next event of a device whose chain ends at `head`.
    /// # Errors  `Number` above the expected one is a gap: hold it; below it, a repeat or a fork.
    pub fn fits(&self, head: Option<Head>) -> Result<(), Break> {
        let expected = next(head);
        let is_full = head.is_some_and(|head| head.dseq == u64::MAX);
        if self.dseq != expected.dseq || is_full {
            return Err(Break::Number { expected: expected.dseq, found: self.dseq });
        }
        if self.prev == expected.hash { Ok(()) } else { Err(Break::WrongPrev) }
    }

    fn follows(&self, before: &Link) -> Result<(), Break> {
        if (&self.device, self.epoch) != (&before.device, before.epoch) {
            return Err(Break::OtherDevice);
        }
        self.fits(Some(before.head()))
    }
}

impl Run {
    /// The events that link up to the last one; empty when the last one cannot be read.
    pub fn tail(&self, events: usize) -> Range<usize> {
        self.segments.last().filter(|segment| segment.end == events).cloned().unwrap_or(events..events)
    }

    /// Which of `events` a valid signature stands behind: its own, or a later one that links back to it.
    /// Checks one signature per segment as long as they are good.
    pub fn vouched(&self, events: usize, mut signature_is_good: impl FnMut(usize) -> bool) -> Vec<bool> {
        let mut vouched = vec![false; events];
        for segment in &self.segments {
            let good = segment.clone().rev().find(|index| signature_is_good(*index));
            let Some(last) = good else { continue };
            vouched.iter_mut().take(last + 1).skip(segment.start).for_each(|event| *event = true);
        }
        vouched
    }
}

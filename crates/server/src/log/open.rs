//! Opens what arrived: what an event says, and where it stands in the chain of its device.

use super::quarantine::Reason;
use chrono::Datelike;
use domain::{
    event::{Author, Event},
    ids::DeviceId,
    time::Instant,
};
use serde::Deserialize;
use sync::{
    Envelope, EnvelopeError, Hash, Signed,
    chain::Link,
    envelope::{FIELDS, VERSION},
    wire::MAX_EVENT_BYTES,
};

/// As far as the earliest and the latest year may lie apart.
const MOST_OFFSET_MS: u64 = 1100 * 366 * 24 * 3600 * 1000;

/// No device counts so far, and no database: an event with such a number has no place.
const MOST_EVENTS: u64 = i64::MAX as u64;

/// What the event says.
/// # Errors  why that cannot be folded; the bytes are kept all the same.
pub fn content(signed: &Signed) -> Result<Envelope, Reason> {
    if signed.bytes.len() > MAX_EVENT_BYTES {
        return Err(Reason::TooLarge);
    }
    if let Ok(envelope) = serde_json::from_str::<Envelope>(&signed.bytes)
        && envelope.v <= VERSION
    {
        return plausible(envelope);
    }
    match Envelope::open(&signed.bytes) {
        Ok(envelope) => plausible(envelope),
        Err(EnvelopeError::Newer(_)) => Err(Reason::NewerVersion),
        Err(_) => Err(Reason::Malformed),
    }
}

/// A time that no clock of a phone shows is no time, and a number that nobody counts to is no number.
fn plausible(envelope: Envelope) -> Result<Envelope, Reason> {
    if envelope.kschema > FIELDS {
        // It could mean something else than it seems to.
        return Err(Reason::NewerVersion);
    }
    let offset_fits = envelope.offset_ms.is_none_or(|offset_ms| offset_ms.unsigned_abs() <= MOST_OFFSET_MS);
    let is_plausible = is_of_our_days(envelope.recorded_at) && offset_fits && envelope.dseq < MOST_EVENTS;
    if is_plausible { Ok(envelope) } else { Err(Reason::Malformed) }
}

/// Wide enough for a phone that starts in 1970, or in another calendar.
pub fn is_of_our_days(instant: Instant) -> bool {
    (1900..=2999).contains(&instant.year())
}

/// Where it stands, also when the rest cannot be read: then it uses up its place and blocks nothing behind it.
pub fn link(signed: &Signed, hash: Hash, content: &Result<Envelope, Reason>) -> Option<Link> {
    #[derive(Deserialize)]
    struct Place {
        device: DeviceId,
        epoch: u32,
        dseq: u64,
        prev: Hash,
    }
    if let Ok(envelope) = content {
        return Some(Link::new(envelope, hash));
    }
    let Place { device, epoch, dseq, prev } = serde_json::from_str(&signed.bytes).ok()?;
    (dseq < MOST_EVENTS).then_some(Link { device, epoch, dseq, prev, hash })
}

/// The event as the domain folds it, without a copy of its words.
pub fn into_event(envelope: Envelope) -> Event {
    Event {
        id: envelope.id,
        verb: envelope.kind,
        site: envelope.site,
        record: envelope.record,
        by: Author::from(envelope.actor.as_str()),
        device: envelope.device,
        with: envelope.payload,
        seen: envelope.seen,
        device_time: envelope.recorded_at,
        offset_ms: envelope.offset_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sample of the fuzzer, changed by hand.
    #[test]
    fn an_event_with_a_number_that_nobody_counts_to_has_no_place() {
        for (dseq, has_place) in [(MOST_EVENTS - 1, true), (MOST_EVENTS, false), (u64::MAX, false)] {
            let envelope = Envelope {
                v: VERSION,
                id: "e-1".into(),
                tenant: "willow-care".to_owned(),
                site: "elm".into(),
                record: None,
                device: "phone-a".into(),
                epoch: 1,
                dseq,
                prev: Hash::ZERO,
                actor: "rita".to_owned(),
                attested: true,
                kind: "add_note".to_owned(),
                kschema: FIELDS,
                seen: 0,
                recorded_at: chrono::DateTime::UNIX_EPOCH,
                offset_ms: None,
                hlc: String::new(),
                payload: domain::event::Fields::default(),
                blobs: Vec::new(),
            };
            let bytes = serde_json::to_string(&envelope).expect("JSON");
            let signed = Signed { bytes, sig: String::new() };
            let content = content(&signed);
            assert_eq!(content.is_ok(), has_place, "{dseq}");
            assert_eq!(link(&signed, signed.hash(), &content).is_some(), has_place, "{dseq}");
        }
    }
}

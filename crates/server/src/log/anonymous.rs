//! `POST /v1/anonymous`: a letter without a name. The server writes the event itself, with a coarse time and no
//! device, so that nothing it keeps leads to the author. Of the one-time token it keeps only a hash.

use super::{
    apart::Room,
    gone::Gone,
    hub::{Change, Hub},
    intake::as_note,
    open::{self, is_of_our_days},
    push::offset_ms,
    quarantine::Reason,
    state::{NO_DEVICE, State as Provider, letter_place},
};
use crate::{
    app::App,
    clock::micros,
    door::{
        limits::Counted,
        secrets,
        who::{CameFrom, Enrolled},
    },
    error::{AppError, Why},
    http::{Body, Stamped},
    store::{EventRow, QuarantineRow, Writing},
};
use axum::extract::State;
use domain::{
    decide::{Arrival, Moment, corrected, decide, judge},
    event::{Author, Event, Outcome, Received},
    ids::{EventId, RecordId},
    refusal::Refusal,
    sight,
    time::{Instant, to_the_minute},
};
use std::sync::Arc;
use sync::{
    Envelope, Hash, Signed, letter,
    wire::{AnonymousLetter, AnonymousReply, AnonymousRequest},
};

const MINUTE_MS: i64 = 60_000;
const LONGEST_KEY: usize = 128;
const WAIT_OUTSIDE_S: u64 = 3600;
const FULL: &str = "Too many reports have come from removed devices, so this one stays on the device. Tell the Registered Manager what it says.";

pub async fn anonymous(
    State(app): State<App>,
    enrolled: Enrolled,
    CameFrom(address): CameFrom,
    Body(AnonymousLetter { request: body, seen }): Body<AnonymousLetter>,
) -> Result<Stamped<AnonymousReply>, AppError> {
    if body.tenant != enrolled.hub.tenant.as_str() {
        return Err(AppError::from(Why::BadRequest).field("tenant"));
    }
    must_be_readable(&body)?;
    // In memory alone, and not which letter it was.
    app.limits.try_once(Counted::letters_of(&enrolled.device.id))?;
    app.limits.try_once(Counted::Letters(address))?;
    if enrolled.device.revoked_at.is_some() {
        keep_apart(&app, &enrolled.hub, &body, seen).await?;
        return Err(Why::LetterKeptApart.into());
    }
    Ok(Stamped(take(&app, &enrolled.hub, body, seen).await?))
}

/// # Errors  `bad_request` with the field that no device writes so.
pub fn must_be_readable(body: &AnonymousRequest) -> Result<(), AppError> {
    if body.key.is_empty() || body.key.len() > LONGEST_KEY {
        return Err(AppError::from(Why::BadRequest).field("key"));
    }
    for (field, instant) in [("written_at", body.written_at), ("sent_at", body.sent_at)] {
        if !is_of_our_days(instant) {
            return Err(AppError::from(Why::BadRequest).field(field));
        }
    }
    Ok(())
}

/// Takes one letter, however it came.
pub async fn take(
    app: &App,
    hub: &Arc<Hub>,
    body: AnonymousRequest,
    seen: u32,
) -> Result<AnonymousReply, AppError> {
    let received_at = to_the_minute(app.clock.now());
    let offset_ms = whole_minutes(offset_ms(body.sent_at, app.clock.now()));
    let token_for = match (&body.record, &body.token) {
        (Some(record), Some(token)) => {
            let known = app.store.read(&hub.tenant).anonymous_token(record).await?;
            known.filter(|known| *known == hash(token)).map(|_| record.clone())
        }
        _ => None,
    };
    let letter = Letter {
        event: event_of(&body, seen, offset_ms),
        new_token: secrets::token()?,
        token_for,
        received_at,
        offset_ms,
        online: !body.offline,
    };
    hub.change(letter).await
}

/// Of a device that was removed: kept for the manager to read, without the device, and changes nothing.
async fn keep_apart(app: &App, hub: &Hub, body: &AnonymousRequest, seen: u32) -> Result<(), AppError> {
    let offset_ms = whole_minutes(offset_ms(body.sent_at, app.clock.now()));
    let event = event_of(body, seen, offset_ms);
    let envelope = Envelope {
        v: sync::envelope::VERSION,
        id: event.id,
        tenant: hub.tenant.as_str().to_owned(),
        site: event.site,
        record: event.record,
        device: event.device,
        epoch: 0,
        dseq: 0,
        prev: Hash::ZERO,
        actor: Author::Anonymous.code().to_owned(),
        attested: false,
        kind: event.verb,
        kschema: sync::envelope::FIELDS,
        seen,
        recorded_at: event.device_time,
        offset_ms: event.offset_ms,
        hlc: String::new(),
        payload: event.with,
        blobs: Vec::new(),
    };
    let sealed = envelope.seal().map_err(|_| AppError::from(Why::TooLarge))?;
    let signed = Signed { bytes: sealed.bytes, sig: String::new() };
    let received_at = to_the_minute(app.clock.now());
    let mut writing = app.store.write(&hub.tenant).await?;
    let gone = Gone::of(writing.disposals().await?);
    let row = QuarantineRow {
        hash: sealed.hash,
        reason: Reason::DeviceRevoked.code().into(),
        device: NO_DEVICE.to_owned(),
        signed: gone.left(&signed, &open::content(&signed), offset_ms, received_at).unwrap_or(signed),
        received_at,
        offset_ms,
    };
    let is_here = writing.quarantined_for(row.hash, &row.reason).await?.is_some();
    // Nobody knows which device it is: those that were removed share what one may have.
    if !is_here && !Room::of(&writing, NO_DEVICE).await?.takes(&row.signed) {
        return Err(AppError::from(Why::TooMany).saying(FULL).retry_after(WAIT_OUTSIDE_S));
    }
    writing.quarantine(&row).await?;
    Ok(writing.commit().await?)
}

/// The id that everybody sees does not tell the key, so that only its holder can repeat the letter.
fn event_of(body: &AnonymousRequest, seen: u32, offset_ms: i64) -> Event {
    let id = letter::id_of("event", &body.key);
    let record = match (&body.record, body.verb.as_str()) {
        (None, "report") => Some(RecordId::from(letter::id_of("record", &body.key))),
        (record, _) => record.clone(),
    };
    Event {
        id: EventId::from(id),
        verb: body.verb.clone(),
        site: body.site.clone(),
        record,
        by: Author::Anonymous,
        device: NO_DEVICE.into(),
        with: body.with.clone(),
        seen,
        device_time: to_the_minute(body.written_at),
        offset_ms: Some(offset_ms),
    }
}

fn hash(token: &str) -> Hash {
    secrets::hash("anonymous", token)
}

/// Exact times of two computers would tell which device wrote.
fn whole_minutes(offset_ms: i64) -> i64 {
    (offset_ms + MINUTE_MS / 2).div_euclid(MINUTE_MS) * MINUTE_MS
}

struct Letter {
    event: Event,
    new_token: String,
    token_for: Option<RecordId>,
    received_at: Instant,
    offset_ms: i64,
    online: bool,
}

impl Change for Letter {
    type Done = AnonymousReply;

    async fn make(self, state: &mut Provider, writing: &mut Writing) -> Result<AnonymousReply, AppError> {
        let Letter { mut event, new_token, token_for, received_at, offset_ms, online } = self;
        let is_gone = is_gone(state, &event, received_at);
        if let Some(seq) = state.place_of(&letter_place(&event.id)) {
            if is_gone {
                event.with = sight::coded_fields(&event, &state.register);
            }
            return again(state, writing, seq, &event, new_token).await;
        }
        state.register.settle_before(received_at);
        if online {
            let corrected_at = corrected(event.device_time, offset_ms, received_at);
            let moment = Moment { corrected_at, token_for: token_for.clone() };
            event = decide(&state.register, event, &moment)?;
        }
        let seq = state.head.seq + 1;
        let arrival = Arrival { seq, received_at, offset_ms, token_for, online };
        let judgement = judge(&state.register, &event, &arrival);
        if let (Outcome::Refused, Some(code)) = (judgement.result, judgement.code) {
            return Err(Refusal::new(code).into());
        }
        if is_gone {
            event.with = sight::coded_fields(&event, &state.register);
        }
        let bytes = as_text(&event)?;
        let mut row = EventRow {
            seq,
            device: NO_DEVICE.to_owned(),
            epoch: 0,
            dseq: seq,
            hash: Hash::of_event(&bytes),
            signed: Signed { bytes, sig: String::new() },
            received_at: micros(received_at),
            note: Some(as_note(&judgement)?),
            chain: state.head.chain,
            deliveries: 1,
        };
        row.chain = row.chained(state.head.chain);
        writing.append(vec![row.clone()]).await?;
        let token = match &event.record {
            Some(record) if event.verb == "report" && judgement.result == Outcome::Applied => {
                writing.set_anonymous_token(record, hash(&new_token)).await?;
                Some(new_token)
            }
            _ => None,
        };
        state.take(&row, Received { event: event.clone(), judgement: judgement.clone() });
        Ok(AnonymousReply { record: event.record.clone(), event, token, judgement })
    }
}

/// Was it written before its record was disposed of?
fn is_gone(state: &Provider, event: &Event, received_at: Instant) -> bool {
    let written_at = corrected(event.device_time, event.offset_ms.unwrap_or_default(), received_at);
    event.record.as_ref().is_some_and(|record| state.gone.is_after(record, written_at))
}

/// The reply was lost: the same letter again gets the same answer, and a new token in place of the lost one.
async fn again(
    state: &mut Provider,
    writing: &mut Writing,
    seq: u64,
    event: &Event,
    new_token: String,
) -> Result<AnonymousReply, AppError> {
    let known = state.row(seq).map(|row| row.event.clone()).ok_or(Why::Broken)?;
    if known.verb != event.verb || known.with != event.with || known.record != event.record {
        return Err(Why::KeyReused.into());
    }
    writing.delivered_again(seq).await?;
    let judgement = state.delivered_again(seq).ok_or(Why::Broken)?;
    let token = match &known.record {
        Some(record) if known.verb == "report" && judgement.result == Outcome::Applied => {
            writing.set_anonymous_token(record, hash(&new_token)).await?;
            Some(new_token)
        }
        _ => None,
    };
    Ok(AnonymousReply { record: known.record.clone(), event: known, token, judgement })
}

fn as_text(event: &Event) -> Result<String, AppError> {
    serde_json::to_string(event).map_err(|error| {
        tracing::error!(%error, "a letter could not be written");
        Why::Broken.into()
    })
}

//! `POST /v1/push`: takes what a device wrote. Every event gets a clear outcome, and all but `retry` mean that
//! its bytes are durable here. Nothing that arrives is dropped, whoever sent it.

use super::{
    apart::Room,
    hub::{Change, Hub},
    intake::{Contact, Incoming, Intake},
    open,
    quarantine::Reason,
    state::State,
};
use crate::{
    app::App,
    clock::{Clock, real_now},
    door::{
        limits::Counted,
        proof::DeviceKey,
        who::{CameFrom, Claimed},
    },
    error::{AppError, Why},
    http::{Body, Stamped},
    ops::wipe,
    store::{Device, LastContact, Writing},
};
use axum::extract::State as Of;
use domain::time::Instant;
use std::{collections::BTreeSet, sync::Arc};
use sync::{
    Envelope, Hash, Signed,
    chain::{Link, run_of},
    wire::{MAX_BATCH_BYTES, MAX_EVENTS, PROTOCOL, PushOutcome, PushReply, PushRequest, Receipt},
};

/// More than this of one provider that nobody has dealt with, and what nobody has proven must wait outside.
const MOST_UNPROVEN: u64 = 20_000;
const WAIT_OUTSIDE_S: u32 = 3600;

pub async fn push(
    Of(app): Of<App>,
    claimed: Claimed,
    from: CameFrom,
    Body(request): Body<PushRequest, MAX_BATCH_BYTES>,
) -> Result<Stamped<PushReply>, AppError> {
    must_be_readable(&request, &claimed)?;
    Ok(Stamped(take(&app, from, request, Came::OnTheWire).await?))
}

/// How entries reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    OnTheWire,
    /// In a file that somebody carried: the device itself was not in contact.
    InAFile,
}

/// Takes a batch of one device.
pub async fn take(
    app: &App,
    from: CameFrom,
    request: PushRequest,
    came: Came,
) -> Result<PushReply, AppError> {
    let PushRequest { tenant, device, sent_at, nonce, events, .. } = request;
    let Some(sender) = Sender::find(app, &device, &tenant).await? else {
        return Ok(of_nobody_here(app, nonce, &events));
    };
    let letters = sender.look_at(app, from, &tenant, events).await?;
    let told = sender.device.as_ref().filter(|_| came == Came::OnTheWire);
    let wipe = told.and_then(|device| wipe::order(app, device));
    let batch = Batch {
        device: device.to_string(),
        is_contact: sender.device.is_some() && came == Came::OnTheWire,
        people: sender.people,
        present: sender.present,
        sent_at,
        clock: app.clock.clone(),
        letters,
    };
    let Taken { received_at, receipts } = sender.hub.pushes.change(&sender.hub, batch).await?;
    Ok(PushReply { nonce, server_epoch: app.epoch.clone(), server_time: received_at, receipts, wipe })
}

/// Of a provider that this server does not have, perhaps because it was set up anew. Nobody here could ever look at
/// it, so there is no receipt that would let the device forget it: it waits there.
fn of_nobody_here(app: &App, nonce: String, events: &[Signed]) -> PushReply {
    tracing::warn!(
        count = events.len(),
        "entries of a provider that is not on this server wait on their device"
    );
    let outcome = PushOutcome::Retry { after_s: WAIT_OUTSIDE_S };
    let receipts =
        events.iter().map(|event| Receipt { hash: event.hash(), outcome: outcome.clone() }).collect();
    let (server_epoch, server_time) = (app.epoch.clone(), app.clock.now());
    PushReply { nonce, server_epoch, server_time, receipts, wipe: None }
}

/// Device clock minus server clock, in milliseconds.
pub fn offset_ms(sent_at: Instant, now: Instant) -> i64 {
    (sent_at - now).num_milliseconds()
}

fn must_be_readable(request: &PushRequest, claimed: &Claimed) -> Result<(), AppError> {
    if request.protocol > PROTOCOL {
        return Err(Why::ProtocolUnknown.into());
    }
    if request.events.len() > MAX_EVENTS {
        return Err(Why::TooLarge.into());
    }
    if *request.device != *claimed.0 {
        return Err(AppError::from(Why::BadRequest).field("device"));
    }
    Ok(())
}

/// One event of a request, opened.
struct Opened {
    /// Its place in the request.
    index: usize,
    hash: Hash,
    signed: Signed,
    content: Result<Envelope, Reason>,
    link: Option<Link>,
}

/// One event of a request, and what is to be done with it.
#[derive(Clone)]
struct Letter {
    index: usize,
    hash: Hash,
    fate: Fate,
}

#[derive(Clone)]
enum Fate {
    Proven(Box<Incoming>),
    /// Kept aside, without a place in the chain of its device.
    Aside(Signed, Reason),
    /// Too much unproven already.
    Outside,
}

/// Who sent the request, as far as this server knows.
struct Sender {
    hub: Arc<Hub>,
    device: Option<Device>,
    people: BTreeSet<String>,
    /// Who is signed in, where that makes a difference.
    present: BTreeSet<String>,
}

impl Sender {
    /// `None`: neither its device nor its provider is here.
    async fn find(app: &App, device: &str, claimed_tenant: &str) -> Result<Option<Sender>, AppError> {
        let door = app.store.door();
        let Some(tenant) = door.by_device(device).await? else {
            let nobody = BTreeSet::new;
            let of = |tenant| Sender {
                hub: app.hubs.of(&tenant),
                device: None,
                people: nobody(),
                present: nobody(),
            };
            return Ok(door.provider(claimed_tenant).await?.map(of));
        };
        let reading = app.store.read(&tenant);
        let found = reading.device(device).await?;
        let people: BTreeSet<String> = reading.people_of(device).await?.into_iter().collect();
        let present = match people.len() {
            0 | 1 => BTreeSet::new(),
            _ => reading.signed_in_on(device, real_now()).await?.into_iter().collect(),
        };
        Ok(Some(Sender { hub: app.hubs.of(&tenant), device: found, people, present }))
    }

    /// Looks at every event once, before any lock is taken.
    async fn look_at(
        &self,
        app: &App,
        from: CameFrom,
        tenant: &str,
        events: Vec<Signed>,
    ) -> Result<Vec<Letter>, AppError> {
        let mut opened: Vec<Opened> = events.into_iter().enumerate().map(Opened::of).collect();
        // In the order of the device, so that one signature can vouch for all before it.
        opened.sort_by(|one, other| one.place().cmp(&other.place()));
        let proven = self.proven(&opened);
        let mut letters: Vec<Letter> = opened
            .into_iter()
            .zip(proven)
            .map(|(event, proven)| self.letter(event, proven, tenant))
            .collect();
        let unproven: Vec<&mut Letter> =
            letters.iter_mut().filter(|letter| letter.fate.is_unproven()).collect();
        let kept = self.unproven_kept(app, from, unproven.len()).await?;
        unproven.into_iter().skip(kept).for_each(|letter| letter.fate = Fate::Outside);
        Ok(letters)
    }

    fn proven(&self, opened: &[Opened]) -> Vec<bool> {
        let key = self.device.as_ref().and_then(|device| DeviceKey::of_bytes(&device.public_key));
        let Some(key) = key else { return vec![false; opened.len()] };
        let links: Vec<Option<Link>> = opened.iter().map(|event| event.link.clone()).collect();
        run_of(&links)
            .vouched(opened.len(), |index| key.signed_event(opened[index].hash, &opened[index].signed.sig))
    }

    fn letter(&self, event: Opened, proven: bool, tenant: &str) -> Letter {
        let Opened { index, hash, signed, content, link } = event;
        let fate = match self.place_of(link, &content, proven) {
            Err(reason) => Fate::Aside(signed, reason),
            Ok(link) => {
                let is_ours = tenant == self.hub.tenant.as_str();
                let content = if is_ours { content } else { Err(Reason::WrongTenant) };
                Fate::Proven(Box::new(Incoming { link, signed, content }))
            }
        };
        Letter { index, hash, fate }
    }

    /// The place of an event in the chain of the device that sends it.
    fn place_of(
        &self,
        link: Option<Link>,
        content: &Result<Envelope, Reason>,
        proven: bool,
    ) -> Result<Link, Reason> {
        let device = self.device.as_ref().ok_or(Reason::UnknownDevice)?;
        let link = link.ok_or(content.as_ref().err().copied().unwrap_or(Reason::Malformed))?;
        if *link.device != *device.id {
            return Err(Reason::WrongDevice);
        }
        if !proven {
            return Err(Reason::BadSignature);
        }
        if device.revoked_at.is_some() {
            return Err(Reason::DeviceRevoked);
        }
        if link.epoch != device.epoch {
            return Err(Reason::WrongEpoch);
        }
        Ok(link)
    }

    /// How many of so many that nobody has proven are kept: by what came from their address lately, and by what lies
    /// here that nobody has looked at.
    async fn unproven_kept(&self, app: &App, from: CameFrom, number: usize) -> Result<usize, AppError> {
        if number == 0 {
            return Ok(0);
        }
        let lying =
            app.store.read(&self.hub.tenant).not_dealt_with(Reason::OF_ANYBODY.map(Reason::code)).await?;
        let room = u32::try_from(MOST_UNPROVEN.saturating_sub(lying)).unwrap_or(u32::MAX);
        let wanted = u32::try_from(number).unwrap_or(u32::MAX).min(room);
        Ok(app.limits.take_some(&Counted::Unproven(from.0), wanted) as usize)
    }
}

impl Opened {
    fn of((index, signed): (usize, Signed)) -> Opened {
        let (hash, content) = (signed.hash(), open::content(&signed));
        let link = open::link(&signed, hash, &content);
        Opened { index, hash, content, link, signed }
    }

    fn place(&self) -> Option<(&str, u32, u64)> {
        self.link.as_ref().map(|link| (&*link.device, link.epoch, link.dseq))
    }
}

impl Fate {
    fn is_unproven(&self) -> bool {
        matches!(self, Fate::Aside(..)) && !self.is_shut_out()
    }

    /// Proven, of a device that may not write any more.
    fn is_shut_out(&self) -> bool {
        matches!(self, Fate::Aside(_, reason) if Reason::SHUT_OUT.contains(reason))
    }
}

/// One request, under the provider's lock.
#[derive(Clone)]
pub struct Batch {
    device: String,
    /// An enrolled device is there itself: its clock can be measured.
    is_contact: bool,
    people: BTreeSet<String>,
    present: BTreeSet<String>,
    sent_at: Instant,
    clock: Clock,
    letters: Vec<Letter>,
}

pub struct Taken {
    received_at: Instant,
    /// In the order of the request.
    receipts: Vec<Receipt>,
}

impl Change for Batch {
    type Done = Taken;

    async fn make(self, state: &mut State, writing: &mut Writing) -> Result<Taken, AppError> {
        // Read under the lock: the times of receipt are in the order of the numbers.
        let received_at = self.clock.now();
        let contact = Contact {
            device: self.device,
            people: self.people,
            present: self.present,
            tenant: writing.tenant().as_str().to_owned(),
            received_at,
            offset_ms: offset_ms(self.sent_at, received_at),
        };
        // What time alone brought is known before anybody is judged by it.
        state.register.settle_before(received_at);
        let mut receipts = Vec::with_capacity(self.letters.len());
        let mut room = match self.letters.iter().any(|letter| letter.fate.is_shut_out()) {
            true => Some(Room::of(writing, &contact.device).await?),
            false => None,
        };
        let mut intake = Intake::new(state, writing, &contact);
        for Letter { index, hash, fate } in self.letters {
            let outcome = match fate {
                Fate::Proven(incoming) => intake.take(*incoming).await?,
                Fate::Aside(signed, reason) => {
                    let fits = match room.as_mut().filter(|_| Reason::SHUT_OUT.contains(&reason)) {
                        Some(room) => intake.is_here(hash, reason).await? || room.takes(&signed),
                        None => true,
                    };
                    match fits {
                        true => intake.set_apart(hash, signed, reason).await?,
                        false => PushOutcome::Retry { after_s: WAIT_OUTSIDE_S },
                    }
                }
                Fate::Outside => PushOutcome::Retry { after_s: WAIT_OUTSIDE_S },
            };
            receipts.push((index, Receipt { hash, outcome }));
        }
        let (device, offset_ms) = (contact.device.clone(), contact.offset_ms);
        let was_there = self.is_contact.then_some(LastContact { device, offset_ms, at: received_at });
        intake.finish(was_there).await?;
        receipts.sort_unstable_by_key(|(index, _)| *index);
        Ok(Taken { received_at, receipts: receipts.into_iter().map(|(_, receipt)| receipt).collect() })
    }
}

//! `POST /v1/push`: takes what a device wrote. Every event gets a clear outcome, and all but `retry` mean that
//! its bytes are durable here. Nothing that arrives is dropped, whoever sent it.

use super::{
    hub::{Change, Hub},
    intake::{Contact, Incoming, Intake},
    open,
    quarantine::Reason,
    state::State,
};
use crate::{
    app::App,
    door::{
        limits::Counted,
        proof::DeviceKey,
        who::{CameFrom, Claimed},
    },
    error::{AppError, Why},
    http::{Body, Reply},
    store::{Device, Tenant, Writing},
};
use axum::extract::State as Of;
use domain::time::Instant;
use std::{collections::BTreeSet, sync::Arc};
use sync::{
    Envelope, Hash, Signed,
    chain::{Link, run_of},
    wire::{MAX_BATCH_BYTES, MAX_EVENTS, PROTOCOL, PushOutcome, PushReply, PushRequest, Receipt},
};

/// More than this of one provider, and what nobody has proven must wait outside.
const MOST_UNPROVEN: u64 = 20_000;
const WAIT_OUTSIDE_S: u32 = 3600;

/// One event of a request, opened.
struct Opened {
    signed: Signed,
    hash: Hash,
    content: Result<Envelope, Reason>,
    link: Option<Link>,
}

/// What is to be done with it.
enum Fate {
    Proven(Box<Incoming>),
    /// Kept aside, without a place in the chain of its device.
    Aside {
        hash: Hash,
        signed: Signed,
        reason: Reason,
    },
    /// Too much unproven already.
    Outside {
        hash: Hash,
    },
}

pub async fn push(
    Of(app): Of<App>,
    claimed: Claimed,
    from: CameFrom,
    Body(request): Body<PushRequest, MAX_BATCH_BYTES>,
) -> Result<Reply<PushReply>, AppError> {
    must_be_readable(&request, &claimed)?;
    let received_at = app.clock.now();
    let PushRequest { tenant, device, sent_at, nonce, events, .. } = request;
    let hashes: Vec<Hash> = events.iter().map(Signed::hash).collect();
    let sender = Sender::find(&app, &device, &tenant).await?;
    let fates = sender.judge(&app, from, &tenant, events).await?;
    let contact = Contact {
        device: device.to_string(),
        people: sender.people.clone(),
        tenant: sender.hub.tenant.as_str().to_owned(),
        received_at,
        offset_ms: offset_ms(sent_at, received_at),
    };
    let known_device = sender.device.is_some();
    let answers = sender.hub.change(Batch { contact, fates, known_device }).await?;
    let receipts = in_order_of(&hashes, answers);
    Ok(Reply(PushReply { nonce, server_epoch: app.epoch.clone(), server_time: received_at, receipts }))
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

/// One receipt for each event of the request, in its order.
fn in_order_of(hashes: &[Hash], answers: Vec<(Hash, PushOutcome)>) -> Vec<Receipt> {
    let mut answers: std::collections::HashMap<Hash, PushOutcome> = answers.into_iter().rev().collect();
    let retry = || PushOutcome::Retry { after_s: 1 };
    hashes
        .iter()
        .map(|hash| {
            let outcome = answers.get(hash).cloned().unwrap_or_else(retry);
            // The same bytes twice in one request: the second is a duplicate.
            if let PushOutcome::Accepted { judgement } = &outcome {
                answers.insert(*hash, PushOutcome::Duplicate { judgement: Some(judgement.clone()) });
            }
            Receipt { hash: *hash, outcome }
        })
        .collect()
}

/// Who sent the request, as far as this server knows.
struct Sender {
    hub: Arc<Hub>,
    device: Option<Device>,
    people: BTreeSet<String>,
}

impl Sender {
    async fn find(app: &App, device: &str, claimed_tenant: &str) -> Result<Sender, AppError> {
        let door = app.store.door();
        let Some(tenant) = door.by_device(device).await? else {
            let tenant: Tenant = door.provider(claimed_tenant).await?.unwrap_or_else(|| door.unclaimed());
            return Ok(Sender { hub: app.hubs.of(&tenant), device: None, people: BTreeSet::new() });
        };
        let reading = app.store.read(&tenant);
        let found = reading.device(device).await?;
        let people = reading.people_of(device).await?.into_iter().collect();
        Ok(Sender { hub: app.hubs.of(&tenant), device: found, people })
    }

    /// Looks at every event once, before any lock is taken.
    async fn judge(
        &self,
        app: &App,
        from: CameFrom,
        tenant: &str,
        events: Vec<Signed>,
    ) -> Result<Vec<Fate>, AppError> {
        let mut opened: Vec<Opened> = events.into_iter().map(Opened::of).collect();
        // In the order of the device, so that one signature can vouch for all before it.
        opened.sort_by(|one, other| one.place().cmp(&other.place()));
        let proven = self.proven(&opened);
        let mut fates: Vec<Fate> =
            opened.into_iter().zip(proven).map(|(event, proven)| self.fate(event, proven, tenant)).collect();
        if fates.iter().any(Fate::is_unproven) && !self.may_keep_unproven(app, from).await? {
            fates.iter_mut().for_each(Fate::send_outside);
        }
        Ok(fates)
    }

    fn proven(&self, opened: &[Opened]) -> Vec<bool> {
        let key = self.device.as_ref().and_then(|device| DeviceKey::of_bytes(&device.public_key));
        let Some(key) = key else { return vec![false; opened.len()] };
        let links: Vec<Option<Link>> = opened.iter().map(|event| event.link.clone()).collect();
        run_of(&links)
            .vouched(opened.len(), |index| key.signed_event(opened[index].hash, &opened[index].signed.sig))
    }

    fn fate(&self, event: Opened, proven: bool, tenant: &str) -> Fate {
        let Opened { signed, hash, content, link } = event;
        let aside = |signed, reason| Fate::Aside { hash, signed, reason };
        let Some(device) = &self.device else { return aside(signed, Reason::UnknownDevice) };
        let Some(link) = link else { return aside(signed, content.err().unwrap_or(Reason::Malformed)) };
        if *link.device != *device.id {
            return aside(signed, Reason::WrongDevice);
        }
        if !proven {
            return aside(signed, Reason::BadSignature);
        }
        if device.revoked_at.is_some() {
            return aside(signed, Reason::DeviceRevoked);
        }
        if link.epoch != device.epoch {
            return aside(signed, Reason::WrongEpoch);
        }
        let content = if tenant == self.hub.tenant.as_str() { content } else { Err(Reason::WrongTenant) };
        Fate::Proven(Box::new(Incoming { link, signed, content }))
    }

    async fn may_keep_unproven(&self, app: &App, from: CameFrom) -> Result<bool, AppError> {
        let counted = Counted::Unproven(from.0);
        let allowed = app.limits.check(&counted).is_ok();
        app.limits.count(counted);
        Ok(allowed && app.store.read(&self.hub.tenant).quarantine_size().await? < MOST_UNPROVEN)
    }
}

impl Opened {
    fn of(signed: Signed) -> Opened {
        let content = open::content(&signed);
        let link = open::link(&signed, &content);
        Opened { hash: signed.hash(), content, link, signed }
    }

    fn place(&self) -> Option<(&str, u32, u64)> {
        self.link.as_ref().map(|link| (&*link.device, link.epoch, link.dseq))
    }
}

impl Fate {
    fn is_unproven(&self) -> bool {
        matches!(self, Fate::Aside { reason, .. } if !matches!(reason, Reason::DeviceRevoked | Reason::WrongEpoch))
    }

    fn send_outside(&mut self) {
        if !self.is_unproven() {
            return;
        }
        if let Fate::Aside { hash, .. } = self {
            *self = Fate::Outside { hash: *hash };
        }
    }
}

/// One request, under the provider's lock.
struct Batch {
    contact: Contact,
    fates: Vec<Fate>,
    known_device: bool,
}

impl Change for Batch {
    type Done = Vec<(Hash, PushOutcome)>;

    async fn make(self, state: &mut State, writing: &mut Writing) -> Result<Self::Done, AppError> {
        let Batch { contact, fates, known_device } = self;
        let mut answers = Vec::with_capacity(fates.len());
        let mut intake = Intake::new(state, writing, &contact);
        for fate in fates {
            match fate {
                Fate::Proven(incoming) => {
                    let hash = incoming.link.hash;
                    answers.push((hash, intake.take(*incoming).await?));
                }
                Fate::Aside { hash, signed, reason } => {
                    answers.push((hash, intake.set_apart(hash, signed, reason).await?));
                }
                Fate::Outside { hash } => {
                    answers.push((hash, PushOutcome::Retry { after_s: WAIT_OUTSIDE_S }));
                }
            }
        }
        intake.finish().await?;
        if known_device {
            writing.contact(&contact.device, contact.offset_ms, contact.received_at).await?;
        }
        Ok(answers)
    }
}

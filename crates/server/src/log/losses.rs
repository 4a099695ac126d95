//! `POST /v1/chain`: a device compares its chain with what is here of it, and says what it has lost.
//! What it says is kept for the manager; by its signature, its chain also goes on behind what is lost.

use super::{
    hub::Change,
    intake::{Contact, Intake},
    quarantine::Reason,
    state::State as Provider,
};
use crate::{
    app::App,
    clock::Clock,
    door::{
        limits::Counted,
        proof::DeviceKey,
        who::{CameFrom, Enrolled},
    },
    error::{AppError, Why},
    http::{Body, Reply},
    store::{HeldRow, QuarantineRow, Writing},
};
use axum::extract::State;
use domain::ids::DeviceId;
use std::collections::BTreeSet;
use sync::{
    Hash, Head, Signed,
    witness::{ChainReply, ChainRequest, Lost, Statement},
};

pub async fn compare(
    State(app): State<App>,
    Enrolled { hub, device }: Enrolled,
    from: CameFrom,
    Body(request): Body<ChainRequest>,
) -> Result<Reply<ChainReply>, AppError> {
    let (id, epoch) = (DeviceId::from(device.id.as_str()), device.epoch);
    if request.lost.is_empty() {
        return Ok(Reply(reply(hub.read().await?.chain_of(&id, epoch))));
    }
    let key = DeviceKey::of_bytes(&device.public_key);
    let mut losses = Vec::with_capacity(request.lost.len());
    for signed in request.lost {
        let statement: Option<Statement> = serde_json::from_str(&signed.bytes).ok();
        let ours = |of: &Statement| of.device == id && of.epoch == epoch && of.lost.first <= of.lost.last;
        let Some(Statement { lost, .. }) = statement.filter(ours) else {
            return Err(AppError::from(Why::BadRequest).field("lost"));
        };
        let is_proven = key.as_ref().is_some_and(|key| key.signed_event(signed.hash(), &signed.sig));
        if !is_proven {
            app.limits.try_once(Counted::Unproven(from.0))?;
        }
        losses.push(Loss { lost, signed, is_proven });
    }
    let reading = app.store.read(&hub.tenant);
    let mut held = reading.held().await?;
    held.retain(|row| row.device == device.id && row.epoch == epoch);
    let people = reading.people_of(&device.id).await?.into_iter().collect();
    let losses = Losses { device: id, epoch, people, losses, held, clock: app.clock.clone() };
    Ok(Reply(reply(hub.change(losses).await?)))
}

fn reply(head: Option<Head>) -> ChainReply {
    head.map_or(ChainReply { dseq: 0, hash: Hash::ZERO }, |Head { dseq, hash }| ChainReply { dseq, hash })
}

struct Loss {
    lost: Lost,
    signed: Signed,
    is_proven: bool,
}

/// What one device says in one request, under the provider's lock.
struct Losses {
    device: DeviceId,
    epoch: u32,
    people: BTreeSet<String>,
    losses: Vec<Loss>,
    /// What arrived of the device and waits.
    held: Vec<HeldRow>,
    clock: Clock,
}

impl Change for Losses {
    type Done = Option<Head>;

    async fn make(self, state: &mut Provider, writing: &mut Writing) -> Result<Option<Head>, AppError> {
        let contact = Contact {
            device: self.device.to_string(),
            people: self.people,
            present: BTreeSet::new(),
            tenant: writing.tenant().as_str().to_owned(),
            received_at: self.clock.now(),
            offset_ms: 0,
        };
        for Loss { signed, .. } in &self.losses {
            let row = QuarantineRow {
                hash: signed.hash(),
                reason: Reason::DeviceLoss.code().into(),
                device: contact.device.clone(),
                signed: signed.clone(),
                received_at: contact.received_at,
                offset_ms: 0,
            };
            writing.quarantine(&row).await?;
        }
        let mut intake = Intake::new(state, writing, &contact);
        for Loss { lost, .. } in self.losses.iter().filter(|loss| loss.is_proven) {
            intake.skip(&self.device, self.epoch, lost, &self.held).await?;
        }
        intake.finish(None).await?;
        Ok(state.chain_of(&self.device, self.epoch))
    }
}

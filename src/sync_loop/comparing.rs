//! Compares the chain of this device with what the service has of it, once after each start, when the second copies have
//! given back what they had. What is in neither place is lost: the person is told, and so is the manager.

pub(super) mod removal;

use crate::{
    browser::{
        http::{Ask, Reply},
        json,
        seal::Protection,
    },
    state::{App, Device, Problem, keep::Keep},
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use sync::{
    Hash, Head, Signed,
    chain::Link,
    wire::CONTENT_TYPE,
    witness::{ChainReply, ChainRequest, Lost, Statement, lost, surely_lost},
};

const CHAIN: &str = "/v1/chain";

/// Without an answer it is asked again with the next turn.
pub(super) async fn compare(app: App, keep: &Keep) {
    if keep.compared.get() || !keep.mended.get() || app.is_removed() {
        return;
    }
    match compare_now(app, keep).await {
        Ok(Some(lost)) => {
            keep.compared.set(true);
            app.storage.update(|storage| {
                storage.damage.missing = false;
                storage.damage.lost = lost;
            });
        }
        Ok(None) => {}
        Err(problem) => super::tell(app, &problem),
    }
}

/// A device that joined again as another one: what is lost of the chain before is told without a signature, because
/// its key is gone. Without an answer the service keeps what it has, and nothing is told.
pub(crate) async fn close_chain(keep: &Keep, before: &Device) -> Result<(), Problem> {
    let Some(theirs) = send(before, None, Vec::new()).await.as_ref().and_then(read) else { return Ok(()) };
    let log = keep.opened()?.log;
    let end = log.beside.head(&before.id, before.epoch).unwrap_or(Head { dseq: 0, hash: Hash::ZERO });
    // What lies here and cannot be read now never will be: the key it was sealed with is gone with the chain.
    let lost = lost(theirs.dseq, end, &present(keep, before));
    if !lost.is_empty() {
        let said = lost.into_iter().map(|lost| unsigned(before, lost)).collect();
        send(before, None, said).await;
    }
    Ok(())
}

fn unsigned(device: &Device, lost: Lost) -> Signed {
    let site = device.site.as_ref().map(ToString::to_string);
    let statement = Statement { device: device.id.clone(), epoch: device.epoch, site, lost };
    Signed { bytes: json::write(&statement), sig: String::new() }
}

/// How many are lost; none when the service did not say how far it has the chain.
async fn compare_now(app: App, keep: &Keep) -> Result<Option<u64>, Problem> {
    let Some(device) = app.session.read_untracked().device().cloned() else { return Ok(None) };
    let Some(theirs) = ask(app, &device, Vec::new()).await else { return Ok(None) };
    let opened = keep.opened()?;
    let is_locked = opened.ring.protection() == Protection::Lost;
    let log = opened.log;
    // The end first: what it names is in the log by then, whichever tab wrote it.
    let end = log.beside.head(&device.id, device.epoch).unwrap_or(Head { dseq: 0, hash: Hash::ZERO });
    if theirs.dseq > end.dseq {
        // This store was put back to an older state. The chain goes on where the service has it.
        log.beside.set_head(&device.id, device.epoch, Head { dseq: theirs.dseq, hash: theirs.hash });
        keep.pen.begin(&log, &device.id, device.epoch).await?;
        return Ok(Some(0));
    }
    keep.read_other_tabs().await?;
    let mut lost = lost(theirs.dseq, end, &present(keep, &device));
    if !lost.is_empty() {
        let unread = log.places(&device.id, device.epoch).await?;
        lost = surely_lost(theirs.dseq, end, &present(keep, &device), &unread);
    }
    if lost.is_empty() {
        return Ok(Some(0));
    }
    if is_locked {
        // The key may come back with the next sign-in, and with it what cannot be read now.
        return Ok(None);
    }
    let (mut said, mut count) = (Vec::with_capacity(lost.len()), 0);
    let key = keep.key.borrow().clone();
    for lost in lost {
        count += lost.count();
        let site = untrack(|| app.site()).map(|site| site.to_string());
        let statement = Statement { device: device.id.clone(), epoch: device.epoch, site, lost };
        let bytes = json::write(&statement);
        // Its key may be lost too: then the manager hears of it all the same.
        let sig = match &key {
            Some(key) => key.sign(&Hash::of_event(&bytes)).await?,
            None => String::new(),
        };
        said.push(Signed { bytes, sig });
    }
    Ok(ask(app, &device, said).await.map(|_| count))
}

/// What the device still has and can send, each with the `prev` that it names.
fn present(keep: &Keep, device: &Device) -> BTreeMap<u64, Hash> {
    let own = keep.own.borrow();
    let links = own.iter().filter_map(|own| Link::of(&own.entry.signed).ok());
    let of_device = links.filter(|link| link.device == device.id && link.epoch == device.epoch);
    of_device.map(|link| (link.dseq, link.prev)).collect()
}

/// Also hears when this device was removed, and when the server was restored: somebody who may not pull, and has
/// nothing to send, would not hear of it in another way.
pub(super) async fn ask(app: App, device: &Device, lost: Vec<Signed>) -> Option<ChainReply> {
    let proof = app.keep().proof(&device.id, &device.id, "POST", CHAIN).await;
    let reply = send(device, proof, lost).await?;
    super::pushing::hear_life(app, &reply).await;
    app.hear_order(&reply.body).await;
    read(&reply)
}

/// `proof` of the key of this device; a device of before has none any more.
async fn send(device: &Device, proof: Option<String>, lost: Vec<Signed>) -> Option<Reply> {
    let body = json::write(&ChainRequest { lost });
    Ask::post(CHAIN, &device.id, &body).as_type(CONTENT_TYPE).proven(proof).send().await.ok()
}

fn read(reply: &Reply) -> Option<ChainReply> {
    let is_ours = reply.status == 200 && reply.content_type.starts_with(CONTENT_TYPE);
    is_ours.then(|| json::read(&reply.body)).flatten()
}

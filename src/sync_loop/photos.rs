//! Sends photos after the words, in parts, from where the service says that it stopped. The bytes of a photo leave this
//! device only when the service has the whole of it, and where there is room some weeks later; its small picture stays.

use super::{comparing::removal, tell};
use crate::{
    browser::{
        clock,
        photos::Part,
        upload::{self, Said},
    },
    state::{App, KeptPhoto, Problem, keep::Keep},
};
use leptos::prelude::*;
use sync::{
    Hash,
    again::Taken,
    blob::{self, Answer},
    plan,
    receipt::Failure,
};

/// How often one photo is asked about in one turn: a service that never agrees must not hold up the others.
const ASKS: u32 = 4;

/// What became of one picture.
enum Sent {
    Complete,
    Refused,
    /// It cannot be read now, or another tab has sent it.
    NotNow,
    /// Something new to send: words go first.
    Later,
    Failed(Failure),
}

/// The last thing of a turn: what a removed device has to send was tried when this ends.
pub(super) async fn send_all(app: App, keep: &Keep) -> Option<Failure> {
    let failure = send_each(app, keep).await;
    removal::obey(app).await;
    failure
}

/// One after the other, what was added last first. Stops at the first that does not get through.
async fn send_each(app: App, keep: &Keep) -> Option<Failure> {
    if let Err(problem) = offer_again(app, keep).await {
        tell(app, &problem);
        return None;
    }
    for note in ready(app, keep) {
        if !keep.photo_pace.borrow().may_try(clock::now()) {
            return None;
        }
        match send(app, keep, note).await {
            Ok(Sent::Complete | Sent::Refused) => keep.photo_pace.borrow_mut().succeeded(),
            Ok(Sent::NotNow) => {}
            Ok(Sent::Later) => return None,
            Ok(Sent::Failed(failure)) => return Some(failure),
            Err(problem) => {
                tell(app, &problem);
                return None;
            }
        }
    }
    None
}

/// What a restored service may have lost waits again.
async fn offer_again(app: App, keep: &Keep) -> Result<(), Problem> {
    app.photos.offer_again(keep.round().await?, keep.corrected_now()).await
}

/// Those whose words have arrived.
fn ready(app: App, keep: &Keep) -> Vec<KeptPhoto> {
    let own = keep.own.borrow();
    let waits = |note: &KeptPhoto| {
        let Some(photo) = note.photo() else { return true };
        let names = |event: &domain::event::Event| domain::photo::of(event).contains(&photo);
        own.iter().any(|own| own.is_waiting() && own.event.as_ref().is_some_and(names))
    };
    let mut ready: Vec<KeptPhoto> = untrack(|| app.photos.waiting());
    ready.retain(|note| !waits(note));
    ready.sort_by(|one, other| other.id.cmp(&one.id));
    ready
}

/// The small picture, then the whole.
async fn send(app: App, keep: &Keep, note: KeptPhoto) -> Result<Sent, Problem> {
    let (shelf, key) = (app.photos.shelf()?, note.key());
    let round = keep.round().await?;
    let Some(photo) = note.photo() else { return Ok(Sent::Refused) };
    let mut full = Vec::new();
    for (part, sha256) in [(Part::Thumb, &photo.thumb), (Part::Full, &photo.sha256)] {
        let Some(bytes) = shelf.bytes(part, &key).await? else { return not_at_hand(app, note, part).await };
        let hash = Hash::of(&[&bytes]);
        // The store gave back something else than was put into it: nothing can bring that photo back.
        let is_whole = hash.to_string() == *sha256;
        let sent = if is_whole { send_bytes(app, keep, &hash, &bytes).await } else { Sent::Refused };
        match sent {
            Sent::Complete => full = bytes,
            Sent::Refused => {
                app.photos.refuse(note).await?;
                return Ok(Sent::Refused);
            }
            stopped => return Ok(stopped),
        }
    }
    app.photos.delivered(note, &full, Taken { at: keep.corrected_now(), round }).await?;
    keep.tell_tabs("photos");
    Ok(Sent::Complete)
}

/// Another tab may have sent it while this one was frozen; or its key comes back with the next sign-in.
async fn not_at_hand(app: App, note: KeptPhoto, part: Part) -> Result<Sent, Problem> {
    let Some(note) = app.photos.again(&note).await?.filter(|note| !note.sent) else {
        return Ok(Sent::NotNow);
    };
    if app.photos.shelf()?.has(part, &note.key()).await? {
        return Ok(Sent::NotNow);
    }
    // The store has lost it.
    app.photos.refuse(note).await?;
    Ok(Sent::Refused)
}

async fn send_bytes(app: App, keep: &Keep, sha256: &Hash, bytes: &[u8]) -> Sent {
    let Some(device) = app.session.read_untracked().device().map(|device| device.id.to_string()) else {
        return Sent::Later;
    };
    let path = format!("/v1/blob/{sha256}");
    let size = bytes.len() as u64;
    for _ in 0..ASKS {
        if !super::pushing::is_still_mine(app, keep, deadline(0)).await {
            return Sent::Later;
        }
        let mut said = upload::ask(&path, &device, deadline(0)).await;
        loop {
            let answer = match &said {
                Ok(said) => blob::read(sha256, size, said.status, &said.headers),
                Err(error) => Answer::Failed(super::pushing::failure_of(error)),
            };
            match answer {
                Answer::Complete => return Sent::Complete,
                Answer::Refused => return Sent::Refused,
                Answer::AskAgain => break,
                Answer::Failed(failure) => return failed(keep, failure, said.ok()),
                Answer::At(offset) => {
                    keep.reached.set(true);
                    if keep.outbox.borrow().waiting() > 0 {
                        return Sent::Later;
                    }
                    let Some(part) = blob::part(size, offset) else { break };
                    if !super::pushing::is_still_mine(app, keep, deadline(blob::PART_BYTES as usize)).await {
                        return Sent::Later;
                    }
                    said = match send_part(keep, &path, &device, sha256, bytes, part).await {
                        Some(said) => said,
                        None => return failed(keep, Failure::SignIn, None),
                    };
                }
            }
        }
    }
    failed(keep, Failure::Mismatch, None)
}

/// `None` without the key of this device.
async fn send_part(
    keep: &Keep,
    path: &str,
    device: &str,
    sha256: &Hash,
    bytes: &[u8],
    part: std::ops::Range<u64>,
) -> Option<Result<Said, crate::browser::http::NoAnswer>> {
    let (offset, size) = (part.start.to_string(), bytes.len().to_string());
    let body = bytes.get(part.start as usize..part.end as usize)?;
    let hash = Hash::of(&[body]);
    let key = keep.key.borrow().clone()?;
    let proof = key.sign(&blob::proof(device, sha256, part.start, &hash)).await.ok()?;
    let hash = hash.to_string();
    let headers = [
        (blob::OFFSET, offset.as_str()),
        (blob::LENGTH, size.as_str()),
        (blob::PART_HASH, hash.as_str()),
        (blob::PROOF, proof.as_str()),
    ];
    Some(upload::part(path, device, &headers, body, deadline(body.len())).await)
}

fn deadline(bytes: usize) -> u32 {
    plan::deadline(bytes).num_milliseconds() as u32
}

fn failed(keep: &Keep, failure: Failure, said: Option<Said>) -> Sent {
    let asked = said.and_then(|said| plan::retry_after(said.retry_after.as_deref()?));
    let random = crate::browser::ids::random();
    keep.photo_pace.borrow_mut().failed(failure, asked, clock::now(), random);
    Sent::Failed(failure)
}

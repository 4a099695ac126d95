//! Sends own events and settles their receipts.

use super::{LAST_SENT, ROUND, SERVER_EPOCH, tell};
use crate::{
    browser::{
        clock,
        http::{Ask, NoAnswer, Reply},
        ids, json,
    },
    state::{App, Kind, Problem, cursor_note, keep::Keep},
    text::capture::device,
};
use leptos::prelude::*;
use sync::{
    Stored,
    own::OwnEvent,
    plan,
    receipt::{self, Delivery, Failure, Settlement},
    wire::{CONTENT_TYPE, PushOutcome, PushRequest},
};

/// Sends batch after batch until nothing is left or one does not get through.
pub(super) async fn push_all(app: App, keep: &Keep) -> Option<Failure> {
    loop {
        let now = clock::now();
        if !keep.pace.borrow().may_try(now) {
            return None;
        }
        let batch = keep.outbox.borrow().next_batch(now)?;
        let tenant = app.session.read_untracked().device()?.tenant.clone();
        let server_epoch = keep.server_epoch.borrow().clone();
        let request = batch.request(&tenant, server_epoch, now, ids::new_id());
        if let Err(failure) = push(app, keep, &request).await {
            return Some(failure);
        }
    }
}

async fn push(app: App, keep: &Keep, request: &PushRequest) -> Result<(), Failure> {
    let body = json::write(request);
    let deadline_ms = plan::deadline(body.len()).num_milliseconds() as u32;
    if !is_still_mine(app, keep, deadline_ms).await {
        return Err(Failure::Offline);
    }
    let ask = Ask::post("/v1/push", &request.device, &body).as_type(CONTENT_TYPE).within(deadline_ms);
    let settlement = match ask.send().await {
        Ok(reply) => {
            let settled =
                receipt::settle(request, reply.status, Some(&reply.content_type), reply.body.as_bytes());
            (settled, Some(reply))
        }
        Err(error) => (Settlement::Failed(failure_of(&error)), None),
    };
    match settlement {
        (Settlement::Delivered(delivery), Some(reply)) => {
            keep.pace.borrow_mut().succeeded();
            keep.reached.set(true);
            keep.measure(&reply, delivery.server_time);
            if let Err(problem) = settle(app, keep, &delivery).await {
                tell(app, &problem);
            }
            app.hear_order(&reply.body).await;
            Ok(())
        }
        (Settlement::Failed(failure), reply) => {
            failed(app, keep, request, failure, reply.as_ref()).await;
            Err(failure)
        }
        (Settlement::OtherEpoch { server_epoch }, _) => other_epoch(app, keep, &server_epoch).await,
        (Settlement::Delivered(_), None) => Err(Failure::Mismatch),
    }
}

/// Another tab takes over from one that was frozen.
pub(super) async fn is_still_mine(app: App, keep: &Keep, request_ms: u32) -> bool {
    let Ok(opened) = keep.opened() else { return false };
    match opened.store.keep_turn(i64::from(request_ms)).await {
        Ok(()) => true,
        Err(error) => {
            tell(app, &error.into());
            false
        }
    }
}

/// Writes down what became of each event, in one transaction.
async fn settle(app: App, keep: &Keep, delivery: &Delivery) -> Result<(), Problem> {
    let now = clock::now();
    let settled = keep.outbox.borrow_mut().settle(delivery, now);
    // By the clock of the service: that of the phone may jump, and must not decide what is kept.
    let at = delivery.server_time;
    let changed = keep.own.borrow_mut().settle(&settled, at);
    for (item, outcome) in &settled {
        if let PushOutcome::Quarantined { reason, sentence, judgement } = outcome {
            let is_report =
                keep.own.borrow_mut().of_hash_mut(&item.hash).is_some_and(|own| own.is_report_kept_apart());
            let words = device::kept_apart(reason, sentence, is_report && judgement.is_some());
            app.notices.show(Kind::Warning, words);
        }
    }
    let is_forked = keep.own.borrow().iter().any(OwnEvent::is_forked);
    app.storage.update(|storage| storage.damage.forked = is_forked);
    let opened = keep.opened()?;
    opened.log.set_notes(&changed).await?;
    opened.log.drop_copies(settled.iter().map(|(item, _)| item.hash.to_string()).collect());
    let sent_at = keep.corrected(now);
    opened.shelf.set_note(LAST_SENT, &sent_at).await?;
    keep.hear_of(&delivery.server_epoch).await?;
    app.sync.last_sent.set(Some(sent_at));
    let old = keep.own.borrow().old(at);
    opened.log.forget(&old).await?;
    app.refold();
    keep.tell_tabs("sent");
    if !settled.is_empty() && app.sync.waiting.get_untracked() == 0 {
        app.notices.say("Sent.");
    }
    Ok(())
}

/// The server was restored, or an older copy answers.
async fn other_epoch(app: App, keep: &Keep, server_epoch: &str) -> Result<(), Failure> {
    let Ok(adopted) = keep.cursor.borrow().adopt(server_epoch) else {
        let failure = Failure::Mismatch;
        keep.pace.borrow_mut().failed(failure, None, clock::now(), ids::random());
        return Err(failure);
    };
    let taken_up = async {
        keep.offer_again().await?;
        let person = keep.person.borrow().clone();
        if let Some(person) = person {
            keep.opened()?.shelf.set_note(&cursor_note(&person), &adopted).await?;
        }
        keep.hear_of(server_epoch).await
    };
    if let Err(problem) = taken_up.await {
        tell(app, &problem);
        return Err(Failure::Mismatch);
    }
    keep.cursor.replace(adopted);
    Ok(())
}

async fn failed(app: App, keep: &Keep, request: &PushRequest, failure: Failure, reply: Option<&Reply>) {
    let now = clock::now();
    keep.reached.set(reply.is_some());
    let asked = reply.and_then(|reply| plan::retry_after(reply.retry_after.as_deref()?));
    keep.pace.borrow_mut().failed(failure, asked, now, ids::random());
    let troubled = {
        let mut outbox = keep.outbox.borrow_mut();
        outbox.failed(request, failure, now).and_then(|item| keep.own.borrow_mut().note_trouble(item))
    };
    if let Some(troubled) = troubled
        && let Err(problem) = save(keep, troubled).await
    {
        tell(app, &problem);
    }
    app.sync.look(keep);
}

async fn save(keep: &Keep, own: Stored) -> Result<(), Problem> {
    Ok(keep.opened()?.log.set_notes(&[own]).await?)
}

/// Without an answer: the deadline passed, or there is no connection.
pub(super) fn failure_of(error: &NoAnswer) -> Failure {
    if error.0.contains("Timeout") { Failure::Timeout } else { Failure::Offline }
}

/// The life of the server that a refusal names, before anything is done because of the refusal.
pub(super) async fn hear_life(app: App, reply: &Reply) {
    if let Some(told) = &reply.life
        && let Err(problem) = app.keep().hear_life(told).await
    {
        tell(app, &problem);
    }
}

impl Keep {
    /// Another life of the server than this device heard last.
    pub(super) fn is_another_server(&self, server_epoch: Option<&str>) -> bool {
        let known = self.server_epoch.borrow();
        known.is_some() && known.as_deref() != server_epoch
    }

    /// A life of the server that is told beside another answer: after a restore own events wait again.
    pub(super) async fn hear_life(&self, server_epoch: &str) -> Result<(), Problem> {
        if self.is_another_server(Some(server_epoch)) {
            self.offer_again().await?;
        }
        self.hear_of(server_epoch).await
    }

    pub(super) async fn hear_of(&self, server_epoch: &str) -> Result<(), Problem> {
        if self.server_epoch.borrow().as_deref() == Some(server_epoch) {
            return Ok(());
        }
        self.opened()?.shelf.set_note(SERVER_EPOCH, &server_epoch).await?;
        self.server_epoch.replace(Some(server_epoch.to_owned()));
        Ok(())
    }

    /// How often this device has offered everything again. What was taken before the last time is offered again too:
    /// letters and photos, each when its turn to be sent comes.
    pub(super) async fn round(&self) -> Result<u64, Problem> {
        Ok(self.opened()?.shelf.note(ROUND).await?.unwrap_or(0))
    }

    /// The server was restored: own events of the last 30 days wait again, also after a restart.
    pub(super) async fn offer_again(&self) -> Result<(), Problem> {
        // First: cut off after this, it is counted once more, and nothing is offered less.
        let round: u64 = self.round().await? + 1;
        self.opened()?.shelf.set_note(ROUND, &round).await?;
        // From the store: another tab may have written and sent what this one, if it was frozen, has not heard of.
        self.load_own(&self.opened()?.log).await?;
        let waiting = self.own.borrow().to_wait_again();
        self.opened()?.log.set_notes(&waiting).await?;
        self.own.borrow_mut().wait_again(&waiting);
        let kept: Vec<_> = self.own.borrow().iter().map(|own| own.entry.clone()).collect();
        self.outbox.borrow_mut().offer_again(kept);
        Ok(())
    }
}

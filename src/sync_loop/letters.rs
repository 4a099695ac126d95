//! Sends letters without a name, and keeps the token that comes back.

use super::{LAST_SENT, tell};
use crate::{
    browser::{clock, http::Ask, json},
    state::{App, Letter, LetterState, Problem, explain, keep::Keep},
};
use domain::event::Outcome;
use leptos::prelude::*;
use sync::{
    receipt::Failure,
    wire::{AnonymousReply, AnonymousRequest},
};

const DEADLINE_MS: u32 = 30_000;

/// What became of one letter.
enum Sent {
    Done,
    /// Something is wrong with this one; the next may get through.
    Stuck(Failure),
    /// The next one would meet the same.
    Stop(Option<Failure>),
}

/// One after the other. A letter that the service does not take is said to be stuck, and the next one goes.
pub(super) async fn send_all(app: App, keep: &Keep) -> Option<Failure> {
    let mut stuck = None;
    for letter in untrack(|| app.letters.waiting()) {
        match send(app, keep, letter).await {
            Sent::Done => {}
            Sent::Stuck(failure) => stuck = stuck.or(Some(failure)),
            Sent::Stop(failure) => return failure,
        }
    }
    stuck
}

async fn send(app: App, keep: &Keep, letter: Letter) -> Sent {
    let Some(device) = app.session.read_untracked().device().cloned() else { return Sent::Stop(None) };
    let request = AnonymousRequest {
        tenant: device.tenant,
        verb: letter.verb.clone(),
        site: letter.site.clone(),
        record: Some(letter.record.clone()),
        token: letter.token.clone(),
        with: letter.with.clone(),
        written_at: letter.written_at,
        sent_at: clock::now(),
        offline: letter.offline,
        key: letter.key.clone(),
    };
    let body = json::write(&request);
    let reply = match Ask::post("/v1/anonymous", &device.id, &body).within(DEADLINE_MS).send().await {
        Ok(reply) => reply,
        Err(error) => return Sent::Stop(Some(super::pushing::failure_of(&error))),
    };
    keep.reached.set(true);
    let (settled, sent) = match (reply.status, json::read::<AnonymousReply>(&reply.body)) {
        (200, Some(answer)) => {
            let refused = answer.judgement.code.filter(|_| answer.judgement.result == Outcome::Refused);
            let state = match refused {
                Some(code) => LetterState::Refused(code.sentence().to_owned()),
                None => LetterState::Sent,
            };
            let token = answer.token.or(letter.token.clone());
            (Letter { state, token, why: None, ..letter }, Sent::Done)
        }
        (400 | 409 | 422, _) => {
            let state = LetterState::Refused(explain::refused(&reply).sentence);
            (Letter { state, why: None, ..letter }, Sent::Done)
        }
        (429, _) => return Sent::Stop(Some(Failure::Busy)),
        (status @ 502..=504, _) => return Sent::Stop(Some(Failure::Server(status))),
        (status, _) => {
            let why = Some(explain::refused(&reply).sentence);
            if letter.why == why {
                return Sent::Stuck(Failure::Server(status));
            }
            (Letter { why, ..letter }, Sent::Stuck(Failure::Server(status)))
        }
    };
    match keep_settled(app, keep, settled).await {
        Ok(()) => sent,
        Err(problem) => {
            tell(app, &problem);
            Sent::Stop(None)
        }
    }
}

async fn keep_settled(app: App, keep: &Keep, letter: Letter) -> Result<(), Problem> {
    let is_sent = letter.state == LetterState::Sent;
    app.letters.settle(letter).await?;
    if is_sent {
        let sent_at = keep.corrected_now();
        keep.opened()?.shelf.set_note(LAST_SENT, &sent_at).await?;
        app.sync.last_sent.set(Some(sent_at));
    }
    Ok(())
}

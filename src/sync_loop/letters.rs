//! Sends letters without a name, and keeps the token that comes back.

use super::tell;
use crate::{
    browser::{clock, http::Ask, json},
    state::{App, LetterState, explain, keep::Keep},
};
use domain::event::Outcome;
use leptos::prelude::*;
use sync::{
    receipt::Failure,
    wire::{AnonymousReply, AnonymousRequest},
};

const DEADLINE_MS: u32 = 30_000;

pub(super) async fn send_all(app: App, keep: &Keep) -> Option<Failure> {
    while let Some(letter) = app.letters.next_waiting() {
        let device = app.session.read_untracked().device()?.clone();
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
            Err(error) => return Some(super::pushing::failure_of(&error)),
        };
        keep.reached.set(true);
        let settled = match (reply.status, json::read::<AnonymousReply>(&reply.body)) {
            (200, Some(answer)) => {
                let refused = answer.judgement.code.filter(|_| answer.judgement.result == Outcome::Refused);
                let state = match refused {
                    Some(code) => LetterState::Refused(code.sentence().to_owned()),
                    None => LetterState::Sent,
                };
                crate::state::Letter { state, token: answer.token.or(letter.token.clone()), ..letter }
            }
            (400 | 409 | 422, _) => crate::state::Letter {
                state: LetterState::Refused(explain::refused(&reply).sentence),
                ..letter
            },
            (429, _) => return Some(Failure::Busy),
            (status, _) => return Some(Failure::Server(status)),
        };
        if let Err(problem) = app.letters.settle(settled).await {
            tell(app, &problem);
            return None;
        }
    }
    None
}

//! Sends letters without a name, and keeps the token that comes back. Which answer settles one is decided in `sync::letter`.

use super::{LAST_SENT, tell};
use crate::{
    browser::{clock, http::Ask, json},
    state::{App, Letter, LetterState, Problem, explain, keep::Keep},
};
use domain::ids::RecordId;
use leptos::prelude::*;
use std::collections::BTreeSet;
use sync::{
    again::Taken,
    letter::{self, Answer},
    receipt::Failure,
    wire::AnonymousRequest,
};

const DEADLINE_MS: u32 = 30_000;
const REPORT: &str = "report";

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
    let round = match offer_again(app, keep).await {
        Ok(round) => round,
        Err(problem) => {
            tell(app, &problem);
            return None;
        }
    };
    let (mut stuck, mut not_there) = (None, BTreeSet::<RecordId>::new());
    for letter in to_send(app) {
        let record = letter.record.clone();
        // A later word needs the token that comes with the report.
        if letter.verb != REPORT && not_there.contains(&record) {
            continue;
        }
        match send(app, keep, letter, round).await {
            Sent::Done => {}
            Sent::Stuck(failure) => {
                stuck = stuck.or(Some(failure));
                not_there.insert(record);
            }
            Sent::Stop(failure) => return failure,
        }
    }
    stuck
}

/// What a restored service may have lost waits again. Gives how often this device has offered everything again.
async fn offer_again(app: App, keep: &Keep) -> Result<u64, Problem> {
    let (round, now) = (keep.round().await?, keep.corrected_now());
    for letter in untrack(|| app.letters.list.get()) {
        // A version before this one did not write down when it was taken.
        let taken = letter.taken.unwrap_or(Taken { at: letter.written_at, round: 0 });
        if letter.state == LetterState::Sent && taken.is_offered_again(round, now) {
            app.letters.settle(Letter { state: LetterState::Waiting, taken: Some(taken), ..letter }).await?;
        }
    }
    Ok(round)
}

/// On a device that was removed also those that were refused: the service keeps them apart for the manager.
fn to_send(app: App) -> Vec<Letter> {
    untrack(|| if app.is_removed() { app.letters.unsettled() } else { app.letters.waiting() })
}

async fn send(app: App, keep: &Keep, letter: Letter, round: u64) -> Sent {
    let Some(device) = app.session.read_untracked().device().cloned() else { return Sent::Stop(None) };
    let request = request_of(app, device.tenant, &letter);
    let body = json::write(&request);
    let reply = match Ask::post("/v1/anonymous", &device.id, &body).within(DEADLINE_MS).send().await {
        Ok(reply) => reply,
        Err(error) => return Sent::Stop(Some(super::pushing::failure_of(&error))),
    };
    keep.reached.set(true);
    let answer = letter::read(&request, reply.status, Some(&reply.content_type), reply.body.as_bytes());
    let was_here = letter.taken.is_some() && answer.is_here_before();
    let settled = match answer {
        Answer::Taken { token, at } => {
            let taken = Taken { at: at.unwrap_or_else(|| keep.corrected_now()), round };
            let token = token.or(letter.token.clone());
            Letter { state: LetterState::Sent, token, taken: Some(taken), why: None, ..letter }
        }
        Answer::Refused(_) if was_here => {
            let taken = letter.taken.map(|taken| Taken { round, ..taken });
            Letter { state: LetterState::Sent, taken, why: None, ..letter }
        }
        Answer::KeptApart(told) => {
            let state = LetterState::KeptApart(Problem::from(told).sentence);
            Letter { state, why: None, ..letter }
        }
        Answer::Refused(told) if letter::knew_older_lists(&request, &told) => {
            super::wake(app);
            Letter { offline: true, ..letter }
        }
        Answer::Refused(told) => {
            let state = LetterState::Refused(Problem::from(told).sentence);
            Letter { state, why: None, ..letter }
        }
        Answer::Failed(failure @ (Failure::Busy | Failure::Server(502..=504)), _) => {
            return Sent::Stop(Some(failure));
        }
        Answer::Failed(failure, told) => {
            let why =
                told.map_or_else(|| explain::refused(&reply).sentence, |told| Problem::from(told).sentence);
            if letter.why.as_ref() != Some(&why) {
                return match app.letters.settle(Letter { why: Some(why), ..letter }).await {
                    Ok(()) => Sent::Stuck(failure),
                    Err(problem) => not_written(app, &problem),
                };
            }
            return Sent::Stuck(failure);
        }
    };
    match keep_settled(app, keep, settled).await {
        Ok(()) => Sent::Done,
        Err(problem) => not_written(app, &problem),
    }
}

fn request_of(app: App, tenant: String, letter: &Letter) -> AnonymousRequest {
    // The token of today: a report that was sent twice has another one than when this was written.
    let token =
        app.letters.report_of(&letter.record).and_then(|report| report.token).or(letter.token.clone());
    AnonymousRequest {
        tenant,
        verb: letter.verb.clone(),
        site: letter.site.clone(),
        record: Some(letter.record.clone()),
        token: token.filter(|_| letter.verb != REPORT),
        with: letter.with.clone(),
        written_at: letter.written_at,
        sent_at: clock::now(),
        // Offered again, it is judged as of then, and not checked as if its author stood here.
        offline: letter.offline || letter.taken.is_some(),
        key: letter.key.clone(),
    }
}

fn not_written(app: App, problem: &Problem) -> Sent {
    tell(app, problem);
    Sent::Stop(None)
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

//! One page: judged, saved with its cursor in one transaction, then shown.

use super::{
    super::{pushing, tell},
    asking::{Arrived, Asked},
};
use crate::{
    browser::{clock, http::Ask, ids, json, shelf::Sealed},
    state::{
        App, Kind, Problem, cursor_note,
        keep::{Keep, Tail},
    },
};
use domain::event::Received;
use futures_util::future::join;
use leptos::prelude::*;
use sync::{
    plan,
    pull::{self, Cursor, Doubt, Earlier, Pulled},
    receipt::Failure,
    wire::{DoubtReport, has_no_role},
};

pub enum Step {
    /// With the version of lists that are newer than those here.
    More {
        new_lists: Option<u64>,
    },
    Done {
        rows: bool,
        new_lists: Option<u64>,
    },
    Stop(Option<Failure>),
}

pub async fn take_page(app: App, keep: &Keep, page: Arrived) -> Step {
    let Arrived { asked: Asked { device, person, ask, .. }, answer } = page;
    let cursor = keep.cursor.borrow().clone();
    let reply = match answer {
        Ok(reply) => reply,
        Err(error) => {
            keep.reached.set(false);
            return failed(keep, pushing::failure_of(&error), None);
        }
    };
    if matches!(reply.status, 401 | 403) {
        pushing::hear_life(app, &reply).await;
    }
    app.hear_order(&reply.body).await;
    if has_no_role(reply.status, &reply.content_type, reply.body.as_bytes()) {
        if let Err(problem) = app.role_ended(&person).await {
            tell(app, &problem);
        }
        return Step::Stop(None);
    }
    let pulled = pull::read(&cursor, &ask, reply.status, Some(&reply.content_type), reply.body.as_bytes());
    // Somebody else may have signed in while this was on its way.
    if *keep.person.borrow() != Some(person.clone()) {
        return Step::Stop(None);
    }
    match pulled {
        Pulled::Failed(Failure::SignIn) => {
            app.sync.set_session_ended(true);
            failed(keep, Failure::SignIn, reply.retry_after.as_deref())
        }
        Pulled::Failed(failure) => failed(keep, failure, reply.retry_after.as_deref()),
        Pulled::Doubted { doubt, cursor, offer_again } => {
            doubted(app, keep, &device, (doubt, cursor, offer_again)).await
        }
        Pulled::Page(page) => {
            app.sync.set_session_ended(false);
            keep.pull_pace.borrow_mut().succeeded();
            keep.reached.set(true);
            keep.measure(&reply, page.server_time);
            if let Err(problem) = app.was_answered().await {
                tell(app, &problem);
                return Step::Stop(None);
            }
            let took = (reply.answered_at - reply.asked_at).num_milliseconds();
            keep.page_size.set(keep.page_size.get().came(took, page.texts.len()));
            if let Err(problem) = hear(keep, &page).await {
                tell(app, &problem);
                return Step::Stop(None);
            }
            match save(app, keep, &person, page).await {
                Ok(step) => {
                    let known = app.storage.with_untracked(|storage| storage.damage.pages);
                    if known > 0 && !keep.start_over.get() {
                        app.storage.update(|storage| storage.damage.pages = 0);
                    }
                    step
                }
                Err(problem) => {
                    tell(app, &problem);
                    Step::Stop(None)
                }
            }
        }
    }
}

/// Nothing is taken over, and the person and the service hear of it.
async fn doubted(
    app: App,
    keep: &Keep,
    device: &str,
    (doubt, cursor, offer_again): (Doubt, Cursor, bool),
) -> Step {
    if offer_again {
        if let Err(problem) = keep.offer_again().await {
            tell(app, &problem);
        }
        report(device, doubt.code(), &cursor).await;
    }
    keep.cursor.replace(cursor);
    let words = match doubt {
        Doubt::Rewritten => {
            "The service's log is not the one that this phone saw before, so nothing was taken over. Everything on this phone is kept. Tell your manager."
        }
        Doubt::PastEpoch | Doubt::Shorter { .. } => {
            "The service shows an older copy, so nothing was taken over. Everything on this phone is kept. Tell your manager."
        }
    };
    app.notices.show(Kind::Warning, words);
    Step::Stop(None)
}

impl Keep {
    /// Where this device is once a page is saved. Lists count as here only when they are.
    fn reached_by(&self, page: &pull::Page) -> Cursor {
        let directory_version = self.cursor.borrow().directory_version;
        Cursor { directory_version, ..page.cursor.clone() }
    }
}

/// Tells the service what was found, for those who look after it.
pub async fn report(device: &str, code: &str, cursor: &Cursor) {
    let report =
        DoubtReport { doubt: code.to_owned(), server_epoch: cursor.server_epoch.clone(), seen: cursor.head };
    Ask::post("/v1/log/doubt", device, &json::write(&report)).send().await.map(drop).unwrap_or_default();
}

/// Was the server restored since this device heard of it, from whomever? Then own events wait again.
async fn hear(keep: &Keep, page: &pull::Page) -> Result<(), Problem> {
    if page.offer_again {
        keep.offer_again().await?;
    }
    match page.cursor.server_epoch.as_deref() {
        Some(told) => keep.hear_life(told).await,
        None => Ok(()),
    }
}

/// Saves first, then shows: what is shown is on the disk. While the disk takes the rows, memory does too.
async fn save(app: App, keep: &Keep, person: &str, page: pull::Page) -> Result<Step, Problem> {
    let starts_again = page.earlier != Earlier::Keep || keep.start_over.get();
    let has_rows = starts_again || !page.texts.is_empty();
    let new_lists = page.directory_changed.then_some(page.cursor.directory_version);
    let cursor = keep.reached_by(&page);
    let tail = if starts_again { Tail::default() } else { keep.tail.borrow().clone() };
    let (pages, tail) = tail.filled(page.texts);
    let shelf = keep.opened()?.shelf;
    if page.earlier == Earlier::SetAside {
        let scope = keep.cursor.borrow().scope.clone();
        shelf.set_pages_aside(person, keep.corrected_now(), &scope).await?;
    }
    if page.earlier == Earlier::Replace {
        // Also what was set aside: this reader sees something else now, or words were disposed of.
        shelf.drop_other_aside(person, &page.cursor.scope).await?;
    }
    let sealed = match has_rows || *keep.cursor.borrow() != cursor {
        true => shelf.seal_pages(person, &pages, starts_again, (&cursor_note(person), &cursor)).await?,
        false => Sealed::default(),
    };
    let folding = async {
        if starts_again {
            keep.empty_base();
            keep.start_over.set(false);
        }
        keep.take_rows(page.rows.into_iter().map(Received::from));
    };
    let (saved, ()) = join(shelf.save_sealed(&sealed), folding).await;
    if let Err(error) = saved {
        // Memory is what the disk has, no more.
        app.load_rows().await?;
        return Err(error.into());
    }
    keep.tail.replace(tail);
    keep.cursor.replace(cursor);
    Ok(match page.more {
        true => Step::More { new_lists },
        false => Step::Done { rows: has_rows, new_lists },
    })
}

fn failed(keep: &Keep, failure: Failure, retry_after: Option<&str>) -> Step {
    let asked = retry_after.and_then(plan::retry_after);
    keep.pull_pace.borrow_mut().failed(failure, asked, clock::now(), ids::random());
    Step::Stop(Some(failure))
}

//! Pulls what this person may see, page by page; rows and cursor are saved in one transaction.

use super::{comparing::removal, tell};
use crate::{
    browser::{
        clock,
        http::{self, Ask},
        ids, json,
    },
    state::{
        App, Kind, Problem, cursor_note,
        keep::{Keep, Tail},
    },
};
use domain::event::Received;
use leptos::prelude::*;
use sync::{
    plan,
    pull::{self, Cursor, Doubt, Earlier, Pulled},
    receipt::Failure,
    wire::DoubtReport,
};

/// A shared device on which nobody is signed in looks at the lists of its site this often.
const LISTS_MINUTES: i64 = 60;
/// A page is here by then, or not at all.
const PULL_MS: u32 = 15_000;

/// Pulls until there is no more. Without a person a shared device asks for the lists of its site only.
pub(super) async fn pull_all(app: App, keep: &Keep) -> Option<Failure> {
    if app.is_removed() {
        return None;
    }
    removal::ask(app, keep).await;
    if reader(app).is_none() {
        lists_of_tablet(app, keep).await;
        return None;
    }
    if !keep.can_read() {
        // Behind the lock nothing new is fetched to be read; sending goes on.
        return None;
    }
    let (mut changed, mut lists) = (false, None);
    let outcome = loop {
        match pull_page(app, keep).await {
            Step::More { new_lists } => {
                changed = true;
                lists = new_lists;
            }
            Step::Done { rows, new_lists } => {
                changed |= rows;
                lists = new_lists;
                break None;
            }
            Step::Stop(failure) => break failure,
        }
    };
    if let Some(version) = lists
        && let Err(problem) = get_lists(app, keep, version).await
    {
        tell(app, &problem);
    }
    if changed || lists.is_some() {
        app.refold();
        keep.tell_tabs("pulled");
    }
    app.sync.filling.set(keep.cursor.borrow().filling);
    outcome
}

/// The cursor claims lists only when they are here: an app that ends in between asks for them at its next start.
async fn get_lists(app: App, keep: &Keep, version: u64) -> Result<(), Problem> {
    let asked = reader(app);
    app.lists.fetch().await?;
    // Somebody else may have signed in meanwhile.
    let Some((_, person)) = asked.filter(|asked| Some(asked) == reader(app).as_ref()) else { return Ok(()) };
    let cursor = Cursor { directory_version: version, ..keep.cursor.borrow().clone() };
    keep.opened()?.shelf.save_pages(&person, &[], false, (&cursor_note(&person), &cursor)).await?;
    keep.cursor.replace(cursor);
    Ok(())
}

async fn lists_of_tablet(app: App, keep: &Keep) {
    let now = clock::now();
    let is_shared = app.session.read_untracked().device().is_some_and(|device| device.shared);
    let is_due = keep.lists_asked_at.get().is_none_or(|at| (now - at).num_minutes() >= LISTS_MINUTES);
    if !is_shared || !is_due {
        return;
    }
    match app.lists.fetch().await {
        Ok(()) => {
            keep.lists_asked_at.set(Some(now));
            app.refold();
        }
        // The lists it has are good enough until the next time.
        Err(_) if !app.lists.are_missing() => keep.lists_asked_at.set(Some(now)),
        Err(problem) => tell(app, &problem),
    }
}

enum Step {
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

async fn pull_page(app: App, keep: &Keep) -> Step {
    let Some((device, person)) = reader(app) else { return Step::Stop(None) };
    if !keep.pull_pace.borrow().may_try(clock::now()) {
        return Step::Stop(keep.pull_pace.borrow().sign_in_needed().then_some(Failure::SignIn));
    }
    if !super::pushing::is_still_mine(app, keep, PULL_MS).await {
        return Step::Stop(None);
    }
    let cursor = keep.cursor.borrow().clone();
    let query = cursor.query();
    let scope = http::in_address(&query.scope);
    // The last part makes every address new: nobody's cache has an old answer to it.
    let mut path =
        format!("/v1/pull?cursor={}&scope={scope}&limit={}&ask={}", query.cursor, query.limit, ids::new_id());
    if let Some(seq) = query.witness {
        path += &format!("&witness={seq}");
    }
    let reply = match Ask::get(&path, &device).within(PULL_MS).send().await {
        Ok(reply) => reply,
        Err(error) => {
            keep.reached.set(false);
            return failed(keep, super::pushing::failure_of(&error), None);
        }
    };
    app.hear_order(&reply.body).await;
    let pulled = pull::read(&cursor, reply.status, Some(&reply.content_type), reply.body.as_bytes());
    // Somebody else may have signed in while this was on its way.
    if *keep.person.borrow() != Some(person.clone()) {
        return Step::Stop(None);
    }
    match pulled {
        Pulled::Failed(failure) => failed(keep, failure, reply.retry_after.as_deref()),
        Pulled::Doubted { doubt, cursor, offer_again } => {
            if offer_again {
                if let Err(problem) = keep.offer_again().await {
                    tell(app, &problem);
                }
                report(&device, doubt, &cursor).await;
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
        Pulled::Page(page) => {
            keep.pull_pace.borrow_mut().succeeded();
            keep.reached.set(true);
            keep.measure(&reply, page.server_time);
            if let Err(problem) = hear(keep, &page).await {
                tell(app, &problem);
                return Step::Stop(None);
            }
            match save(keep, &person, page).await {
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

/// Tells the service too, for those who look after it. The person is told in any case.
async fn report(device: &str, doubt: Doubt, cursor: &Cursor) {
    let doubt = doubt.code().to_owned();
    let report = DoubtReport { doubt, server_epoch: cursor.server_epoch.clone(), seen: cursor.head };
    Ask::post("/v1/log/doubt", device, &json::write(&report)).send().await.map(drop).unwrap_or_default();
}

/// Was the server restored since this device heard of it, from whomever? Then own events wait again.
async fn hear(keep: &Keep, page: &pull::Page) -> Result<(), Problem> {
    let told = page.cursor.server_epoch.as_deref();
    if page.offer_again || keep.is_another_server(told) {
        keep.offer_again().await?;
    }
    match told {
        Some(told) => keep.hear_of(told).await,
        None => Ok(()),
    }
}

/// Saves first, then shows: what is shown is on the disk.
async fn save(keep: &Keep, person: &str, page: pull::Page) -> Result<Step, Problem> {
    let starts_again = page.earlier != Earlier::Keep || keep.start_over.get();
    let mut texts: Vec<String> = Vec::with_capacity(page.rows.len() + page.unread.len());
    texts.extend(page.rows.iter().map(json::write));
    texts.extend(page.unread.iter().map(ToString::to_string));
    let has_rows = starts_again || !texts.is_empty();
    let tail = if starts_again { Tail::default() } else { keep.tail.borrow().clone() };
    let (pages, tail) = tail.filled(texts);
    let shelf = keep.opened()?.shelf;
    if page.earlier == Earlier::SetAside {
        shelf.set_pages_aside(person, clock::now().timestamp()).await?;
    }
    let new_lists = page.directory_changed.then_some(page.cursor.directory_version);
    let directory_version = keep.cursor.borrow().directory_version;
    let cursor = Cursor { directory_version, ..page.cursor };
    if has_rows || *keep.cursor.borrow() != cursor {
        shelf.save_pages(person, &pages, starts_again, (&cursor_note(person), &cursor)).await?;
    }
    if starts_again {
        keep.empty_base();
        keep.start_over.set(false);
    }
    keep.take_rows(page.rows.into_iter().map(Received::from));
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

/// Device and person, when somebody is signed in.
fn reader(app: App) -> Option<(String, String)> {
    let session = app.session.read_untracked();
    Some((session.device()?.id.to_string(), session.me()?.staff.to_string()))
}

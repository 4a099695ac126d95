//! Pulls what this person may see, page by page. While one page is read and saved, the next ones arrive.

mod asking;
mod digest;
mod page;

use super::{comparing::removal, tell};
use crate::{
    browser::clock,
    state::{App, Problem, cursor_note, keep::Keep},
};
use asking::{Arrived, feed};
use futures_util::future::{Either, select};
use leptos::prelude::*;
use page::{Step, take_page};
use std::{
    ops::ControlFlow::{self, Break, Continue},
    pin::pin,
};
use sync::{pull::Cursor, receipt::Failure};
use tokio::sync::mpsc::{Receiver, channel};

/// A shared device on which nobody is signed in looks at the lists of its site this often.
const LISTS_MINUTES: i64 = 60;
/// Pages that wait here while one is saved; one more is on its way.
const PAGES_WAITING: usize = 1;

/// What came in since the pull began.
#[derive(Default)]
struct News {
    rows: bool,
    /// Version of lists that are newer than those here.
    lists: Option<u64>,
    /// There is no more.
    all_came: bool,
}

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
    loop {
        let mut news = News::default();
        let outcome = loop {
            if let Break(outcome) = pages(app, keep, &mut news).await {
                break outcome;
            }
        };
        if let Some(version) = news.lists
            && let Err(problem) = get_lists(app, keep, version).await
        {
            tell(app, &problem);
        }
        if news.rows || news.lists.is_some() {
            app.refold();
            keep.tell_tabs("pulled");
        }
        app.sync.set_filling(keep.cursor.borrow().filling);
        // Shown first, counted then: after a first sync there is much to count.
        if !news.all_came || !digest::has_lost_rows(app, keep).await {
            return outcome;
        }
    }
}

/// Takes pages from where this device is. `Continue`: it has to ask again from where it is now.
async fn pages(app: App, keep: &Keep, news: &mut News) -> ControlFlow<Option<Failure>> {
    let pace = keep.pull_pace.borrow().clone();
    if !pace.may_try(clock::now()) {
        return Break(pace.sign_in_needed().then_some(Failure::SignIn));
    }
    let (sender, receiver) = channel(PAGES_WAITING);
    let cursor = keep.cursor.borrow().clone();
    let (feeding, taking) = (pin!(feed(app, keep, cursor, sender)), pin!(take(app, keep, receiver, news)));
    // Both go on while the other waits; what is still on its way when the last one is taken is given up.
    match select(taking, feeding).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(((), taking)) => taking.await,
    }
}

async fn take(
    app: App,
    keep: &Keep,
    mut pages: Receiver<Arrived>,
    news: &mut News,
) -> ControlFlow<Option<Failure>> {
    let mut is_first = true;
    while let Some(page) = pages.recv().await {
        if !page.asked.is_still_wanted(keep) {
            return Continue(());
        }
        is_first = false;
        match take_page(app, keep, page).await {
            Step::More { new_lists } => *news = News { rows: true, lists: new_lists, all_came: false },
            Step::Done { rows, new_lists } => {
                *news = News { rows: news.rows || rows, lists: new_lists, all_came: true };
                return Break(None);
            }
            Step::Stop(failure) => return Break(failure),
        }
    }
    // Nobody asked, where not one came.
    if is_first { Break(None) } else { Continue(()) }
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

/// Device and person, when somebody is signed in.
fn reader(app: App) -> Option<(String, String)> {
    let session = app.session.read_untracked();
    Some((session.device()?.id.to_string(), session.me()?.staff.to_string()))
}

//! Once a day, and when the start found something odd: is what this phone keeps still all that it was given? If not,
//! everything is pulled again, once. The person need not know, except that settings say what could not be mended.

use super::{
    super::{pushing, tell},
    asking::PULL_MS,
    page::report,
    reader,
};
use crate::{
    browser::{
        http::{Ask, in_address},
        ids,
    },
    state::{App, Problem, cursor_note, keep::Keep},
};
use leptos::prelude::*;
use sync::{
    digest::{self, Finding, Given},
    pull::Cursor,
};

/// At the end of a pull. True: everything is to be pulled again from the first row.
pub async fn has_lost_rows(app: App, keep: &Keep) -> bool {
    if !keep.comparing.get().is_due(&keep.cursor.borrow(), keep.corrected_now()) {
        return false;
    }
    let finding = compare(app, keep).await.unwrap_or_else(|problem| {
        tell(app, &problem);
        None
    });
    if finding.is_none() {
        let mut comparing = keep.comparing.get();
        comparing.in_vain(keep.corrected_now());
        keep.comparing.set(comparing);
    }
    finding == Some(Finding::Differs)
}

/// None: there was no answer that says anything, or somebody else is here by now.
async fn compare(app: App, keep: &Keep) -> Result<Option<Finding>, Problem> {
    let Some((device, person)) = reader(app) else { return Ok(None) };
    let (shelf, cursor) = (keep.opened()?.shelf, keep.cursor.borrow().clone());
    let Some(given) = ask(app, keep, &device, &cursor).await else { return Ok(None) };
    // What lies in the store counts: what is shown may be more, until the app is opened again.
    let Some(kept) = shelf.digest(&person, cursor.next).await? else { return Ok(None) };
    let is_here = keep.person.borrow().as_ref() == Some(&person) && cursor.asks_as(&keep.cursor.borrow());
    if !is_here || !pushing::is_still_mine(app, keep, PULL_MS).await {
        return Ok(None);
    }
    let mut comparing = keep.comparing.get();
    let finding = comparing.found(kept, given.digest);
    // Lists that came meanwhile stay known.
    let cursor = keep.cursor.borrow().after(finding, given.at);
    shelf.save_pages(&person, &[], false, (&cursor_note(&person), &cursor)).await?;
    keep.comparing.set(comparing);
    keep.cursor.replace(cursor.clone());
    if finding == Finding::Differs {
        keep.start_over.set(true);
    }
    app.storage.update(|storage| storage.misses_rows = cursor.misses_rows());
    if let Some(code) = finding.code() {
        report(&device, code, &cursor).await;
    }
    Ok(Some(finding))
}

async fn ask(app: App, keep: &Keep, device: &str, cursor: &Cursor) -> Option<Given> {
    if !pushing::is_still_mine(app, keep, PULL_MS).await {
        return None;
    }
    let query = cursor.digest_query(&ids::new_id());
    let scope = in_address(&query.scope);
    let path = format!("/v1/pull/digest?upto={}&scope={scope}&ask={}", query.upto, query.ask);
    let reply = Ask::get(&path, device).within(PULL_MS).send().await.ok()?;
    let body = reply.body.as_bytes();
    digest::read(cursor, &query.ask, reply.status, Some(&reply.content_type), body).ok()?
}

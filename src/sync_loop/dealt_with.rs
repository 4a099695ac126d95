//! A report of the person here that was kept apart: has a manager dealt with it?

use crate::{
    browser::{clock, http::Ask},
    state::{App, Problem, explain, keep::Keep},
};
use leptos::prelude::*;
use sync::{own::OwnEvent, wire::DealtReply};

const EVERY_MINUTES: i64 = 10;

/// Asks only while there is such a report. A service of before does not know the question.
pub(super) async fn ask(app: App, keep: &Keep) -> Result<(), Problem> {
    let now = clock::now();
    let is_due = keep.dealt_asked_at.get().is_none_or(|at| (now - at).num_minutes().abs() >= EVERY_MINUTES);
    if !is_due || !keep.can_read() || !has_one(keep) {
        return Ok(());
    }
    let Some(device) = app.session.read_untracked().device().map(|device| device.id.to_string()) else {
        return Ok(());
    };
    keep.dealt_asked_at.set(Some(now));
    let reply = Ask::get("/v1/dealt-with", &device).send().await?;
    let DealtReply { dealt } = explain::read(&reply)?;
    let changed = keep.own.borrow_mut().hear_dealt_with(&dealt);
    if changed.is_empty() {
        return Ok(());
    }
    keep.opened()?.log.set_notes(&changed).await?;
    app.refold();
    keep.tell_tabs("sent");
    Ok(())
}

fn has_one(keep: &Keep) -> bool {
    let Some(person) = keep.person.borrow().clone() else { return false };
    let waits = |own: &OwnEvent| own.is_report_kept_apart() && own.fate.dealt_at.is_none();
    keep.own.borrow().iter().any(|own| waits(own) && own.is_by(Some(&person)))
}

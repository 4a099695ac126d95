//! A removed device: hears of it also when it pulls nothing, and forgets everything after its last word has arrived.

use super::super::tell;
use crate::{
    browser::clock,
    state::{App, keep::Keep},
};
use leptos::prelude::*;

/// A device on which nobody reads asks this often whether it is still one of the provider's.
const ASK_MINUTES: i64 = 10;

/// Nothing was pulled in this turn that would have told it: nobody is signed in, the things here are locked, or the
/// service does not let this person in any more.
pub(in super::super) async fn ask(app: App, keep: &Keep) {
    let may_pull = !keep.pull_pace.borrow().sign_in_needed();
    let is_reading = app.session.read_untracked().me().is_some() && keep.can_read() && may_pull;
    let now = clock::now();
    let is_due = keep.asked_at.get().is_none_or(|at| (now - at).num_minutes().abs() >= ASK_MINUTES);
    if is_reading || app.is_removed() || !is_due {
        return;
    }
    let device = app.session.read_untracked().device().cloned();
    let Some(device) = device else { return };
    keep.asked_at.set(Some(now));
    // What the chain is plays no part here.
    super::ask(app, &device, Vec::new()).await;
}

/// The last thing of a turn.
pub(in super::super) async fn obey(app: App) {
    if !app.is_removed() {
        return;
    }
    if let Err(problem) = app.forget_when_all_is_sent().await {
        tell(app, &problem);
    }
}

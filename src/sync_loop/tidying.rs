//! Lets go of pages that were set aside when the service was restored long ago.

use crate::{
    browser::clock,
    state::{Problem, keep::Keep},
};

const EVERY_MINUTES: i64 = 60;

/// By the clock of the service, and only after a contact: that of this device may jump. Of whoever was here.
pub(super) async fn tidy(keep: &Keep) -> Result<(), Problem> {
    let now = clock::now();
    let is_due = keep.tidied_at.get().is_none_or(|at| (now - at).num_minutes().abs() >= EVERY_MINUTES);
    if !is_due || !keep.reached.get() {
        return Ok(());
    }
    keep.opened()?.shelf.drop_old_aside(keep.corrected(now)).await?;
    keep.tidied_at.set(Some(now));
    Ok(())
}

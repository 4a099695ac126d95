//! A device that was not in contact for long shows nobody what it keeps until they sign in again. Recording goes on.
//! So a phone that is kept without signal, by whoever has left or found it, does not read for ever.

use super::{App, Problem};
use crate::browser::{clock, shelf::Shelf};
use chrono::Duration;
use domain::time::Instant;

/// Note: when the service last answered somebody who was signed in here, by the clock of the device.
const HEARD: &str = "heard_at";
const LONGEST: Duration = Duration::days(14);
/// Written down no more often than this.
const NOTED_EVERY: Duration = Duration::hours(1);

impl App {
    /// # Errors  What this device could not write; the next answer tries again.
    pub(crate) async fn was_answered(&self) -> Result<(), Problem> {
        let (keep, now) = (self.keep(), clock::now());
        if keep.heard_at.get().is_some_and(|at| at <= now && now - at < NOTED_EVERY) {
            return Ok(());
        }
        keep.opened()?.shelf.set_note(HEARD, &now).await?;
        keep.heard_at.set(Some(now));
        Ok(())
    }

    /// At a start.
    pub(super) async fn was_away_too_long(&self, shelf: &Shelf) -> bool {
        let heard: Option<Instant> = shelf.note(HEARD).await.unwrap_or_default();
        self.keep().heard_at.set(heard);
        is_too_long_ago(heard)
    }
}

/// A device that has not written it down yet is given the whole time.
pub(super) fn is_too_long_ago(heard: Option<Instant>) -> bool {
    heard.is_some_and(|at| clock::now() - at > LONGEST)
}

//! Comparing what is kept with what was given, at the end of a pull, as `src/sync_loop/pulling/digest.rs` does.

use super::{Phone, start::cursor_note};
use crate::{
    disk::{Op, Unwritten},
    service::Answer,
};
use domain::time::Instant;
use sync::{
    digest::{self, Digest, DigestQuery, Finding},
    receipt::Failure,
};

/// The address of the question.
pub fn digest_path(query: &DigestQuery) -> String {
    let DigestQuery { upto, scope, ask } = query;
    format!("/v1/pull/digest?upto={upto}&scope={scope}&ask={ask}")
}

impl Phone {
    /// Whether this tab compares now.
    pub fn is_comparison_due(&self, place: usize, now: Instant) -> bool {
        let Some(tab) = self.tabs.get(place) else { return false };
        !self.offline && tab.comparing.is_due(&tab.cursor, tab.corrected(self.clock(now)))
    }

    /// None: the answer says nothing.
    /// # Errors  `Cut` when the page dies, and what the store could not write.
    pub fn take_digest(
        &mut self,
        place: usize,
        ask: &str,
        answer: Result<Answer, Failure>,
        now: Instant,
    ) -> Result<Option<Finding>, Unwritten> {
        self.moment()?;
        let (person, device_now) = (self.staff().to_owned(), self.clock(now));
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        let given = answer.and_then(|answer| {
            digest::read(&tab.cursor, ask, answer.status, answer.content_type.as_deref(), &answer.body)
        });
        let Ok(Some(given)) = given else {
            let now = tab.corrected(device_now);
            tab.comparing.in_vain(now);
            return Ok(None);
        };
        let mut kept = Digest::default();
        for (_, page) in self.disk.pages(&person) {
            kept.add_page(page, tab.cursor.next);
        }
        let mut comparing = tab.comparing;
        let finding = comparing.found(kept, given.digest);
        let cursor = tab.cursor.after(finding, given.at);
        let note = Op::Note(cursor_note(&person), serde_json::to_string(&cursor).unwrap_or_default());
        self.commit(&[note])?;
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        tab.start_over |= finding == Finding::Differs;
        (tab.comparing, tab.cursor) = (comparing, cursor);
        Ok(Some(finding))
    }
}

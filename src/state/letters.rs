//! Reports without a name. A letter is never in the chain of this device and is not signed;
//! the service answers with a token that stays here, so that its author can add to it later.

use super::{
    App, Draft, Problem, Written,
    keep::{Keep, Kept},
};
use crate::{
    browser::{clock, http, ids, shelf::Mended},
    sync_loop,
};
use chrono::{Duration, DurationRound};
use domain::{
    event::Fields,
    ids::{EventId, RecordId, SiteId},
    time::Instant,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sync::again::Taken;

#[derive(Clone, Copy)]
pub struct Letters {
    /// Of this device, oldest first.
    pub list: RwSignal<Vec<Letter>>,
    /// Kept, but not as a letter that this app can show.
    pub unreadable: RwSignal<usize>,
    keep: Kept,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// Sent twice, it is written once.
    pub key: EventId,
    pub record: RecordId,
    pub site: SiteId,
    pub verb: String,
    pub with: Fields,
    /// Cut to the minute, so that it does not give the author away.
    pub written_at: Instant,
    pub offline: bool,
    pub state: LetterState,
    /// Why the service did not take it yet, as one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// When the service took it. Set on one that waits: it is offered again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) taken: Option<Taken>,
    /// Shows the service that the same author writes again.
    pub(crate) token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    Waiting,
    Sent,
    /// Read by the service and not written, as one sentence. It stays here, and counts as not sent.
    Refused(String),
    /// This device was removed: the manager can read it. One sentence.
    KeptApart(String),
}

impl LetterState {
    /// The service has it, or it is kept for the manager.
    pub fn is_taken(&self) -> bool {
        matches!(self, LetterState::Sent | LetterState::KeptApart(_))
    }
}

impl Letters {
    pub(super) fn new(keep: Kept) -> Self {
        Self { list: RwSignal::default(), unreadable: RwSignal::default(), keep }
    }

    /// A later word of the author, such as an answer to a question. The device adds the token.
    pub async fn write(&self, verb: &str, record: RecordId, with: Fields) -> Result<Written, Problem> {
        let report = self.report_of(&record);
        let (token, site) = report.map(|report| (report.token.clone(), report.site)).unwrap_or_default();
        if token.is_none() {
            return Err(Problem::new(
                "Only the device that sent this report without a name can add to it, after it was sent.",
            ));
        }
        let letter = self.letter(verb, record, site, with, token);
        self.keep_letter(letter, None).await
    }

    /// This device wrote this record without a name. Tracked.
    pub fn holds(&self, record: &RecordId) -> bool {
        self.list.read().iter().any(|letter| letter.verb == "report" && letter.record == *record)
    }

    /// Tracked.
    pub fn waits(&self, record: &RecordId) -> bool {
        let waits = |letter: &Letter| letter.record == *record && letter.state == LetterState::Waiting;
        self.list.read().iter().any(waits)
    }

    pub(super) async fn report(&self, app: App, draft: &Draft, with: Fields) -> Result<Written, Problem> {
        let letter = self.letter("report", draft.record.clone(), draft.site.clone(), with, None);
        let written = self.keep_letter(letter, Some(&app.drafts.key(&draft.id))).await?;
        app.drafts.finish(&draft.id);
        sync_loop::wake(app);
        app.ask_to_keep_once();
        Ok(written)
    }

    pub(super) async fn load(&self) -> Result<(), Problem> {
        let mut letters = self.keep.get_value().opened()?.shelf.letters::<Letter>().await?;
        letters.rows.sort_by(|one, other| one.key.cmp(&other.key));
        self.list.set(letters.rows);
        self.unreadable.set(letters.unreadable);
        Ok(())
    }

    /// Writes down what became of a letter.
    pub(crate) async fn settle(&self, letter: Letter) -> Result<(), Problem> {
        self.keep_letter(letter, None).await.map(drop)
    }

    /// Oldest first. Tracked.
    pub fn waiting(&self) -> Vec<Letter> {
        self.list.read().iter().filter(|letter| letter.state == LetterState::Waiting).cloned().collect()
    }

    /// Only on this device, refused ones too. Oldest first. Tracked.
    pub fn unsettled(&self) -> Vec<Letter> {
        self.list.read().iter().filter(|letter| !letter.state.is_taken()).cloned().collect()
    }

    /// Puts back what the second copies have and the database has lost, and makes copies that are missing.
    pub(super) async fn mend(&self) -> Result<Mended, Problem> {
        let shelf = self.keep.get_value().opened()?.shelf;
        let mended = shelf.mend_letters().await?;
        if mended.back > 0 {
            self.load().await?;
        }
        let waiting = untrack(|| self.unsettled()).into_iter().map(|letter| letter.key.to_string());
        if self.unreadable.get_untracked() == 0 {
            shelf.match_letter_copies(&waiting.collect()).await?;
        }
        Ok(mended)
    }

    /// Everything that is kept here, sent or not.
    pub(super) fn count(&self) -> usize {
        self.list.read_untracked().len() + self.unreadable.get_untracked()
    }

    pub(crate) fn report_of(&self, record: &RecordId) -> Option<Letter> {
        let list = self.list.read_untracked();
        list.iter().find(|letter| letter.verb == "report" && letter.record == *record).cloned()
    }

    fn letter(
        &self,
        verb: &str,
        record: RecordId,
        site: SiteId,
        with: Fields,
        token: Option<String>,
    ) -> Letter {
        let now = clock::now();
        Letter {
            key: ids::new_id().into(),
            record,
            site,
            verb: verb.to_owned(),
            with,
            written_at: now.duration_trunc(Duration::minutes(1)).unwrap_or(now),
            offline: http::says_offline() || !self.keep.get_value().reached.get(),
            state: LetterState::Waiting,
            why: None,
            taken: None,
            token,
        }
    }

    async fn keep_letter(&self, letter: Letter, draft: Option<&str>) -> Result<Written, Problem> {
        let keep = self.keep.get_value();
        keep.opened()?.shelf.save_letter(&letter.key, &letter, draft, letter.state.is_taken()).await?;
        let written = Written { event: letter.key.clone(), record: letter.record.clone() };
        self.list.update(|list| match list.iter_mut().find(|known| known.key == letter.key) {
            Some(known) => *known = letter,
            None => list.push(letter),
        });
        tell(&keep);
        Ok(written)
    }
}

fn tell(keep: &Keep) {
    keep.tell_tabs("letters");
}

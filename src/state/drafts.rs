//! Reports that are not finished. Saved at every answer, so that a killed app comes back to the same question.

use super::{
    Me, Notices, Problem,
    keep::{Keep, Kept, NOBODY},
};
use crate::browser::{clock, ids, shelf::Found};
use domain::{
    ids::{RecordId, SiteId, StaffId},
    time::Instant,
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::cmp::Reverse;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub id: String,
    /// The record this becomes: saving twice makes one record.
    pub record: RecordId,
    pub category: String,
    pub site: SiteId,
    pub answers: Map<String, Value>,
    /// The question that is open.
    pub step: String,
    pub quick: bool,
    /// Who writes, as they said, where nobody is signed in.
    #[serde(default)]
    pub author: Option<StaffId>,
    /// When it happened, if the person changed it; else the start of the draft.
    pub occurred_at: Option<Instant>,
    pub started_at: Instant,
    pub updated_at: Instant,
    /// What somebody else wrote before, and is recorded again with it.
    #[serde(default)]
    pub repeats: Option<Repeats>,
}

/// An entry that is kept apart at the service, which a draft records again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeats {
    /// Both as the service names it.
    pub kind: String,
    pub id: String,
    /// Who wrote it, when, and why it is kept apart: shown, and no part of the report.
    pub words: String,
}

#[derive(Clone, Copy)]
pub struct Drafts {
    /// Of the person shown now, newest first.
    pub list: RwSignal<Vec<Draft>>,
    /// Kept, but not as a draft that this app can show.
    pub unreadable: RwSignal<usize>,
    /// Of the person shown, behind the lock.
    pub locked: RwSignal<usize>,
    /// Begun where nobody is signed in: whoever stands at this device can finish them.
    pub unclaimed: RwSignal<Vec<Draft>>,
    writer: Signal<Option<Me>>,
    keep: Kept,
    notices: Notices,
}

impl Drafts {
    pub(super) fn new(keep: Kept, notices: Notices, writer: Signal<Option<Me>>) -> Self {
        let (list, unclaimed) = (RwSignal::default(), RwSignal::default());
        let (unreadable, locked) = (RwSignal::default(), RwSignal::default());
        Self { list, unreadable, locked, unclaimed, writer, keep, notices }
    }

    /// A new draft; it is kept from its first `save`.
    pub fn start(&self, category: &str, site: SiteId, quick: bool) -> Draft {
        let now = clock::now();
        Draft {
            id: ids::new_id(),
            record: ids::new_id().into(),
            category: category.to_owned(),
            site,
            answers: Map::new(),
            step: String::new(),
            quick,
            author: None,
            occurred_at: None,
            started_at: now,
            updated_at: now,
            repeats: None,
        }
    }

    pub fn get(&self, id: &str) -> Option<Draft> {
        let of = |list: RwSignal<Vec<Draft>>| list.read().iter().find(|draft| draft.id == id).cloned();
        of(self.list).or_else(|| of(self.unclaimed))
    }

    /// Of the person shown, also those behind the lock. Tracked.
    pub fn kept(&self) -> usize {
        self.list.read().len() + self.locked.get()
    }

    /// Resolves when it is on the disk.
    /// # Errors  What this phone could not do, in words.
    pub async fn save(&self, draft: Draft) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        if keep.finished.borrow().contains(&draft.id) {
            return Ok(());
        }
        let draft = Draft { updated_at: clock::now(), ..draft };
        let key = self.key(&draft.id);
        self.show(draft.clone());
        keep.opened()?.shelf.save_draft(&key, &draft).await?;
        Ok(())
    }

    /// The same without waiting, for each key press in a text box.
    pub fn save_soon(&self, draft: Draft) {
        let drafts = *self;
        spawn_local(async move {
            if let Err(problem) = drafts.save(draft).await {
                drafts.notices.warn(problem.sentence);
            }
        });
    }

    pub async fn remove(&self, id: &str) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        // Before the delete, so that a save on its way does not bring it back.
        keep.finished.borrow_mut().insert(id.to_owned());
        if let Err(error) = keep.opened()?.shelf.remove_draft(&self.key(id)).await {
            keep.finished.borrow_mut().remove(id);
            return Err(error.into());
        }
        self.hide(id);
        Ok(())
    }

    /// A report came of it.
    pub(super) fn finish(&self, id: &str) {
        self.keep.get_value().finished.borrow_mut().insert(id.to_owned());
        self.hide(id);
    }

    /// Where a draft lies. A new one belongs to whoever writes now.
    pub(super) fn key(&self, id: &str) -> String {
        let owner = if self.is_mine(id) { self.keep.get_value().owner() } else { NOBODY.to_owned() };
        format!("{owner}/{id}")
    }

    fn is_mine(&self, id: &str) -> bool {
        let has = |list: RwSignal<Vec<Draft>>| list.read_untracked().iter().any(|draft| draft.id == id);
        has(self.list) || (!has(self.unclaimed) && self.writer.read_untracked().is_some())
    }

    fn hide(&self, id: &str) {
        for list in [self.list, self.unclaimed] {
            list.update(|list| list.retain(|draft| draft.id != id));
        }
    }

    fn show(&self, draft: Draft) {
        let list = if self.is_mine(&draft.id) { self.list } else { self.unclaimed };
        list.update(|list| {
            list.retain(|known| known.id != draft.id);
            list.insert(0, draft);
        });
    }

    /// What was begun while nobody was signed in becomes the draft of a person: the one they come from,
    /// or on a device of their own every one.
    pub(super) async fn claim(
        &self,
        person: &StaffId,
        wanted: impl Fn(&Draft) -> bool,
    ) -> Result<(), Problem> {
        let shelf = self.keep.get_value().opened()?.shelf;
        let claimed = self.unclaimed.get_untracked().into_iter().filter(wanted);
        for draft in claimed {
            let (from, to) = (format!("{NOBODY}/{}", draft.id), format!("{person}/{}", draft.id));
            shelf.move_draft(&from, &to, &Draft { author: None, ..draft }).await?;
        }
        Ok(())
    }

    /// Shows the drafts of the person who is here, and those of nobody.
    pub(super) async fn load(&self) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        let person = keep.person.borrow().clone();
        let mine = match person {
            Some(person) => newest_first(&keep, &person).await?,
            None => Found::default(),
        };
        let unclaimed = newest_first(&keep, NOBODY).await?;
        self.list.set(mine.rows);
        self.unclaimed.set(unclaimed.rows);
        self.unreadable.set(mine.unreadable + unclaimed.unreadable);
        self.locked.set(mine.locked);
        Ok(())
    }
}

async fn newest_first(keep: &Keep, owner: &str) -> Result<Found<Draft>, Problem> {
    let mut drafts = keep.opened()?.shelf.drafts::<Draft>(owner).await?;
    drafts.rows.sort_by_key(|draft| Reverse(draft.updated_at));
    Ok(drafts)
}

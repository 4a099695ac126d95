//! Reports that are not finished. Saved at every answer, so that a killed app comes back to the same question.

use super::{Notices, Problem, keep::Kept};
use crate::browser::{clock, ids};
use domain::{
    ids::{RecordId, SiteId},
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
    /// When it happened, if the person changed it; else the start of the draft.
    pub occurred_at: Option<Instant>,
    pub started_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy)]
pub struct Drafts {
    /// Of the person shown now, newest first.
    pub list: RwSignal<Vec<Draft>>,
    /// Kept, but not as a draft that this app can show.
    pub unreadable: RwSignal<usize>,
    keep: Kept,
    notices: Notices,
}

impl Drafts {
    pub(super) fn new(keep: Kept, notices: Notices) -> Self {
        Self { list: RwSignal::default(), unreadable: RwSignal::default(), keep, notices }
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
            occurred_at: None,
            started_at: now,
            updated_at: now,
        }
    }

    pub fn get(&self, id: &str) -> Option<Draft> {
        self.list.read().iter().find(|draft| draft.id == id).cloned()
    }

    /// Resolves when it is on the disk.
    /// # Errors  What this phone could not do, in words.
    pub async fn save(&self, draft: Draft) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        if keep.finished.borrow().contains(&draft.id) {
            return Ok(());
        }
        let draft = Draft { updated_at: clock::now(), ..draft };
        self.show(draft.clone());
        keep.opened()?.shelf.save_draft(&keep.draft_key(&draft.id), &draft).await?;
        Ok(())
    }

    /// The same without waiting, for each key press in a text box.
    pub fn save_soon(&self, draft: Draft) {
        let drafts = *self;
        spawn_local(async move {
            if let Err(problem) = drafts.save(draft).await {
                drafts.notices.alert(problem.sentence);
            }
        });
    }

    pub async fn remove(&self, id: &str) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        keep.finished.borrow_mut().insert(id.to_owned());
        keep.opened()?.shelf.remove_draft(&keep.draft_key(id)).await?;
        self.hide(id);
        Ok(())
    }

    pub(super) fn hide(&self, id: &str) {
        self.list.update(|list| list.retain(|draft| draft.id != id));
    }

    fn show(&self, draft: Draft) {
        self.list.update(|list| {
            list.retain(|known| known.id != draft.id);
            list.insert(0, draft);
        });
    }

    /// Shows the drafts of the person who is here, and of nobody else.
    pub(super) async fn load(&self) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        let (mut drafts, unreadable) = keep.opened()?.shelf.drafts::<Draft>(&keep.owner()).await?;
        drafts.sort_by_key(|draft| Reverse(draft.updated_at));
        self.list.set(drafts);
        self.unreadable.set(unreadable);
        Ok(())
    }
}

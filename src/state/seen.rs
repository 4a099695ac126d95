//! What this person has read of each record on this device, so that what is new can be marked.

use super::{Problem, keep::Kept};
use crate::browser::store::StoreError;
use domain::ids::RecordId;
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeMap;

#[derive(Clone, Copy)]
pub struct Seen {
    /// Record -> the version up to which it was read.
    versions: RwSignal<BTreeMap<RecordId, u32>>,
    keep: Kept,
}

impl Seen {
    pub(super) fn new(keep: Kept) -> Self {
        Self { versions: RwSignal::default(), keep }
    }

    /// 0 when it was never opened here. Tracked.
    pub fn version(&self, record: &RecordId) -> u32 {
        self.versions.read().get(record).copied().unwrap_or(0)
    }

    /// Opened, and read up to this version.
    pub fn mark(&self, record: &RecordId, version: u32) {
        let known = self.versions.read_untracked().get(record).copied().unwrap_or(0);
        if known >= version {
            return;
        }
        self.versions.update(|versions| {
            versions.insert(record.clone(), version);
        });
        let seen = *self;
        // A mark that cannot be kept comes back as "New"; nothing is lost.
        spawn_local(async move { seen.save().await.unwrap_or_default() });
    }

    /// Of the person shown now.
    pub(super) async fn load(&self) -> Result<(), Problem> {
        let note = self.note();
        let versions = match note {
            Some(note) => self.keep.get_value().opened()?.shelf.note(&note).await.unwrap_or_default(),
            None => None,
        };
        self.versions.set(versions.unwrap_or_default());
        Ok(())
    }

    async fn save(&self) -> Result<(), StoreError> {
        let Some(note) = self.note() else { return Ok(()) };
        let Ok(opened) = self.keep.get_value().opened() else { return Ok(()) };
        let versions = self.versions.get_untracked();
        opened.shelf.set_note(&note, &versions).await?;
        self.keep.get_value().tell_tabs("seen");
        Ok(())
    }

    fn note(&self) -> Option<String> {
        self.keep.get_value().person.borrow().as_ref().map(|person| format!("seen/{person}"))
    }
}

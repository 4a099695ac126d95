//! How the last practice went, for the person alone: it is kept on this device and never sent.

use super::{Problem, keep::Kept};
use domain::time::Instant;
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

/// One finished practice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Practised {
    /// Version of the definitions.
    pub version: String,
    pub right: usize,
    pub of: usize,
    pub at: Instant,
    /// How often it was done on this device.
    pub times: usize,
}

#[derive(Clone, Copy)]
pub struct Practice {
    /// Of the person shown now.
    pub last: RwSignal<Option<Practised>>,
    keep: Kept,
}

impl Practice {
    pub(super) fn new(keep: Kept) -> Self {
        Self { last: RwSignal::default(), keep }
    }

    /// Of the person shown now.
    pub(super) async fn load(&self) -> Result<(), Problem> {
        let last = match self.note() {
            Some(note) => self.keep.get_value().opened()?.shelf.note(&note).await.unwrap_or_default(),
            None => None,
        };
        self.last.set(last);
        Ok(())
    }

    /// Nothing is lost when it cannot be kept: it is practised again.
    pub fn finish(&self, done: Practised) {
        self.last.set(Some(done.clone()));
        let practice = *self;
        spawn_local(async move {
            let Some(note) = practice.note() else { return };
            let Ok(opened) = practice.keep.get_value().opened() else { return };
            opened.shelf.set_note(&note, &done).await.unwrap_or_default();
        });
    }

    fn note(&self) -> Option<String> {
        self.keep.get_value().person.borrow().as_ref().map(|person| format!("practice/{person}"))
    }
}

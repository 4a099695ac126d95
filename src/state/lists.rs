//! The provider's lists as this device holds them.

use super::{Problem, Session, explain, keep::Kept, sign_in::DIRECTORY};
use crate::browser::http::Ask;
use domain::directory::Directory;
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub(crate) struct Lists {
    pub shown: RwSignal<Arc<Directory>>,
    session: RwSignal<Session>,
    keep: Kept,
}

impl Lists {
    pub fn new(session: RwSignal<Session>, keep: Kept) -> Self {
        Self { shown: RwSignal::new(Arc::new(Directory::default())), session, keep }
    }

    pub fn set(&self, directory: Directory) {
        let directory = Arc::new(directory);
        self.keep.get_value().base.borrow_mut().set_directory(directory.clone());
        self.shown.set(directory);
    }

    /// Never got, or unreadable. Every provider has a site.
    pub fn are_missing(&self) -> bool {
        self.shown.read_untracked().sites.is_empty()
    }

    /// The lists as the server has them now.
    pub async fn fetch(&self) -> Result<(), Problem> {
        let device = self.session.read_untracked().device().map(|device| device.id.clone());
        let Some(device) = device else { return Ok(()) };
        let reply = Ask::get("/v1/directory", &device).send().await?;
        let answer: Value = explain::read(&reply)?;
        let told = answer.get("directory").unwrap_or(&Value::Null);
        let directory = Directory::deserialize(told).map_err(|_| explain::not_ours())?;
        self.keep.get_value().opened()?.shelf.set_note(DIRECTORY, told).await?;
        self.set(directory);
        Ok(())
    }
}

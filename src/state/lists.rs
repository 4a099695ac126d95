//! The provider's lists as this device holds them.

use super::{
    Device, Problem, Session, explain,
    keep::Kept,
    removed::SERVER_KEY,
    sign_in::{DEVICE, DIRECTORY, RESCUE_KEY},
};
use crate::browser::http::Ask;
use domain::{directory::Directory, ids::SiteId};
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

const LISTS: &str = "/v1/directory";

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
        let device = self.session.read_untracked().device().cloned();
        let Some(Device { id, shared, .. }) = device else { return Ok(()) };
        // Nobody may be signed in on a shared one.
        let proof = match shared {
            true => self.keep.get_value().proof(&id, &id, "GET", LISTS).await,
            false => None,
        };
        let reply = Ask::get(LISTS, &id).proven(proof).send().await?;
        let answer: Value = explain::read(&reply)?;
        let told = answer.get("directory").unwrap_or(&Value::Null);
        if let Some(key) = answer.get("rescue_key").filter(|key| key.is_string()) {
            self.keep.get_value().opened()?.shelf.set_note(RESCUE_KEY, key).await?;
        }
        if let Some(key) = answer.get("server_key").filter(|key| key.is_string()) {
            let shelf = self.keep.get_value().opened()?.shelf;
            // Another key is learned only where somebody joins or signs in.
            if shelf.note::<String>(SERVER_KEY).await?.is_none() {
                shelf.set_note(SERVER_KEY, key).await?;
            }
        }
        match answer.get("site").and_then(Value::as_str) {
            Some(site) => {
                self.learn_site(site.into()).await?;
                self.keep_for_tablet(told).await
            }
            None => self.keep_as_told(told).await,
        }
    }

    /// They were those of somebody who may not read them any more. A shared device asks for its own again.
    pub async fn forget(&self) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        keep.opened()?.shelf.remove_note(DIRECTORY).await?;
        keep.lists_asked_at.set(None);
        self.set(Directory::default());
        Ok(())
    }

    /// The lists of a shared device name nobody of staff. The people who signed in on it stay known,
    /// because they can choose their name without signing in again.
    pub async fn keep_for_tablet(&self, told: &Value) -> Result<(), Problem> {
        let mut told = told.clone();
        if let Some(lists) = told.as_object_mut() {
            lists.insert("staff".into(), json!(self.shown.read_untracked().staff));
        }
        self.keep_as_told(&told).await
    }

    async fn keep_as_told(&self, told: &Value) -> Result<(), Problem> {
        let directory = Directory::deserialize(told).map_err(|_| explain::not_ours())?;
        self.keep.get_value().opened()?.shelf.set_note(DIRECTORY, told).await?;
        self.set(directory);
        Ok(())
    }

    /// A device that joined before the service told it.
    async fn learn_site(&self, site: SiteId) -> Result<(), Problem> {
        let device = self.session.read_untracked().device().filter(|device| device.site.is_none()).cloned();
        let Some(device) = device else { return Ok(()) };
        let device = Device { site: Some(site), ..device };
        self.keep.get_value().opened()?.shelf.set_note(DEVICE, &device).await?;
        self.session.update(|session| {
            if let Session::SignedOut { device: known } = session {
                *known = device;
            }
        });
        Ok(())
    }
}

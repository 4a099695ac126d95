//! The provider's lists as this device holds them.

use super::{
    Device, Problem, Session, explain,
    keep::Kept,
    removed::SERVER_KEY,
    sign_in::{DEVICE, DIRECTORY, RESCUE_KEY},
};
use crate::browser::http::Ask;
use domain::{
    directory::Directory,
    ids::{SiteId, StaffId},
};
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

    /// They were those of somebody who may not read them any more. A shared device keeps what it is given without
    /// anybody, and the names of the others who signed in on it, and asks for its own again.
    pub async fn forget_those_of(&self, person: &str, others: &[StaffId]) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        let shelf = keep.opened()?.shelf;
        keep.lists_asked_at.set(None);
        let site = self
            .session
            .read_untracked()
            .device()
            .filter(|device| device.shared)
            .and_then(|device| device.site.clone());
        let Some(site) = site else {
            shelf.remove_note(DIRECTORY).await?;
            self.set(Directory::default());
            return Ok(());
        };
        let lists = of_tablet(&self.shown.read_untracked(), &site, person, others);
        shelf.set_note(DIRECTORY, &lists).await?;
        self.set(lists);
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

/// What a shared device at `site` has without anybody, with the names of `others`. Source: decision 011.
fn of_tablet(lists: &Directory, site: &SiteId, gone: &str, others: &[StaffId]) -> Directory {
    let mut own = lists.of_tablet(site);
    own.staff = lists.staff.clone();
    own.staff.retain(|code, _| **code != *gone && others.contains(code));
    own
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::directory::{Contract, Person, Site, Staff};

    #[test]
    fn a_tablet_keeps_its_site_and_the_names_of_those_who_signed_in_on_it() {
        let staff = |name: &str| Staff { name: name.to_owned(), ..Staff::default() };
        let person = |site: &str| Person { site: site.into(), ..Person::default() };
        let site = |name: &str| Site { name: name.to_owned(), ..Site::default() };
        let lists = Directory {
            provider: "Willow Care".to_owned(),
            sites: [("elm".into(), site("Elm House")), ("oak".into(), site("Oak House"))].into(),
            staff: [("ada".into(), staff("Ada")), ("ben".into(), staff("Ben")), ("cat".into(), staff("Cat"))]
                .into(),
            people: [("R-1".into(), person("elm")), ("R-2".into(), person("oak"))].into(),
            contracts: [("one".into(), Contract::default())].into(),
            ..Directory::default()
        };
        let own = of_tablet(&lists, &"elm".into(), "ada", &["ada".into(), "ben".into()]);
        assert_eq!(own.sites.values().map(|site| site.name.as_str()).collect::<Vec<_>>(), ["Elm House"]);
        let names: Vec<_> = own.staff.values().map(|staff| staff.name.as_str()).collect();
        assert_eq!(names, ["Ben"], "who was retired cannot be chosen, and Cat was never here");
        assert_eq!(own.people.keys().map(|code| &**code).collect::<Vec<_>>(), ["R-1"]);
        assert!(own.contracts.is_empty());
        assert_eq!(own.provider, "Willow Care");
    }
}

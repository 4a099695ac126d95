//! Which site is shown and reported for. It follows the lists and the roles of today, so that a new site
//! or role works without signing in again.

use super::{App, Device, Me, Session};
use crate::browser::storage;
use chrono::NaiveDate;
use domain::{directory::Directory, ids::SiteId};
use leptos::prelude::*;

impl App {
    /// The site that is shown.
    pub fn site(&self) -> Option<SiteId> {
        self.shown_site.get()
    }

    /// The site of a new report: on a shared device where nobody is signed in, the place where it stays.
    pub fn site_to_report(&self) -> Option<SiteId> {
        let own = self.device().and_then(|device| device.site);
        own.filter(|_| self.writer.read().is_none()).or_else(|| self.site())
    }

    pub fn choose_site(&self, site: SiteId) {
        storage::set_site(Some(&site));
        self.chosen_site.set(Some(site));
    }

    /// The next person on a shared device begins at its own site.
    pub(super) fn forget_site(&self) {
        storage::set_site(None);
        self.chosen_site.set(None);
    }

    /// The name of a site, or its id where the name is not known.
    pub fn site_name(&self, site: &SiteId) -> String {
        let directory = self.directory.read();
        let name = directory.sites.get(site).map(|site| site.name.clone()).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| site.to_string())
    }

    /// The sites of the person here; on a signed-out device every site that it knows.
    pub fn sites(&self) -> Vec<(SiteId, String)> {
        let ids = sites_of(&self.session.read(), &self.directory.read(), self.today());
        ids.into_iter().map(|id| (id.clone(), self.site_name(&id))).collect()
    }
}

/// The chosen one, if it is one of theirs; else the one of the device; else the first.
pub(super) fn shown(
    session: &Session,
    directory: &Directory,
    chosen: Option<SiteId>,
    today: NaiveDate,
) -> Option<SiteId> {
    let theirs = sites_of(session, directory, today);
    let of_device = session.device().and_then(|device| device.site.clone());
    let is_theirs = |site: &SiteId| theirs.contains(site);
    chosen.filter(is_theirs).or(of_device.filter(is_theirs)).or_else(|| theirs.first().cloned())
}

fn sites_of(session: &Session, directory: &Directory, today: NaiveDate) -> Vec<SiteId> {
    match (session.me(), session.device()) {
        // Until the lists come, those that the service told at sign-in.
        (Some(Me { staff, sites, .. }), _) if !directory.staff.contains_key(staff) => sites.clone(),
        (Some(me), _) => directory.sites_of(&me.staff, today).cloned().collect(),
        (None, Some(Device { site: Some(site), .. })) => vec![site.clone()],
        (None, _) => directory.sites.keys().cloned().collect(),
    }
}

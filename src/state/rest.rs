//! The rest of Noticed: what the first bundle leaves out, for everybody with a task beyond reporting.

use super::Notices;
use crate::browser::bundle::{self, NotFetched};
use domain::roles::{Role, Roles};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Rest {
    /// This build has no desk, and the page names one that has.
    is_elsewhere: bool,
    /// The person goes on without it for now.
    without: RwSignal<bool>,
    notices: Notices,
}

impl Rest {
    pub fn new(notices: Notices) -> Self {
        let is_elsewhere = !cfg!(feature = "desk") && bundle::names_whole();
        Self { is_elsewhere, without: RwSignal::new(false), notices }
    }

    /// Before a page for this person. Tracked.
    pub fn is_needed(self, roles: Roles) -> bool {
        self.is_elsewhere && roles.iter().any(|role| role != Role::Reporter) && !self.without.get()
    }

    /// An address that this build does not know may be one of the rest.
    pub fn may_know_more(self) -> bool {
        self.is_elsewhere && !self.without.get()
    }

    pub fn do_without(self) {
        self.without.set(true);
    }

    /// Fetches it and opens this address again in it.
    /// # Errors  No signal, or not what was named.
    pub async fn fetch(self) -> Result<(), NotFetched> {
        bundle::fetch_whole().await?;
        self.notices.hand_over();
        bundle::start_whole();
        Ok(())
    }
}

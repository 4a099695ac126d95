//! How many alerts need this person, and about how many patterns: the numbers for the bar, for Home and for the hub,
//! the same as stand on the list. Of alerts, never of records.

use super::line::is_mine;
use crate::state::App;
use domain::{
    ids::SiteId,
    patterns::{Alert, State, together},
    roles::Roles,
};
use markup::prelude::*;

#[derive(Clone, Copy)]
pub struct NeedsYou(Memo<Needing>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needing {
    pub alerts: usize,
    /// Lines of the list: alerts about the same that came back are one.
    pub patterns: usize,
}

impl NeedsYou {
    pub fn provide(app: App) {
        provide_context(Self(Memo::new(move |_| needing(app))));
    }

    /// Tracked.
    pub fn get(self) -> Needing {
        self.0.get()
    }
}

/// Call it at the top of a component.
pub fn use_needs_you() -> NeedsYou {
    expect_context()
}

fn needing(app: App) -> Needing {
    let Some(site) = app.site() else { return Needing::default() };
    let (roles, now) = (app.roles(), app.now.get());
    let register = app.register.read();
    let alerts: Vec<&Alert> = register
        .alerts(&site)
        .filter(|alert| is_mine(alert, roles) && alert.state(now) == State::Open)
        .collect();
    Needing { alerts: alerts.len(), patterns: together(&alerts, &register).len() }
}

/// How many alerts need this person at another site, by the roles held there. Tracked.
pub fn needed_at(app: App, site: &SiteId) -> usize {
    let Some(me) = app.me() else { return 0 };
    let roles: Roles = app.directory.read().held(&me.staff, site, app.today()).all();
    let now = app.now.get();
    let register = app.register.read();
    register.alerts(site).filter(|alert| is_mine(alert, roles) && alert.state(now) == State::Open).count()
}

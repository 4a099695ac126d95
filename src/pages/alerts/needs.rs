//! How many alerts need this person. One count for the bar, for Home and for the hub: of alerts, never of records.

use super::line::is_mine;
use crate::state::App;
use domain::{ids::SiteId, patterns::State, roles::Roles};
use markup::prelude::*;

#[derive(Clone, Copy)]
pub struct NeedsYou(Memo<usize>);

impl NeedsYou {
    pub fn provide(app: App) {
        provide_context(Self(Memo::new(move |_| count(app))));
    }

    /// Tracked.
    pub fn count(self) -> usize {
        self.0.get()
    }
}

/// Call it at the top of a component.
pub fn use_needs_you() -> NeedsYou {
    expect_context()
}

fn count(app: App) -> usize {
    app.site().map(|site| of_roles(app, &site, app.roles())).unwrap_or_default()
}

/// The same at another site, by the roles that this person has there. Tracked.
pub fn needed_at(app: App, site: &SiteId) -> usize {
    let Some(me) = app.me() else { return 0 };
    let roles = app.directory.read().held(&me.staff, site, app.today()).all();
    of_roles(app, site, roles)
}

fn of_roles(app: App, site: &SiteId, roles: Roles) -> usize {
    let now = app.now.get();
    let register = app.register.read();
    let needs = register.alerts(site).filter(|alert| is_mine(alert, roles));
    needs.filter(|alert| alert.state(now) == State::Open).count()
}

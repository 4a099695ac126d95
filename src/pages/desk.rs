//! What the pages of everybody show of the desk: how much waits there, and the ways to it.
//! `desk_elsewhere` is the same in the bundle without a desk.

use super::{
    alerts::{self, Needing, NeedsYou, use_needs_you},
    apart::{Apart, use_apart},
    inbox::{self, Inbox, has_inbox, use_inbox},
    measures::Indexed,
    oversee::{
        oversees,
        waiting::{Work, use_work},
    },
};
use crate::{
    routes,
    state::App,
    text::{alerts::several, capture::device, oversee},
    ui::NavItem,
};
use domain::{ids::SiteId, roles::Role};
use leptos::prelude::Get;

/// Places in the bar of a phone beside Help. What else there is stands on the page of the settings.
const ON_A_PHONE: usize = 4;

#[derive(Clone, Copy)]
pub struct Desk(Inbox, Work, NeedsYou, Apart);

/// Something that waits beyond the inbox, as a line of Home.
pub struct Line {
    pub words: String,
    pub href: String,
    pub icon: &'static str,
}

/// Call it once, at the top of the app.
pub fn provide(app: App) {
    Inbox::provide(app);
    Indexed::provide();
    Work::provide(app);
    NeedsYou::provide(app);
    Apart::provide(app);
}

/// Call it at the top of a component.
pub fn use_desk() -> Desk {
    Desk(use_inbox(), use_work(), use_needs_you(), use_apart())
}

impl Desk {
    /// How much in their inbox is this person's, with what is kept apart for them; none without an inbox.
    /// Zero until everything has come from the service.
    pub fn waiting(self, app: App) -> Option<usize> {
        has_inbox(app.roles()).then(|| counted(app, self.0.mine() + self.3.mine()))
    }

    /// Audits, oversights, questions and answers that wait for this person. Tracked.
    pub fn lines(self, app: App) -> Vec<Line> {
        if app.sync.filling.get() { Vec::new() } else { self.1.lines(app) }
    }

    /// Alerts that go to this person and that nobody has settled, and about how many patterns.
    /// None until everything has come from the service.
    pub fn alerts(self, app: App) -> Needing {
        if app.sync.filling.get() { Needing::default() } else { self.2.get() }
    }

    /// The same as a line of Home.
    pub fn alert_line(self, app: App) -> Option<Line> {
        let Needing { alerts, patterns } = self.alerts(app);
        let words = several::need_you(alerts, patterns);
        (alerts > 0).then(|| Line { words, href: routes::ALERTS.to_owned(), icon: "bell" })
    }

    /// Tasks and alerts that wait for this person at each of their other sites; those without any are left out. Tracked.
    pub fn at_other_sites(self, app: App) -> Vec<(SiteId, [usize; 2])> {
        let sites = app.sites();
        if sites.len() < 2 || app.sync.filling.get() {
            return Vec::new();
        }
        let here = app.site();
        let others = sites.into_iter().map(|(site, _)| site).filter(|site| here.as_ref() != Some(site));
        let waits = others.map(|site| {
            let number = [inbox::mine_at(app, &site), alerts::needed_at(app, &site)];
            (site, number)
        });
        waits.filter(|(_, number)| *number != [0, 0]).collect()
    }

    /// Adds the places of this person to those of everybody.
    pub fn add_places(self, app: App, places: &mut Vec<NavItem>) {
        if has_inbox(app.roles()) {
            let place = NavItem::new(routes::INBOX, "Inbox", "inbox");
            places.push(
                place.count(
                    counted(app, self.0.mine() + self.1.questions() + self.3.mine()),
                    "waiting for you",
                ),
            );
        }
        if has_inbox(app.roles()) || app.roles().has(Role::Inspector) {
            places.push(NavItem::new(routes::ACTIONS, "Actions", "list-checks"));
        }
        if oversees(app.roles()) {
            // Who oversees seldom reports: on a phone, with room for five places, Home leads to their reports.
            let reports = places.iter_mut().filter(|place| place.href == routes::REPORTS);
            reports.for_each(|place| place.wide_only = true);
            let place = NavItem::new(routes::OVERSEE, oversee::OVERSIGHT, "chart-line");
            // Alerts, and for the provider answers of managers.
            let (alerts, answers) = (self.alerts(app).alerts, counted(app, self.1.answers()));
            let words = if answers == 0 { oversee::ALERTS_NEED_YOU } else { "waiting for you" };
            places.push(place.count(alerts + answers, words));
        }
        if app.is_manager() {
            let is_full = places.iter().filter(|place| !place.wide_only).count() >= ON_A_PHONE;
            places.push(NavItem::new(routes::ADMIN, device::MANAGE, "users-round").wide_only(is_full));
        }
    }
}

/// What is counted before everything has come from the service would be too low.
fn counted(app: App, number: usize) -> usize {
    if app.sync.filling.get() { 0 } else { number }
}

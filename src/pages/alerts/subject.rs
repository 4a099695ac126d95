//! What one decision is about: one alert, or all alerts of one card.

use super::{find::Found, shown::Shown};
use crate::{
    state::App,
    text::alerts::{alert as words, several},
};
use domain::{ids::RecordId, patterns::Alert};
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
pub struct Subject {
    /// At least one, of one site, none of them settled.
    pub alerts: Vec<Alert>,
    pub headline: String,
    /// The page that the forms come from.
    pub address: String,
    /// What that page is called on the way back to it.
    pub name: &'static str,
    /// Under which a form that was left is kept.
    pub key: String,
}

impl Subject {
    pub fn of_one(app: App, found: &Found) -> Subject {
        let alert = found.alert.clone();
        let headline =
            words::headline(&alert, &app.register.read_untracked(), &app.directory.read_untracked());
        let key = format!("alert/{}/{}", alert.site, alert.name());
        Subject { alerts: vec![alert], headline, address: found.address(), name: "Alert", key }
    }

    /// None for a card with one alert.
    pub fn of_several(app: App, card: &Shown) -> Option<Subject> {
        let (about, first) = (card.about.as_ref()?, card.lines.first()?);
        Some(Subject {
            headline: several::headline(about, &card.alerts(), &app.directory.read_untracked()),
            address: card.address(),
            name: "Alerts",
            key: format!("alerts/{}/{}", first.alert.site, about.code()),
            alerts: card.lines.iter().map(|line| line.alert.clone()).collect(),
        })
    }

    /// The address of one of the forms.
    pub fn form(&self, name: &str) -> String {
        let sign = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{sign}do={name}", self.address)
    }

    /// Those of all alerts, each once, what happened last first.
    pub fn records(&self, app: App) -> Vec<RecordId> {
        let register = app.register.read_untracked();
        let mut all: Vec<_> = self.alerts.iter().flat_map(|alert| alert.records().rev()).collect();
        all.sort_by_key(|id| {
            std::cmp::Reverse(register.record(id).map(|record| (record.facts.occurred_at(), record.arrival)))
        });
        all.dedup();
        all.into_iter().cloned().collect()
    }
}

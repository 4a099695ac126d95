//! The alert that an address names.

use super::line::{is_mine, sees};
use crate::{routes, state::App};
use domain::{patterns::Alert, refusal::Code};
use leptos::prelude::{Get, Read};
use serde_json::{Map, Value};

#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub alert: Alert,
    /// Place among those of its name, from 1, and how many there are.
    pub nth: usize,
    pub total: usize,
    pub mine: bool,
}

impl Found {
    /// Verbs name an alert by rule and key, and mean the newest.
    pub fn is_newest(&self) -> bool {
        self.nth == self.total
    }

    pub fn address(&self) -> String {
        super::line::of(&self.alert.name(), (!self.is_newest()).then_some(self.nth))
    }
}

/// `part`: the name as it stands in the address. `nth`: none for the newest. Tracked.
pub fn find(app: App, part: &str, nth: Option<usize>) -> Option<Found> {
    let name = routes::decoded(part)?;
    let (site, roles) = (app.site()?, app.roles());
    let register = app.register.read();
    let of_name = || register.alerts(&site).filter(|alert| alert.name() == name);
    let total = of_name().count();
    let nth = nth.unwrap_or(total);
    let alert = of_name().nth(nth.checked_sub(1)?)?;
    let mine = is_mine(alert, roles);
    sees(alert, roles).then(|| Found { alert: alert.clone(), nth, total, mine })
}

/// Does this person settle this alert, so that no button leads to a refusal? Tracked by the register.
pub fn may(app: App, verb: &str, alert: &Alert) -> bool {
    // Every change of the alert is a change of the register.
    app.register.read();
    app.now.get();
    let with: Map<String, Value> = [("alert".to_owned(), Value::from(alert.name()))].into_iter().collect();
    match app.check(verb, None, with) {
        Ok(()) => true,
        Err(problem) => problem.code == Some(Code::MissingField),
    }
}

/// This person may settle it in one way or the other.
pub fn settles(app: App, alert: &Alert) -> bool {
    may(app, "link_alert", alert) || may(app, "dismiss_alert", alert)
}

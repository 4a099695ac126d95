//! Which alerts a person sees, in which group, and which of them the filters leave.

use super::thing::{Thing, things};
use crate::{pages::oversee::sections::MANAGERS, routes, state::App, text::alerts::alert::categories};
use domain::{
    patterns::{Alert, Rule, State},
    roles::{Role, Roles},
    time::Instant,
};
use leptos::prelude::{Get, Read};
use leptos_router::params::ParamsMap;
use std::{cmp::Reverse, collections::BTreeMap};

/// These see every alert of the site; a lead sees those that go to the lead.
const SEES_ALL: Roles = MANAGERS.with(Role::Provider).with(Role::Inspector).with(Role::Commissioner);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    NeedsYou,
    NeedsOthers,
    Waiting,
    Settled,
}

/// One alert on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub alert: Alert,
    /// Counted from 1 among those of its name, oldest first; none for the newest.
    pub nth: Option<usize>,
    pub group: Group,
    pub mine: bool,
    pub categories: Vec<String>,
    pub things: Vec<Thing>,
}

/// What the filters ask for; empty: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub rule: String,
    pub category: String,
    /// Code of a place, equipment or person.
    pub about: String,
    pub mine: bool,
}

pub fn is_mine(alert: &Alert, roles: Roles) -> bool {
    alert.to.iter().any(|role| roles.has(*role))
}

pub fn sees(alert: &Alert, roles: Roles) -> bool {
    roles.meets(SEES_ALL) || is_mine(alert, roles)
}

/// Those that need somebody first; in each group the newest first. Tracked.
pub fn lines(app: App) -> Vec<Line> {
    let Some(site) = app.site() else { return Vec::new() };
    let (roles, now) = (app.roles(), app.now.get());
    let register = app.register.read();
    let mut counts: BTreeMap<(Rule, &str), usize> = BTreeMap::new();
    let numbered: Vec<(&Alert, usize)> = register
        .alerts(&site)
        .map(|alert| {
            let count = counts.entry((alert.rule, &alert.key)).or_default();
            *count += 1;
            (alert, *count)
        })
        .collect();
    let line = |(alert, nth): (&Alert, usize)| {
        let mine = is_mine(alert, roles);
        let is_newest = counts.get(&(alert.rule, alert.key.as_str())) == Some(&nth);
        Line {
            alert: alert.clone(),
            nth: (!is_newest).then_some(nth),
            group: group(alert, mine, now),
            mine,
            categories: categories(alert, &register),
            things: things(alert, &register),
        }
    };
    let mut lines: Vec<Line> =
        numbered.into_iter().filter(|(alert, _)| sees(alert, roles)).map(line).collect();
    lines.sort_by_key(|line| (line.group, Reverse(line.alert.raised_at)));
    lines
}

fn group(alert: &Alert, mine: bool, now: Instant) -> Group {
    match alert.state(now) {
        State::Open if mine => Group::NeedsYou,
        State::Open => Group::NeedsOthers,
        State::Snoozed => Group::Waiting,
        State::Linked | State::Dismissed => Group::Settled,
    }
}

impl Group {
    pub const ALL: [Group; 4] = [Group::NeedsYou, Group::NeedsOthers, Group::Waiting, Group::Settled];

    pub fn label(self) -> &'static str {
        match self {
            Group::NeedsYou => "Needs you",
            Group::NeedsOthers => "Needs somebody else",
            Group::Waiting => "Waiting",
            Group::Settled => "Settled",
        }
    }
}

impl Line {
    pub fn address(&self) -> String {
        of(&self.alert.name(), self.nth)
    }
}

/// An alert that is not the newest of its name has its number behind it.
pub fn of(name: &str, nth: Option<usize>) -> String {
    let newest = routes::alert(name);
    nth.map_or_else(|| newest.clone(), |nth| format!("{newest}?n={nth}"))
}

impl Wanted {
    pub fn read(query: &ParamsMap) -> Wanted {
        let text = |name: &str| query.get(name).unwrap_or_default();
        let mine = query.get("mine").is_some();
        let about = routes::decoded(&text("about")).unwrap_or_default();
        Wanted { rule: text("rule"), category: text("category"), about, mine }
    }

    pub fn address(&self) -> String {
        let mut parts = Vec::new();
        if !self.rule.is_empty() {
            parts.push(format!("rule={}", self.rule));
        }
        if !self.category.is_empty() {
            parts.push(format!("category={}", self.category));
        }
        if !self.about.is_empty() {
            parts.push(format!("about={}", routes::encoded(&self.about)));
        }
        if self.mine {
            parts.push("mine=1".to_owned());
        }
        let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
        format!("{}{query}", routes::ALERTS)
    }

    pub fn leaves(&self, line: &Line) -> bool {
        let rule = Rule::from_code(&self.rule);
        (!self.mine || line.mine)
            && (self.rule.is_empty() || rule == Some(line.alert.rule))
            && (self.category.is_empty() || line.categories.contains(&self.category))
            && (self.about.is_empty() || line.things.iter().any(|thing| thing.code() == self.about))
    }
}

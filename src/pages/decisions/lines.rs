//! Lines of the decision register: which decisions, in which order, and which of them are wanted. Pure.

use crate::text::{measures::turned, review::record::reference};
use domain::{
    ids::EventId,
    record::{Notification, Record, Standing, StepDecision},
    register::Register,
    sight::Viewer,
    time::{london_date, parse_date},
};
use leptos_router::params::ParamsMap;
use std::sync::Arc;

/// One decision about who must be told.
#[derive(Clone, Debug)]
pub struct Line {
    /// Place in the order of arrival at this site, from 1.
    pub number: usize,
    pub record: Arc<Record>,
    pub id: EventId,
}

/// How a decision stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    InForce,
    /// A later one took its place.
    Replaced,
    /// Two people decided, and nobody has chosen yet.
    Contested,
    NotChosen,
}

impl PartialEq for Line {
    fn eq(&self, other: &Line) -> bool {
        (self.number, &self.id, self.record.version) == (other.number, &other.id, other.record.version)
    }
}

impl Line {
    pub fn decision(&self) -> Option<&StepDecision> {
        self.record.decision_of(&self.id)
    }

    pub fn said(&self) -> Option<&Notification> {
        match &self.decision()?.body {
            domain::record::DecisionBody::Notification(said) => Some(said),
            _ => None,
        }
    }

    pub fn stands(&self) -> Stands {
        let in_force = self.record.notification_decision().is_some_and(|decision| decision.id == self.id);
        match self.decision().map(|decision| decision.standing) {
            _ if self.record.conflict(3).contains(&self.id) => Stands::Contested,
            Some(Standing::NotKept) => Stands::NotChosen,
            Some(Standing::Rival) => Stands::Contested,
            _ if in_force => Stands::InForce,
            _ => Stands::Replaced,
        }
    }

    /// Bodies that this decision says must be told, in the order of the vocabulary.
    pub fn needed(&self) -> Vec<&'static str> {
        let said = self.said();
        let is_needed =
            |body: &str| said.and_then(|said| said.bodies.get(body)).is_some_and(|body| body.needed);
        domain::vocabulary::BODY.codes.iter().map(|body| body.code).filter(|body| is_needed(body)).collect()
    }

    /// Bodies that were thought about and need not be told, each with the reason; an empty reason where none is written
    /// or this reader gets the decision without its words.
    pub fn not_needed(&self) -> Vec<(&'static str, String)> {
        let Some(said) = self.said() else { return Vec::new() };
        let codes = domain::vocabulary::BODY.codes.iter().filter_map(|code| {
            let body = said.bodies.get(code.code)?;
            let is_thought_about = body.suggested != "not_needed" || !body.reason.is_empty();
            (!body.needed && is_thought_about).then(|| (code.code, body.reason.clone()))
        });
        codes.collect()
    }

    /// The reason that was written for this body; may be empty.
    pub fn why(&self, body: &str) -> &str {
        self.said().and_then(|said| said.bodies.get(body)).map_or("", |body| body.reason.as_str())
    }

    /// In force, and the service suggests something else.
    pub fn differs(&self) -> bool {
        let in_force = self.record.notification_decision().is_some_and(|decision| decision.id == self.id);
        in_force && self.record.second_look().is_some()
    }

    /// Those of the bodies to be told that nobody has told yet, while the decision is in force.
    pub fn untold(&self) -> Vec<&'static str> {
        match self.stands() {
            Stands::InForce => self.needed().into_iter().filter(|body| !self.record.is_sent(body)).collect(),
            _ => Vec::new(),
        }
    }
}

/// Every decision of a site that this person may see, in the order of arrival.
pub fn lines(register: &Register, viewer: &Viewer<'_>, site: &str) -> Vec<Line> {
    let of_site = register.decisions(site).enumerate();
    of_site
        .filter(|(_, (record, _))| viewer.sees(record))
        .filter_map(|(place, (record, decision))| {
            let record = register.shared_record(&record.id)?;
            Some(Line { number: place + 1, record, id: decision.id.clone() })
        })
        .collect()
}

/// What is wanted, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub outcome: String,
    pub body: String,
    pub category: String,
    pub by: String,
    /// `untold`: only what is needed and not told yet. `changed`: only changes of a decision. `differs`: only those in
    /// force about which the service suggests something else.
    pub only: String,
    /// First and last London date of the decision.
    pub from: String,
    pub to: String,
    /// `oldest`: in the order of arrival; else the newest first.
    pub order: String,
}

/// Names in the address.
const NAMES: [&str; 8] = ["outcome", "body", "category", "by", "only", "from", "to", "order"];

impl Wanted {
    pub fn read(query: &ParamsMap) -> Wanted {
        let mut wanted = Wanted::default();
        for name in NAMES {
            *wanted.field(name) = query.get(name).unwrap_or_default();
        }
        wanted
    }

    pub fn field(&mut self, name: &str) -> &mut String {
        match name {
            "outcome" => &mut self.outcome,
            "body" => &mut self.body,
            "category" => &mut self.category,
            "by" => &mut self.by,
            "only" => &mut self.only,
            "from" => &mut self.from,
            "to" => &mut self.to,
            _ => &mut self.order,
        }
    }

    /// What is wrong with dates that nothing can lie between.
    pub fn turned(&self) -> Option<String> {
        let (from, to) = (parse_date(&self.from)?, parse_date(&self.to)?);
        (from > to).then(|| turned(from, to))
    }

    /// `?outcome=notify_now&by=rm`; empty when everything is wanted.
    pub fn query(&self) -> String {
        let mut copy = self.clone();
        let set = NAMES.iter().filter_map(|name| {
            let value = copy.field(name).clone();
            (!value.is_empty()).then(|| format!("{name}={value}"))
        });
        let parts: Vec<String> = set.collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    pub fn wants(&self, line: &Line) -> bool {
        let (Some(decision), Some(said)) = (line.decision(), line.said()) else { return false };
        let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        let day = london_date(decision.at);
        let after = parse_date(&self.from).is_none_or(|from| from <= day);
        let before = parse_date(&self.to).is_none_or(|to| day <= to);
        let bodies = if self.only == "untold" { line.untold() } else { line.needed() };
        let body = self.body.is_empty() || bodies.contains(&self.body.as_str());
        let only = match self.only.as_str() {
            "untold" => !bodies.is_empty(),
            "changed" => said.revises,
            "differs" => line.differs(),
            _ => true,
        };
        is(&self.outcome, &said.outcome)
            && is(&self.category, line.record.facts.category())
            && is(&self.by, decision.by.code())
            && after
            && before
            && body
            && only
    }

    /// The wanted lines in the wanted order.
    pub fn of(&self, lines: &[Line]) -> Vec<Line> {
        let mut found: Vec<Line> = lines.iter().filter(|line| self.wants(line)).cloned().collect();
        if self.order != "oldest" {
            found.reverse();
        }
        found
    }
}

/// Records that somebody means by a reference: of ours, of a body that was told, or of another system.
pub fn found<'a>(
    register: &'a Register,
    viewer: &'a Viewer<'_>,
    site: &'a str,
    typed: &str,
) -> Vec<&'a Record> {
    /// Fewer letters fit everything.
    const LEAST: usize = 3;
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
    };
    let sought = plain(typed);
    let sought = sought.strip_prefix("NM").filter(|rest| rest.len() >= LEAST).unwrap_or(&sought).to_owned();
    if sought.len() < LEAST {
        return Vec::new();
    }
    let names = |record: &Record| {
        let linked = record.links.iter().filter_map(|link| match &link.target {
            domain::record::LinkTarget::Other { reference, .. } => Some(plain(reference)),
            domain::record::LinkTarget::Record(_) => None,
        });
        let told = record.sent.iter().map(|sent| plain(&sent.reference));
        [reference(&record.id), plain(&record.id)].into_iter().chain(linked).chain(told).collect::<Vec<_>>()
    };
    let mut found: Vec<&Record> = register
        .of_site(site)
        .filter(|record| viewer.sees(record) && names(record).iter().any(|name| name.contains(&sought)))
        .collect();
    // The record's own reference first, then the newest.
    found.sort_by_key(|record| (reference(&record.id) != sought, std::cmp::Reverse(record.reported_at)));
    found
}

#[cfg(test)]
mod tests;

//! The alerts of one site, with the indexes that the rules look in. Sites never mix.

use super::{
    Alert, Rule,
    agenda::Agenda,
    alert::Listed,
    lane::{Lane, Sequel},
    place::Place,
};
use crate::{
    category::CategorySpec,
    directory::{Directory, RuleNumbers, Settings},
    event::{Event, Mark, Received},
    ids::{EventId, SiteId},
    record::Record,
    register::Records,
    shared::{Hashed, Rows, Shelf},
    time::Instant,
};
use chrono::NaiveDate;
use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
    sync::{Arc, LazyLock},
};

/// What one place knows, as the rules may look at it.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub directory: &'a Directory,
    pub records: &'a Records,
}

/// What made a rule run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cause {
    pub raised_at: Instant,
    pub late: bool,
    /// The record whose own event it is.
    pub own: Option<u32>,
}

/// What a rule other than a window rule found.
pub(super) struct Finding<'a> {
    pub rule: Rule,
    pub key: &'a str,
    pub spec: Option<&'static CategorySpec>,
    /// An action, verdict, outage or answer; at most one alert is raised for it.
    pub subject: Option<&'a EventId>,
    /// Where there is no subject: a new alert is raised only for one of these in none yet.
    pub fresh: &'a [u32],
    pub records: &'a [u32],
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Board {
    pub(super) site: SiteId,
    pub(super) lanes: Rows<Arc<Lane>>,
    pub(super) sequels: Rows<Arc<Sequel>>,
    pub(super) alerts: Rows<Arc<Alert>>,
    pub(super) names: Names,
    /// By arrival number; none for records of other sites.
    pub(super) entries: Rows<Option<Arc<Entry>>>,
    /// Alert of a repair -> `Sequel::unseen` when it last listed every follower.
    pub(super) whole_repairs: Shelf<u32, u32>,
    pub(super) agenda: Agenda,
    /// Unit -> last dates that silence was raised for, or passed over.
    pub(super) silent_since: BTreeMap<String, BTreeSet<NaiveDate>>,
}

/// Numbers by name, one map for each kind of thing.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    maps: BTreeMap<Kind, Hashed<Arc<str>, u32>>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Lane(Rule),
    Unit,
    ComesBack(usize),
    RepairOfAsset,
    RepairOfSpot,
    /// The newest alert.
    Alert(Rule),
}

/// What is known of one record.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// None while it is not in play.
    pub place: Option<Place>,
    /// Numbers of the alerts that list it, in ascending order.
    pub listed_in: Vec<u32>,
    /// The newest alert that it came back.
    pub came_back: Option<u32>,
    /// An alert that it was asked for again while it waits; only the newest of those can be open.
    pub waited: Option<u32>,
}

impl Names {
    pub fn get(&self, kind: Kind, name: &str) -> Option<u32> {
        self.maps.get(&kind)?.get(name).copied()
    }

    pub fn set(&mut self, kind: Kind, name: &str, number: u32) {
        self.maps.entry(kind).or_default().insert(Arc::from(name), number);
    }
}

impl<'a> Known<'a> {
    pub fn record(&self, arrival: u32) -> Option<&'a Record> {
        self.records.at(arrival).map(|record| &**record)
    }

    pub fn settings(&self, site: &str) -> &'a Settings {
        static USUAL: LazyLock<Settings> = LazyLock::new(Settings::default);
        self.directory.sites.get(site).map_or(&USUAL, |site| &site.settings)
    }

    /// Numbers of the rules that were in force at a moment.
    pub fn rules_at(&self, site: &str, at: Instant) -> &'a RuleNumbers {
        match self.directory.sites.get(site) {
            Some(site) => site.rules_at(at),
            None => &self.settings(site).rules,
        }
    }
}

impl Cause {
    /// An event at the moment it became known.
    pub fn event(received: &Received, own: Option<u32>) -> Cause {
        let judgement = &received.judgement;
        Cause { raised_at: judgement.received_at, late: judgement.marks.contains(&Mark::LateSync), own }
    }
}

impl Board {
    pub fn new(site: &SiteId) -> Self {
        Self { site: site.clone(), ..Self::default() }
    }

    /// The next moment at which time alone makes a rule true.
    pub fn next_moment(&self) -> Option<Instant> {
        self.agenda.next()
    }

    /// Oldest first.
    pub fn alerts(&self) -> impl DoubleEndedIterator<Item = &Alert> {
        self.alerts.iter().map(|alert| &**alert)
    }

    pub fn newest(&self, rule: Rule, key: &str) -> Option<&Alert> {
        self.newest_number(rule, key).and_then(|number| self.alert(number))
    }

    /// Alerts that list a record, oldest first.
    pub fn alerts_with(&self, record: u32) -> impl Iterator<Item = &Alert> {
        let entry = self.entry(record);
        entry.into_iter().flat_map(|entry| &entry.listed_in).filter_map(|number| self.alert(*number))
    }

    /// A person linked, dismissed or snoozed an alert.
    pub fn settle_alert(&mut self, event: &Event, at: Instant) {
        let Some((rule, key)) = event.text("alert").and_then(super::name_parts) else { return };
        let Some(number) = self.newest_number(rule, key) else { return };
        if let Some(alert) = self.alerts.get_mut(number as usize) {
            Arc::make_mut(alert).settle(event, at);
        }
    }

    pub(super) fn alert(&self, number: u32) -> Option<&Alert> {
        self.alerts.get(number as usize).map(|alert| &**alert)
    }

    /// The open or snoozed alert that records join.
    pub(super) fn joinable(&self, rule: Rule, key: &str) -> Option<u32> {
        self.open(self.newest_number(rule, key))
    }

    pub(super) fn open(&self, alert: Option<u32>) -> Option<u32> {
        alert.filter(|number| self.alert(*number).is_some_and(|alert| !alert.is_settled()))
    }

    pub(super) fn is_listed(&self, record: u32, alert: u32) -> bool {
        self.entry(record).is_some_and(|entry| entry.listed_in.binary_search(&alert).is_ok())
    }

    pub(super) fn is_in_any(&self, record: u32, rule: Rule, key: &str) -> bool {
        self.is_in_any_up_to(record, self.newest_number(rule, key))
    }

    /// In this alert or an earlier one of its rule and key.
    pub(super) fn is_in_any_up_to(&self, record: u32, alert: Option<u32>) -> bool {
        self.up_to(alert).any(|alert| self.is_listed(record, alert))
    }

    pub(super) fn has_subject(&self, rule: Rule, key: &str, subject: &EventId) -> bool {
        let mut alerts = self.numbers(rule, key).filter_map(|number| self.alert(number));
        alerts.any(|alert| alert.is_about(subject))
    }

    /// Joins the open alert of the rule and key, or raises one. Gives its number, or none where it is old news.
    pub(super) fn find(&mut self, known: Known<'_>, finding: &Finding<'_>, cause: Cause) -> Option<u32> {
        let Finding { rule, key, .. } = *finding;
        let number = match self.joinable(rule, key) {
            Some(number) => number,
            None => {
                let is_new = match finding.subject {
                    Some(subject) => !self.has_subject(rule, key, subject),
                    None => finding.fresh.iter().any(|record| !self.is_in_any(*record, rule, key)),
                };
                if !is_new {
                    return None;
                }
                self.raise(rule, key, finding.spec, cause)
            }
        };
        for record in finding.records {
            self.list(known, number, *record, cause);
        }
        if let (Some(subject), Some(alert)) = (finding.subject, self.alerts.get_mut(number as usize)) {
            Arc::make_mut(alert).note_subject(subject);
        }
        Some(number)
    }

    pub(super) fn raise(
        &mut self,
        rule: Rule,
        key: &str,
        spec: Option<&'static CategorySpec>,
        cause: Cause,
    ) -> u32 {
        let number = count(self.alerts.len());
        let mut alert = Alert::new(rule, key, &self.site, cause.raised_at);
        alert.late = cause.late;
        alert.to = rule.to(spec);
        alert.escalation = spec.filter(|_| rule.spec().escalates).map(|spec| spec.escalation);
        alert.before = self.newest_number(rule, key);
        self.names.set(Kind::Alert(rule), key, number);
        self.alerts.push(Arc::new(alert));
        number
    }

    /// Adds a record to an alert, if it is not in it yet.
    pub(super) fn list(&mut self, known: Known<'_>, number: u32, arrival: u32, cause: Cause) {
        if self.is_listed(arrival, number) {
            return;
        }
        let Some(record) = known.record(arrival) else { return };
        let indexed = self.place(arrival).map(|place| place.alike.occurred_at);
        let occurred_at = indexed.unwrap_or_else(|| record.facts.occurred_at());
        let Some(alert) = self.alerts.get_mut(number as usize) else { return };
        let late = cause.late && cause.own == Some(arrival);
        Arc::make_mut(alert).list(Listed { occurred_at, arrival, id: record.id.clone(), late });
        let listed_in = &mut self.entry_mut(arrival).listed_in;
        let place = listed_in.partition_point(|known| *known < number);
        listed_in.insert(place, number);
    }

    /// One more role is told of the newest alert of a rule and key.
    pub(super) fn tell(&mut self, rule: Rule, key: &str, role: crate::roles::Role) {
        let Some(number) = self.newest_number(rule, key) else { return };
        if let Some(alert) = self.alerts.get_mut(number as usize).filter(|alert| !alert.to.contains(&role)) {
            Arc::make_mut(alert).to.push(role);
        }
    }

    /// Alerts of a rule and key, newest first.
    fn numbers(&self, rule: Rule, key: &str) -> impl Iterator<Item = u32> {
        self.up_to(self.newest_number(rule, key))
    }

    fn up_to(&self, alert: Option<u32>) -> impl Iterator<Item = u32> {
        iter::successors(alert, |number| self.alert(*number)?.before)
    }

    pub(super) fn newest_number(&self, rule: Rule, key: &str) -> Option<u32> {
        self.names.get(Kind::Alert(rule), key)
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

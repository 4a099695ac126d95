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
    directory::{Directory, Settings},
    event::{Event, Mark, Received},
    ids::{EventId, RecordId, SiteId},
    record::Record,
    time::Instant,
};
use chrono::NaiveDate;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

/// What one place knows, as the rules may look at it.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub directory: &'a Directory,
    pub records: &'a BTreeMap<RecordId, Arc<Record>>,
    pub arrivals: &'a [RecordId],
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
    pub(super) lanes: Vec<Arc<Lane>>,
    pub(super) lane_names: BTreeMap<Option<Rule>, BTreeMap<String, u32>>,
    pub(super) sequels: Vec<Arc<Sequel>>,
    pub(super) sequel_names: BTreeMap<usize, BTreeMap<String, u32>>,
    pub(super) places: BTreeMap<u32, Place>,
    pub(super) alerts: Vec<Arc<Alert>>,
    /// Numbers of the alerts of a rule and key, oldest first.
    alert_names: BTreeMap<Rule, BTreeMap<String, Vec<u32>>>,
    /// Record -> numbers of the alerts that list it.
    pub(super) listed_in: BTreeMap<u32, Vec<u32>>,
    /// Alert of a repair -> `Sequel::unseen` when it last listed every follower.
    pub(super) whole_repairs: BTreeMap<u32, u32>,
    pub(super) agenda: Agenda,
    /// Unit -> last dates that silence was raised for, or passed over.
    pub(super) silent_since: BTreeMap<String, BTreeSet<NaiveDate>>,
}

impl<'a> Known<'a> {
    pub fn record(&self, arrival: u32) -> Option<&'a Record> {
        self.records.get(self.arrivals.get(arrival as usize)?).map(|record| &**record)
    }

    pub fn settings(&self, site: &str) -> &'a Settings {
        static USUAL: LazyLock<Settings> = LazyLock::new(Settings::default);
        self.directory.sites.get(site).map_or(&USUAL, |site| &site.settings)
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
        self.listed_in.get(&record).into_iter().flatten().filter_map(|number| self.alert(*number))
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
        let number = self.newest_number(rule, key)?;
        self.alert(number).is_some_and(|alert| !alert.is_settled()).then_some(number)
    }

    pub(super) fn is_listed(&self, record: u32, alert: u32) -> bool {
        self.listed_in.get(&record).is_some_and(|alerts| alerts.contains(&alert))
    }

    pub(super) fn is_in_any(&self, record: u32, rule: Rule, key: &str) -> bool {
        self.numbers(rule, key).iter().any(|alert| self.is_listed(record, *alert))
    }

    pub(super) fn has_subject(&self, rule: Rule, key: &str, subject: &EventId) -> bool {
        let mut alerts = self.numbers(rule, key).iter().filter_map(|number| self.alert(*number));
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
        self.alerts.push(Arc::new(alert));
        self.alert_names.entry(rule).or_default().entry(key.to_owned()).or_default().push(number);
        number
    }

    /// Adds a record to an alert, if it is not in it yet.
    pub(super) fn list(&mut self, known: Known<'_>, number: u32, arrival: u32, cause: Cause) {
        let Some(alert) = self.alerts.get_mut(number as usize) else { return };
        let alerts = self.listed_in.entry(arrival).or_default();
        if alerts.contains(&number) {
            return;
        }
        let Some(id) = known.arrivals.get(arrival as usize) else { return };
        let indexed = self.places.get(&arrival).map(|place| place.alike.occurred_at);
        let Some(occurred_at) = indexed.or_else(|| Some(known.record(arrival)?.facts.occurred_at())) else {
            return;
        };
        alerts.push(number);
        let late = cause.late && cause.own == Some(arrival);
        Arc::make_mut(alert).list(Listed { occurred_at, arrival, id: id.clone(), late });
    }

    /// One more role is told of the newest alert of a rule and key.
    pub(super) fn tell(&mut self, rule: Rule, key: &str, role: crate::roles::Role) {
        let Some(number) = self.newest_number(rule, key) else { return };
        if let Some(alert) = self.alerts.get_mut(number as usize).filter(|alert| !alert.to.contains(&role)) {
            Arc::make_mut(alert).to.push(role);
        }
    }

    fn numbers(&self, rule: Rule, key: &str) -> &[u32] {
        self.alert_names.get(&rule).and_then(|names| names.get(key)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn newest_number(&self, rule: Rule, key: &str) -> Option<u32> {
        self.numbers(rule, key).last().copied()
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

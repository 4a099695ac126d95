//! The register: every record that one place knows, folded from the ordered log.
//! Two places that hold the same events in the same order hold the same register.
//! Cloning is cheap: records are shared until one of them changes.

mod records;
mod replay;
mod rules;

use crate::{
    audits::Book,
    directory::Directory,
    event::{Outcome, Received},
    ids::{EventId, RecordId, SiteId},
    record::{Record, StepDecision},
    shared::{Hashed, Rows},
    sight::is_sealed,
    time::Instant,
    verbs::{self, VerbSpec},
};
pub(crate) use records::Records;
use rules::Boards;
use std::{collections::BTreeMap, sync::Arc};

/// The one unit of a site without units. Source: model.md section 11.6.
pub(crate) const MAIN_UNIT: &str = "main";

#[derive(Clone, Debug, Default)]
pub struct Register {
    directory: Arc<Directory>,
    records: Records,
    /// Every event known here, by id.
    events: Hashed<EventId, Arc<Received>>,
    /// Reports in confidence that were set aside and make no record, by the record that they would have made.
    sealed: Hashed<RecordId, Arc<Received>>,
    /// Step 3 decisions in order of arrival.
    decisions: Rows<(RecordId, EventId)>,
    /// Events set aside, in order of arrival.
    attention: Rows<Arc<Received>>,
    /// The first of them with each id.
    set_aside: Hashed<EventId, Arc<Received>>,
    /// Events about a site, in order of arrival.
    site_events: Rows<Arc<Received>>,
    /// Alerts.
    boards: Boards,
    /// Audits, oversights and denominators, by site.
    pub(crate) books: BTreeMap<SiteId, Arc<Book>>,
    /// `received_at` of the latest event taken.
    clock: Option<Instant>,
}

impl Register {
    pub fn new(directory: Arc<Directory>) -> Self {
        Self { directory, ..Self::default() }
    }

    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    pub fn shared_directory(&self) -> Arc<Directory> {
        self.directory.clone()
    }

    /// The provider's lists changed; records stay as they are.
    pub fn set_directory(&mut self, directory: Arc<Directory>) {
        self.run_rules();
        if self.knew_too_little(&directory) {
            return self.fold_again(directory);
        }
        self.directory = directory;
        if let Some(now) = self.clock {
            self.after_directory(now);
        }
    }

    /// Takes the next event in order of arrival.
    pub fn take(&mut self, received: Arc<Received>) {
        if received.judgement.result == Outcome::Refused {
            return;
        }
        self.settle_before(received.judgement.received_at);
        let may_wait = self.may_wait(&received);
        if !may_wait {
            self.run_rules();
        }
        if received.judgement.result == Outcome::SetAside {
            self.attention.push(received.clone());
            if self.set_aside.get(&received.event.id).is_none() {
                self.set_aside.insert(received.event.id.clone(), received.clone());
            }
            if let Some(record) = &received.event.record
                && is_sealed(&received.event)
                && self.sealed.get(record).is_none()
            {
                self.sealed.insert(record.clone(), received.clone());
            }
            self.fold(&received);
            return;
        }
        self.events.insert(received.event.id.clone(), received.clone());
        if received.event.record.is_some() {
            self.fold(&received);
            match may_wait {
                true => self.wait(received),
                false => self.after_record_event(&received),
            }
        } else {
            self.site_events.push(received.clone());
            self.after_site_event(&received);
        }
    }

    fn fold(&mut self, received: &Arc<Received>) {
        let Some(id) = received.event.record.clone() else { return };
        if let Some(record) = self.records.get_mut(&id) {
            // What another site wrote about it was set aside there, and is nothing to this one.
            if record.site != received.event.site {
                return;
            }
            let record = Arc::make_mut(record);
            let decided = record.decisions.len();
            record.take(received);
            if record.decisions.get(decided).is_some_and(|decision| decision.step == 3) {
                self.decisions.push((id, received.event.id.clone()));
            }
        } else if received.judgement.result != Outcome::SetAside
            && verbs::find(&received.event.verb).is_some_and(VerbSpec::makes_record)
            && let Some(record) = Record::from_report(received)
        {
            self.records.push(record);
        }
    }

    pub fn record(&self, id: &str) -> Option<&Record> {
        self.records.get(id).map(|record| &**record)
    }

    pub fn shared_record(&self, id: &str) -> Option<Arc<Record>> {
        self.records.get(id).cloned()
    }

    /// To keep beside the register, in the order of their ids.
    pub fn shared_records(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.values()
    }

    /// In the order of their ids.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values().map(|record| &**record)
    }

    /// In the order in which their reports arrived.
    pub fn arrivals(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.records.arrivals()
    }

    pub fn of_site<'a>(&'a self, site: &'a str) -> impl Iterator<Item = &'a Record> {
        self.records().filter(move |record| &*record.site == site)
    }

    /// An accepted event, wherever it belongs.
    pub fn event(&self, id: &str) -> Option<&Arc<Received>> {
        self.events.get(id)
    }

    /// The report in confidence that was set aside and would have made this record.
    pub fn sealed(&self, record: &str) -> Option<&Received> {
        self.sealed.get(record).map(|received| &**received)
    }

    /// An event that is known here, accepted or set aside.
    pub fn known(&self, id: &str) -> Option<&Arc<Received>> {
        self.event(id).or_else(|| self.set_aside.get(id))
    }

    pub fn site_events(&self) -> impl Iterator<Item = &Arc<Received>> {
        self.site_events.iter()
    }

    /// Events of a site that are kept but no longer fit, for the registered manager.
    pub fn attention<'a>(&'a self, site: &'a str) -> impl Iterator<Item = &'a Received> {
        self.attention
            .iter()
            .map(|received| &**received)
            .filter(move |received| &*received.event.site == site)
    }

    /// Every step 3 decision of a site in order of arrival, revisions and rivals included.
    pub fn decisions<'a>(&'a self, site: &'a str) -> impl Iterator<Item = (&'a Record, &'a StepDecision)> {
        self.decisions
            .iter()
            .filter_map(|(record, event)| {
                let record = self.record(record)?;
                Some((record, record.decision_of(event)?))
            })
            .filter(move |(record, _)| &*record.site == site)
    }

    /// Unit of a record: as reported, or the site's first unit, or `main` at a site without units.
    pub fn unit<'a>(&'a self, record: &'a Record) -> &'a str {
        let first = || self.directory.sites.get(&record.site)?.units.first().map(String::as_str);
        record.facts.code("unit").or_else(first).unwrap_or(MAIN_UNIT)
    }

    /// Other live records that may be the same event. A hint only. Source: model.md section 3.
    pub fn possible_duplicates<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a Record> {
        let near = |other: &Record| {
            (other.facts.occurred_at() - record.facts.occurred_at()).num_seconds().abs() <= 7200
        };
        let place = record.facts.code("location");
        self.of_site(&record.site).filter(move |other| {
            place.is_some()
                && other.id != record.id
                && other.state.is_live()
                && other.facts.code("location") == place
                && other.facts.category() == record.facts.category()
                && other.facts.subtype() == record.facts.subtype()
                && near(other)
        })
    }
}

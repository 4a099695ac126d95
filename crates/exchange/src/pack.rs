//! What goes into an export, and how people look in it. One pack is one export: its stand-ins for person codes mean
//! nothing outside it.

use crate::Hidden;
use chrono::NaiveDate;
use domain::{
    audits::Period,
    category::Cadence,
    event::Author,
    ids::{PersonCode, SiteId},
    patterns::{Alert, Rule},
    record::{Record, Reporter},
    register::Register,
    time::{self, Instant},
};
use std::{collections::BTreeMap, sync::OnceLock};

/// What is asked for. Dates are London dates, both included.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// None: every site of the register.
    pub site: Option<SiteId>,
    /// Id of a category; none: all.
    pub category: Option<String>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// With words that people typed, person codes and staff codes. Otherwise codes, dates and numbers only, a
    /// stand-in for each person, and the roles of staff.
    pub identified: bool,
    /// Why people are in it, by whom and when it was made: stands in every file of its own that names people. None in a
    /// pack of evidence, which says it once, in its manifest and on its first page.
    pub why: Option<String>,
    /// The moment of the export: what is open, snoozed or due is said as of then.
    pub now: Instant,
}

impl Selection {
    /// What must stand in a file that names people; none where nobody is named.
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref().filter(|_| self.identified)
    }
}

/// A selection of a register, with the stand-ins for the people in it.
#[derive(Clone, Debug)]
pub struct Pack<'a> {
    pub register: &'a Register,
    pub selection: &'a Selection,
    stand_ins: BTreeMap<PersonCode, String>,
    /// Worked out when it is first asked for.
    hidden: OnceLock<Hidden>,
}

impl<'a> Pack<'a> {
    pub fn new(register: &'a Register, selection: &'a Selection) -> Self {
        let mut pack = Pack { register, selection, stand_ins: BTreeMap::new(), hidden: OnceLock::new() };
        let mut people = Vec::new();
        for record in pack.records() {
            people.extend(record.facts.people());
        }
        for alert in pack.alerts() {
            people.extend(person_of(alert).map(PersonCode::from));
        }
        for person in people {
            let number = pack.stand_ins.len() + 1;
            pack.stand_ins.entry(person).or_insert_with(|| format!("person-{number:03}"));
        }
        pack
    }

    /// What records are called whose reporters wished to stay unknown. Empty with people in the pack.
    pub fn hidden(&self) -> &Hidden {
        self.hidden.get_or_init(|| match self.selection.identified {
            true => Hidden::default(),
            false => Hidden::of(self.register),
        })
    }

    /// What must stand in a file that names people.
    pub fn why(&self) -> Option<&'a str> {
        self.selection.why()
    }

    /// Ids of the sites, in their order.
    pub fn sites(&self) -> impl Iterator<Item = &'a SiteId> + use<'a> {
        let only = self.selection.site.as_ref();
        let all = self.register.directory().sites.keys();
        all.filter(move |site| only.is_none_or(|only| only == *site))
    }

    /// Records that happened on the dates, by when they happened, then arrival. Withdrawn and duplicate ones too.
    pub fn records(&self) -> Vec<&'a Record> {
        let Selection { site, category, from, to, .. } = self.selection;
        let mut records: Vec<&Record> = self
            .register
            .records()
            .filter(|record| site.as_ref().is_none_or(|site| *site == record.site))
            .filter(|record| category.as_ref().is_none_or(|category| record.facts.category() == category))
            .filter(|record| (*from..=*to).contains(&record.facts.occurred_on()))
            .collect();
        records.sort_by_key(|record| (record.facts.occurred_at(), record.arrival));
        records
    }

    /// Alerts raised on the dates, by site, oldest first. Of one category: those that list a record of it.
    pub fn alerts(&self) -> Vec<&'a Alert> {
        let dates = self.selection.from..=self.selection.to;
        let is_of = |alert: &Alert| {
            let Some(category) = &self.selection.category else { return true };
            let mut records = alert.records().filter_map(|id| self.register.record(id));
            records.any(|record| record.facts.category() == category)
        };
        self.sites()
            .flat_map(|site| self.register.alerts(site))
            .filter(|alert| dates.contains(&time::london_date(alert.raised_at)) && is_of(alert))
            .collect()
    }

    /// Does any date of a period lie in the selection?
    pub fn meets(&self, period: Period) -> bool {
        period.first() <= self.selection.to && self.selection.from <= period.last()
    }

    /// Months of the selection.
    pub fn months(&self) -> impl Iterator<Item = Period> + use<'a> {
        let to = self.selection.to;
        let first = Period::of(Cadence::Monthly, self.selection.from);
        std::iter::successors(Some(first), |month| Some(month.next()))
            .take_while(move |month| month.first() <= to)
    }

    /// A person's code, or the stand-in for it.
    pub fn person<'p>(&'p self, code: &'p str) -> &'p str {
        if self.selection.identified {
            return code;
        }
        self.stand_in(code)
    }

    /// The stand-in for a person's code, in any pack.
    pub(crate) fn stand_in(&self, code: &str) -> &str {
        self.stand_ins.get(code).map_or("person", String::as_str)
    }

    /// Code of the author, where the pack may have it.
    pub fn staff(&self, author: &Author) -> Option<String> {
        self.selection.identified.then(|| author.code().to_owned())
    }

    /// Role codes that the author held at that site on that date.
    pub fn roles(&self, author: &Author, site: &str, at: Instant) -> Vec<&'static str> {
        let Author::Staff(who) = author else { return Vec::new() };
        let held = self.register.directory().held(who, site, time::london_date(at));
        held.all().iter().map(|role| role.code()).collect()
    }

    /// Roles of the reporter; none where the reporter wished to stay unknown.
    pub fn reporter_roles(&self, record: &Record) -> Vec<&'static str> {
        match &record.reporter {
            Reporter::Named(who) => self.roles(&Author::Staff(who.clone()), &record.site, record.reported_at),
            Reporter::Confidential(_) | Reporter::Anonymous => Vec::new(),
        }
    }

    /// Code of a place, unit or asset. Without people in the pack: only one of the provider's own lists, and no
    /// place where somebody lives.
    pub fn listed(&self, field: &str, record: &Record) -> Option<&'a str> {
        let directory = self.register.directory();
        let code = self.register.record(&record.id)?.facts.code(field)?;
        let is_open = match field {
            "unit" => directory
                .sites
                .get(&record.site)
                .is_some_and(|site| site.units.iter().any(|unit| unit == code)),
            "asset" => directory.assets.contains_key(code),
            _ => self.is_open_place(code),
        };
        (self.selection.identified || is_open).then_some(code)
    }

    /// The key of an alert. Without people in the pack: a stand-in for a person, and nothing that somebody typed.
    pub fn alert_key(&self, alert: &Alert) -> String {
        if self.selection.identified {
            return alert.key.clone();
        }
        let directory = self.register.directory();
        let hidden = || "not-shown".to_owned();
        if alert.rule.spec().names_person {
            let person = person_of(alert).unwrap_or_default();
            return [self.person(person), &alert.key[person.len()..]].concat();
        }
        match alert.rule {
            Rule::SameTypeSamePlace => {
                let mut parts = alert.key.splitn(3, '/');
                let head: Vec<&str> = parts.by_ref().take(2).collect();
                let place = parts.next().filter(|place| self.is_open_place(place)).unwrap_or("not-shown");
                [&head.join("/"), "/", place].concat()
            }
            Rule::SameAsset if !directory.assets.contains_key(&alert.key) => hidden(),
            Rule::Silence => {
                let units = directory.sites.get(&alert.site).map(|site| site.units.as_slice());
                let is_listed = units.is_some_and(|units| units.contains(&alert.key));
                if is_listed || alert.key == "main" { alert.key.clone() } else { hidden() }
            }
            // Some keys are the id of a record.
            _ => self.hidden().name(&alert.key).to_owned(),
        }
    }

    fn is_open_place(&self, code: &str) -> bool {
        let directory = self.register.directory();
        directory.places.contains_key(code) && !directory.people.values().any(|person| person.place == code)
    }
}

/// The person whom the key of an alert names.
pub(crate) fn person_of(alert: &Alert) -> Option<&str> {
    match alert.rule {
        Rule::SamePerson | Rule::SamePersonMedication => Some(&alert.key),
        Rule::SameTriggerSamePerson => alert.key.rsplit_once('/').map(|(person, _)| person),
        _ => None,
    }
}

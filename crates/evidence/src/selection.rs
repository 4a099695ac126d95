//! What is in a pack: records of the period, sites and categories, told apart by whether they count.

use crate::{
    cast::Cast,
    request::{PackKind, Request},
};
use domain::{
    event::Author,
    pathway::State,
    record::{Record, Reporter},
    register::Register,
};
use std::collections::BTreeMap;

/// The records of a pack, oldest first.
pub struct Selection<'a> {
    pub register: &'a Register,
    pub request: &'a Request,
    /// Neither withdrawn nor duplicate.
    pub records: Vec<&'a Record>,
    /// Withdrawn or duplicate: counted, and nothing more.
    pub left_out: Vec<&'a Record>,
    pub cast: Cast,
    /// Place in `records` by id.
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Selection<'a> {
    pub fn of(register: &'a Register, request: &'a Request) -> Selection<'a> {
        let categories = request.wanted_categories();
        let mut all: Vec<(_, &Record)> = register
            .records()
            .filter(|record| request.sites.contains(&record.site))
            .filter(|record| categories.contains(&record.facts.category()))
            .filter(|record| (request.from..=request.to).contains(&record.facts.occurred_on()))
            .filter(|record| is_about(record, request))
            .map(|record| ((record.facts.occurred_at(), record.arrival), record))
            .collect();
        all.sort_unstable_by_key(|(order, _)| *order);
        let (records, left_out): (Vec<&Record>, Vec<&Record>) =
            all.into_iter().map(|(_, record)| record).partition(|record| record.state.is_live());
        let wanted = exchange_of(request);
        let tables = exchange::Pack::new(register, &wanted);
        let cast = Cast::of(
            register.shared_directory(),
            records.iter().chain(&left_out).copied(),
            request.is_identified(),
            &|person| tables.person(person).strip_prefix("person-")?.parse::<usize>().ok()?.checked_sub(1),
        );
        let places = records.iter().enumerate().map(|(place, record)| (record.id.as_str(), place)).collect();
        Selection { register, request, records, left_out, cast, places }
    }

    pub fn has(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    /// "R12": its number in this pack, from 1, oldest first.
    pub fn reference(&self, id: &str) -> Option<String> {
        self.places.get(id).map(|place| format!("R{}", place + 1))
    }

    /// Is in the pack, also when it does not count.
    pub fn knows(&self, id: &str) -> bool {
        self.has(id) || self.left_out.iter().any(|record| *record.id == *id)
    }

    /// What a record is called: its id, or only its number where the id would give away when a reporter who wished to
    /// stay unknown wrote it (an id holds the moment in which it was made).
    pub fn name(&self, record: &Record) -> String {
        let is_open = self.cast.is_identified() || matches!(record.reporter, Reporter::Named(_));
        match self.reference(&record.id) {
            _ if is_open => record.id.to_string(),
            Some(reference) => reference,
            None => "not told".to_owned(),
        }
    }

    /// The same question for the tables.
    pub fn exchange(&self) -> exchange::Selection {
        exchange_of(self.request)
    }

    pub fn basis(&self, denominator: &str) -> String {
        self.request.basis(self.register, denominator)
    }

    pub fn is_coded_only(&self) -> bool {
        self.request.kind.is_coded_only()
    }

    pub fn withdrawn(&self) -> usize {
        self.left_out.iter().filter(|record| record.state == State::Withdrawn).count()
    }

    pub fn duplicates(&self) -> usize {
        self.left_out.len() - self.withdrawn()
    }
}

fn exchange_of(request: &Request) -> exchange::Selection {
    let one = |list: &[domain::ids::SiteId]| match list {
        [only] => Some(only.clone()),
        _ => None,
    };
    let category = match request.wanted_categories().as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    };
    exchange::Selection {
        site: one(&request.sites),
        category,
        from: request.from,
        to: request.to,
        identified: request.is_identified(),
        now: request.made_at,
    }
}

/// A supervision note holds what the person reported by name, did, or was supervised on.
fn is_about(record: &Record, request: &Request) -> bool {
    let (PackKind::SupervisionNote, Some(staff)) = (request.kind, &request.staff) else { return true };
    let reported = matches!(&record.reporter, Reporter::Named(by) if by == staff);
    // What somebody reported in confidence must not come back in their supervision.
    let sealed = matches!(record.reporter, Reporter::Confidential(_));
    let acted = record.events.iter().any(|received| {
        received.event.by == Author::Staff(staff.clone())
            && !(sealed && record.reporter.is(&received.event.by))
    });
    let owns = record.actions.iter().any(|action| action.owner == *staff);
    reported || acted || owns || is_supervised(record, staff)
}

/// An outcome of the record names the supervision of this member of staff.
pub fn is_supervised(record: &Record, staff: &str) -> bool {
    record.decisions.iter().any(|decision| match &decision.body {
        domain::record::DecisionBody::Outcome(review) => {
            review.supervision.as_ref().is_some_and(|supervision| *supervision.staff == *staff)
        }
        _ => false,
    })
}

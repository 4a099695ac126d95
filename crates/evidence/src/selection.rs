//! What is in a pack: records of the period, sites and categories, told apart by whether they count.

use crate::{
    cast::Cast,
    request::{PackKind, Request},
    telling::{Telling, names},
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
    /// Neither withdrawn nor duplicate; about one person: those too.
    pub records: Vec<&'a Record>,
    /// Withdrawn or duplicate: counted, and nothing more.
    pub left_out: Vec<&'a Record>,
    pub cast: Cast,
    /// What `records` are called, by id.
    references: BTreeMap<&'a str, String>,
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
            all.into_iter().map(|(_, record)| record).partition(|record| {
                // Who asks what is held about them is told of all of it.
                record.state.is_live() || request.about().is_some()
            });
        let wanted = exchange_of(request);
        let tables = exchange::Pack::new(register, &wanted);
        let cast = Cast::of(
            register.shared_directory(),
            records.iter().chain(&left_out).copied(),
            telling(request),
            // About one person: letters count those of this pack, so that they do not tell how many others there are.
            &|person| match request.about() {
                Some(_) => None,
                None => tables.person(person).strip_prefix("person-")?.parse::<usize>().ok()?.checked_sub(1),
            },
        );
        let references = exchange::references(records.iter().map(|record| record.id.as_str()));
        Selection { register, request, records, left_out, cast, references }
    }

    pub fn has(&self, id: &str) -> bool {
        self.references.contains_key(id)
    }

    /// "3F9A2C": what the app calls it too, so that who may see it there finds it.
    pub fn reference(&self, id: &str) -> Option<String> {
        self.references.get(id).cloned()
    }

    /// Is in the pack, also when it does not count.
    pub fn knows(&self, id: &str) -> bool {
        self.has(id) || self.left_out.iter().any(|record| *record.id == *id)
    }

    /// What a record is called: its id, or only its reference where the id would give away when a reporter who wished to
    /// stay unknown wrote it (an id holds the moment in which it was made).
    pub fn name(&self, record: &Record) -> String {
        let is_open = self.cast.is_identified() || matches!(record.reporter, Reporter::Named(_));
        match self.reference(&record.id) {
            None if self.cast.about().is_some() => "another record".to_owned(),
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
        self.in_state(State::Withdrawn)
    }

    pub fn duplicates(&self) -> usize {
        self.in_state(State::Duplicate)
    }

    fn in_state(&self, state: State) -> usize {
        self.records.iter().chain(&self.left_out).filter(|record| record.state == state).count()
    }

    /// Records of these sites and days without their words, disposed of when their time was over. Whom they named is
    /// not known any more, so no pack about one person can have them.
    pub fn disposed(&self) -> usize {
        let request = self.request;
        let here = self.register.records().filter(|record| request.sites.contains(&record.site));
        let here = here.filter(|record| (request.from..=request.to).contains(&record.facts.occurred_on()));
        here.filter(|record| has_no_words(record)).count()
    }
}

/// What is left of a record after disposal has no author but the reporter, and no reason for taking it back.
fn has_no_words(record: &Record) -> bool {
    let lacks = |received: &std::sync::Arc<domain::event::Received>| {
        received.event.verb == "withdraw" && received.event.text("reason").is_none()
    };
    record.withholds_authors() || record.events.iter().any(lacks)
}

fn telling(request: &Request) -> Telling {
    match request.about() {
        Some(person) => Telling::About { person: person.clone(), staff: request.names_staff() },
        None if request.is_identified() => Telling::Identified,
        None => Telling::Plain,
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
        why: None,
        now: request.made_at,
    }
}

/// A supervision note holds what the member of staff reported by name, did, or was supervised on; a pack about one
/// person what names that person.
fn is_about(record: &Record, request: &Request) -> bool {
    if let Some(person) = request.about() {
        return names(record, person);
    }
    let (PackKind::SupervisionNote, Some(staff)) = (request.kind, &request.staff) else { return true };
    // Who reads in what happened before reported nothing, and did nothing about it: decision 013.
    let here = record.imported.is_none();
    let reported = here && matches!(&record.reporter, Reporter::Named(by) if by == staff);
    // What somebody reported in confidence must not come back in their supervision.
    let sealed = matches!(record.reporter, Reporter::Confidential(_));
    let acted = record.events.iter().any(|received| {
        received.event.by == Author::Staff(staff.clone())
            && received.event.verb != "import_past"
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

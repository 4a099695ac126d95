//! What time alone will make true: a list of moments, each with what to look at then. Source: model.md 11.3, 11.4.

use crate::{ids::EventId, time::Instant};
use chrono::{Duration, NaiveDate};
use std::collections::BTreeMap;

/// What to look at when its moment comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// An action of a record that is not done.
    Action { record: u32, action: EventId },
    /// An outage of a record that has not ended in time.
    Outage { record: u32, outage: EventId },
    /// No near miss in a unit since that date.
    Silence { unit: String, last: NaiveDate },
}

/// Why and since when a moment is in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Appointment {
    /// The instant by the calendar or the clock.
    pub nominal: Instant,
    /// When the event that made it known was received, and whether it came late.
    pub known_at: Instant,
    pub late: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Agenda {
    moments: BTreeMap<(Instant, Subject), Appointment>,
    /// The moment of each subject in the list.
    booked: BTreeMap<Subject, Instant>,
}

impl Appointment {
    pub fn raised_at(&self) -> Instant {
        self.nominal.max(self.known_at)
    }

    /// Only what became known after its moment can be late.
    pub fn is_late(&self) -> bool {
        self.late && self.known_at > self.nominal
    }
}

impl Subject {
    /// An alert about an outage is listed from the first moment after 24 hours; the others at their instant.
    fn opens_at(&self, nominal: Instant) -> Instant {
        match self {
            Subject::Outage { .. } => nominal + Duration::nanoseconds(1),
            Subject::Action { .. } | Subject::Silence { .. } => nominal,
        }
    }
}

impl Agenda {
    /// Keeps the appointment that is there already: it was known first.
    pub fn book(&mut self, subject: Subject, appointment: Appointment) {
        if self.booked.contains_key(&subject) {
            return;
        }
        let moment = subject.opens_at(appointment.nominal).max(appointment.known_at);
        self.booked.insert(subject.clone(), moment);
        self.moments.insert((moment, subject), appointment);
    }

    pub fn cancel(&mut self, subject: &Subject) {
        if let Some((subject, moment)) = self.booked.remove_entry(subject) {
            self.moments.remove(&(moment, subject));
        }
    }

    /// The next moment, if any.
    pub fn next(&self) -> Option<Instant> {
        self.moments.first_key_value().map(|((moment, _), _)| *moment)
    }

    /// Takes the first subject off the list.
    pub fn pop(&mut self) -> Option<(Subject, Appointment)> {
        let ((_, subject), appointment) = self.moments.pop_first()?;
        self.booked.remove(&subject);
        Some((subject, appointment))
    }

    /// Actions and outages of a record that are in the list.
    pub fn of_record(&self, record: u32) -> Vec<Subject> {
        let none = EventId::default;
        let actions = Subject::Action { record, action: none() }..Subject::Action {
            record: record + 1,
            action: none(),
        };
        let outages = Subject::Outage { record, outage: none() }..Subject::Outage {
            record: record + 1,
            outage: none(),
        };
        self.booked
            .range(actions)
            .chain(self.booked.range(outages))
            .map(|(subject, _)| subject.clone())
            .collect()
    }
}

//! One alert: the records that a rule found alike, and what became of it.
//! An alert never shrinks and is never un-raised. Source: model.md section 11.1.

use super::Rule;
use crate::{
    event::{Author, Event},
    ids::{EventId, RecordId, SiteId},
    roles::Role,
    shared::Sorted,
    time::{self, Instant},
};

/// Named `rule|key`: that means the newest of its rule and key at its site.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    pub rule: Rule,
    pub key: String,
    pub site: SiteId,
    /// When this place knew.
    pub raised_at: Instant,
    /// The event that raised it arrived late.
    pub late: bool,
    /// Whom it goes to, in the order of the rules.
    pub to: Vec<Role>,
    /// Code of `escalation`.
    pub escalation: Option<&'static str>,
    pub status: Status,
    /// Who linked, dismissed or snoozed it last.
    pub settled: Option<Settled>,
    /// Number of the alert of this rule and key that was raised before it.
    pub(super) before: Option<u32>,
    /// By occurred_at, then arrival.
    listed: Sorted<Listed>,
    /// Actions, verdicts, outages or answers that it is about, where its rule goes by those.
    subjects: Vec<EventId>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    Open,
    /// Open again from `until`.
    Snoozed {
        until: Instant,
    },
    /// An action covers it.
    Linked {
        action: EventId,
    },
    Dismissed {
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    pub event: EventId,
    pub by: Author,
    /// Corrected time.
    pub at: Instant,
}

/// What an alert is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    Linked,
    Dismissed,
    Snoozed,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed {
    pub occurred_at: Instant,
    pub arrival: u32,
    pub id: RecordId,
    /// Its own event, which arrived late, raised or joined the alert.
    pub late: bool,
}

impl State {
    /// Code of `alert_state`.
    pub fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Linked => "linked",
            State::Dismissed => "dismissed",
            State::Snoozed => "snoozed",
        }
    }
}

impl Alert {
    pub(super) fn new(rule: Rule, key: &str, site: &SiteId, raised_at: Instant) -> Self {
        Self {
            rule,
            key: key.to_owned(),
            site: site.clone(),
            raised_at,
            late: false,
            to: Vec::new(),
            escalation: None,
            status: Status::Open,
            settled: None,
            before: None,
            listed: Sorted::default(),
            subjects: Vec::new(),
        }
    }

    pub fn name(&self) -> String {
        [self.rule.code(), "|", &self.key].concat()
    }

    pub fn state(&self, now: Instant) -> State {
        match self.status {
            Status::Snoozed { until } if now < until => State::Snoozed,
            Status::Open | Status::Snoozed { .. } => State::Open,
            Status::Linked { .. } => State::Linked,
            Status::Dismissed { .. } => State::Dismissed,
        }
    }

    /// Linked or dismissed: no record joins it any more.
    pub fn is_settled(&self) -> bool {
        matches!(self.status, Status::Linked { .. } | Status::Dismissed { .. })
    }

    pub fn is_dismissed(&self) -> bool {
        matches!(self.status, Status::Dismissed { .. })
    }

    /// By occurred_at, then arrival; records withdrawn since stay listed.
    pub fn records(&self) -> impl DoubleEndedIterator<Item = &RecordId> {
        self.listed.iter().map(|listed| &listed.id)
    }

    pub fn late_records(&self) -> impl Iterator<Item = &RecordId> {
        self.listed.iter().filter(|listed| listed.late).map(|listed| &listed.id)
    }

    pub fn has(&self, record: &str) -> bool {
        self.listed.iter().any(|listed| &*listed.id == record)
    }

    pub(super) fn list(&mut self, listed: Listed) {
        self.listed.insert(listed, Listed::order);
    }

    /// A listed record was corrected.
    pub(super) fn move_to(&mut self, arrival: u32, occurred_at: Instant) {
        let Some(mut listed) = self.listed.remove(|listed| listed.arrival == arrival) else { return };
        listed.occurred_at = occurred_at;
        self.list(listed);
    }

    /// Events of the actions, verdicts, outages or answers that it is about, in the order in which they joined.
    pub fn subjects(&self) -> &[EventId] {
        &self.subjects
    }

    pub(super) fn is_about(&self, subject: &EventId) -> bool {
        self.subjects.contains(subject)
    }

    pub(super) fn note_subject(&mut self, subject: &EventId) {
        if !self.is_about(subject) {
            self.subjects.push(subject.clone());
        }
    }

    /// Linked, dismissed or snoozed by a person.
    pub(super) fn settle(&mut self, event: &Event, at: Instant) {
        let text = |name: &str| event.text(name).unwrap_or_default().to_owned();
        self.status = match event.verb.as_str() {
            "link_alert" => Status::Linked { action: text("action").into() },
            "dismiss_alert" => Status::Dismissed { reason: text("reason") },
            "snooze_alert" => match event.text("until").and_then(time::parse_instant) {
                Some(until) => Status::Snoozed { until },
                None => return,
            },
            _ => return,
        };
        self.settled = Some(Settled { event: event.id.clone(), by: event.by.clone(), at });
    }
}

impl Listed {
    fn order(&self) -> (Instant, u32) {
        (self.occurred_at, self.arrival)
    }
}

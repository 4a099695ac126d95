//! The parts that gather on a record.

use crate::{
    event::Author,
    ids::{EventId, RecordId, StaffId},
    time::Instant,
};
use chrono::NaiveDate;

/// Why a record is urgent. The order is that of model.md section 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UrgentReason {
    Incident,
    RestrictivePractice,
    ConcernVery,
    BandExtreme,
    PoliceCalled,
    AnswerDeath,
    AnswerAbuse,
    AnswerPolice,
}

impl UrgentReason {
    pub fn code(self) -> &'static str {
        match self {
            UrgentReason::Incident => "incident",
            UrgentReason::RestrictivePractice => "restrictive_practice",
            UrgentReason::ConcernVery => "concern_very",
            UrgentReason::BandExtreme => "band_extreme",
            UrgentReason::PoliceCalled => "police_called",
            UrgentReason::AnswerDeath => "answer_death",
            UrgentReason::AnswerAbuse => "answer_abuse",
            UrgentReason::AnswerPolice => "answer_police",
        }
    }
}

/// Where a record of the past comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What the old list says of how it ended; may be empty.
    pub closed_note: String,
    /// Row of the file, from 1; the header is row 1.
    pub source_row: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The id of its plan_action event.
    pub id: EventId,
    pub text: String,
    pub owner: StaffId,
    pub due: NaiveDate,
    /// Code of `control_strength`.
    pub strength: String,
    /// Code of `action_kind`.
    pub kind: String,
    pub planned_at: Instant,
    pub planned_by: Author,
    pub done: Option<Done>,
    pub verified: Option<Verified>,
    /// Was planned since step 4 was last entered.
    pub current: bool,
    /// The first of several actions of different records that are one piece of work.
    pub shared: Option<EventId>,
    /// Who comes to do it; may be empty.
    pub contractor: String,
    /// The part or visit that it waits for; may be empty.
    pub waiting_for: String,
    /// Code of `just_culture`, asked where the action is for one person; may be empty.
    pub just_culture: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub on: NaiveDate,
    pub by: Author,
    /// Codes of `evidence_source`.
    pub evidence: Vec<String>,
    pub note: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub by: Author,
    pub at: Instant,
    pub note: String,
}

impl Action {
    /// This reader gets the action without its words.
    pub fn withholds_words(&self) -> bool {
        self.planned_by == Author::Hidden
    }

    /// The same for all actions that are one piece of work.
    pub fn work(&self) -> &EventId {
        self.shared.as_ref().unwrap_or(&self.id)
    }

    /// Days from due to done; 0 when in time, none while not done.
    pub fn late_days(&self) -> Option<i64> {
        self.done.as_ref().map(|done| (done.on - self.due).num_days().max(0))
    }

    /// It can be said whether it was done in time, and its date is one of these, both included. One that is due today
    /// and not done can still be.
    pub fn was_due(&self, from: NaiveDate, to: NaiveDate, today: NaiveDate) -> bool {
        (from..=to).contains(&self.due) && (self.done.is_some() || self.due < today)
    }

    pub fn is_in_time(&self) -> bool {
        self.late_days() == Some(0)
    }
}

/// A question to the reporter: from `ask`, or from `return_for_correction`.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub id: EventId,
    pub text: String,
    pub by: Author,
    pub at: Instant,
    /// From `return_for_correction`: the record waits for it.
    pub returned: bool,
    pub answer: Option<Note>,
}

/// What somebody said about a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// Code of `feedback_from`.
    pub from: String,
    /// Their words, who wrote them down, and when.
    pub note: Note,
}

/// Words by somebody at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub id: EventId,
    pub text: String,
    pub by: Author,
    pub at: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub id: EventId,
    pub target: LinkTarget,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LinkTarget {
    Record(RecordId),
    /// Code of `link_kind`, and the reference in the other system.
    Other {
        kind: String,
        reference: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Outage {
    /// The id of its start_outage event.
    pub id: EventId,
    /// Code of `outage_what`.
    pub what: String,
    pub started_at: Instant,
    pub ended_at: Option<Instant>,
}

/// A body that was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// Code of `body`.
    pub body: String,
    pub sent_at: Instant,
    pub reference: String,
    pub how: String,
    /// Where the proof is kept: a reference or an address.
    pub proof: String,
    pub by: Author,
}

/// A correction of step 1; the original stays visible.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    pub id: EventId,
    pub changes: serde_json::Map<String, serde_json::Value>,
    /// The values before, for the same names.
    pub before: serde_json::Map<String, serde_json::Value>,
    pub reason: String,
    pub by: Author,
    pub at: Instant,
}

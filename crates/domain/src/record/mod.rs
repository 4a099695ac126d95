//! One near miss record: the fold of its events.

mod decision;
mod facts;
mod fold;
mod parts;
mod photos;
mod rivals;
mod seal;
mod sensitive;
mod standing;
#[cfg(test)]
mod tests;

pub use decision::*;
pub use facts::{Facts, Kind};
pub use parts::*;
pub use seal::Seal;

use crate::{
    event::{Author, Received, WordsGone},
    ids::{DeviceId, EventId, RecordId, SiteId, StaffId},
    pathway::State,
    photo::Photographed,
    sight,
    time::Instant,
};
use std::{collections::BTreeMap, sync::Arc};

/// In place of a code that only stands for what nobody has been asked yet: see `Record::unanswered`.
pub const NOT_ANSWERED: &str = "Not answered yet";

/// A record as one place knows it. Built only by folding events; see `register`.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub id: RecordId,
    pub site: SiteId,
    /// Place in the order in which reports arrived here, over all sites; from 0.
    pub arrival: u32,
    /// Number of accepted events so far.
    pub version: u32,
    pub state: State,
    /// Step 1 as it now stands, amendments included.
    pub facts: Arc<Facts>,
    /// Step 1 as first written.
    pub original: Arc<Facts>,
    pub kind: Kind,
    pub reporter: Reporter,
    /// Of a past event that was brought in already finished; see decision 013.
    pub imported: Option<Imported>,
    pub reported_at: Instant,
    pub report_device: DeviceId,
    /// Start of the clocks of steps 2 and 3.
    pub clock_start: Instant,
    /// When R, S4 and S5 were last entered.
    pub returned_at: Option<Instant>,
    pub action_since: Option<Instant>,
    pub outcome_since: Option<Instant>,
    /// The last time that it was closed; none of what was imported.
    pub closed_at: Option<Instant>,
    /// Version of the record when S5 was last entered.
    pub outcome_entered: u32,
    /// When the record last became urgent, while it is.
    pub urgent_since: Option<Instant>,
    /// Every decision of steps 2 to 5, rivals included, in order of arrival.
    pub decisions: Vec<StepDecision>,
    /// Step -> events that rival each other and wait for `resolve`.
    pub conflicts: BTreeMap<u8, Vec<EventId>>,
    pub decision_stale: bool,
    pub actions: Vec<Action>,
    pub questions: Vec<Question>,
    pub notes: Vec<Note>,
    pub told: Vec<Note>,
    /// What people said about the change.
    pub feedback: Vec<Feedback>,
    pub links: Vec<Link>,
    pub outages: Vec<Outage>,
    pub sent: Vec<Sent>,
    pub amendments: Vec<Amendment>,
    /// Of the report, of notes, and of what was done.
    pub photos: Vec<Photographed>,
    pub duplicate_of: Option<RecordId>,
    /// Reason of the latest withdraw, close or reopen.
    pub last_reason: Option<String>,
    /// Events that arrived but no longer fit.
    pub set_aside: Vec<EventId>,
    /// Every event of this record that is known here, in order of arrival, set-aside ones included.
    pub events: Vec<Arc<Received>>,
}

/// Who reported, as the system knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reporter {
    Named(StaffId),
    /// Known to the system, shown as `hidden`.
    Confidential(Option<StaffId>),
    Anonymous,
}

impl Record {
    /// Reported by name, and the name is not for this reader. Not the same as sealed.
    pub fn withholds_reporter(&self) -> bool {
        matches!(self.reporter, Reporter::Confidential(None)) && self.facts.identity() == "named"
    }

    /// The reporter whose name is hidden: no list that others read may name them.
    pub fn is_hidden_reporter(&self, staff: &str) -> bool {
        matches!(self.reporter, Reporter::Confidential(_)) && self.reporter.is(&Author::from(staff))
    }

    /// When its words were taken out of the log, and why; what was written afterwards has its words.
    pub fn words_gone(&self) -> Option<WordsGone> {
        self.events.iter().filter_map(|received| received.judgement.words_gone).max()
    }

    /// This reader is told no author at all: a hidden one may be anybody, not only a reporter whose name is sealed.
    pub fn withholds_authors(&self) -> bool {
        let sealed = self.facts.identity() == "confidential";
        let hidden = |received: &&Arc<Received>| received.event.by == Author::Hidden;
        let mut hidden = self.events.iter().filter(hidden);
        hidden.any(|received| !sealed || !sight::AS_REPORTER.contains(&received.event.verb.as_str()))
    }
}

impl Reporter {
    /// What a viewer reads.
    pub fn shown(&self) -> &str {
        match self {
            Reporter::Named(id) => id,
            Reporter::Confidential(_) => "hidden",
            Reporter::Anonymous => "anonymous",
        }
    }

    /// Is this author the reporter? An anonymous author is judged by token, not here.
    pub fn is(&self, author: &Author) -> bool {
        match (self, author) {
            (Reporter::Named(id) | Reporter::Confidential(Some(id)), Author::Staff(who)) => id == who,
            _ => false,
        }
    }
}

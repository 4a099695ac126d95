//! The event: what one person did, once. Never changed, never removed.
//! Serde lives here because events are the long-lived format, frozen by snapshot tests.

mod fields;

pub use fields::Fields;

use crate::{
    ids::{DeviceId, EventId, RecordId, SiteId, StaffId},
    refusal::Code,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// One thing that a person did. The bytes on the wire are frozen by `sync`; this is what they say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    /// The verb of model.md section 6, as text: an older app keeps what it does not know.
    #[serde(rename = "do")]
    pub verb: String,
    pub site: SiteId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    pub by: Author,
    pub device: DeviceId,
    /// The fields of the verb.
    #[serde(default)]
    pub with: Fields,
    /// Highest version of the record that the device had pulled when this was written; 0 for none.
    #[serde(default)]
    pub seen: u32,
    /// The clock of the device when this was written.
    pub device_time: Instant,
    /// Device clock minus server clock, in milliseconds, at the last contact before writing.
    /// `None`: the device had never been in contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<i64>,
}

/// Who wrote an event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Author {
    Staff(StaffId),
    /// Nobody is stored; later events present the one-time token of the record.
    Anonymous,
    /// Somebody whose name this viewer may not see.
    Hidden,
}

impl Author {
    pub fn code(&self) -> &str {
        match self {
            Author::Staff(id) => id,
            Author::Anonymous => "anonymous",
            Author::Hidden => "hidden",
        }
    }

    pub fn staff(&self) -> Option<&StaffId> {
        match self {
            Author::Staff(id) => Some(id),
            Author::Anonymous | Author::Hidden => None,
        }
    }

    pub fn is(&self, who: &str) -> bool {
        self.staff().is_some_and(|id| &**id == who)
    }
}

impl From<&str> for Author {
    fn from(code: &str) -> Self {
        match code {
            "anonymous" => Author::Anonymous,
            "hidden" => Author::Hidden,
            id => Author::Staff(id.into()),
        }
    }
}

impl Serialize for Author {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Author {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Ok(Author::from(String::deserialize(input)?.as_str()))
    }
}

/// What the server decided about an event when it arrived. Model.md section 12.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Applied,
    /// A rival decision of the same step: kept, and a person settles it.
    Conflict,
    /// No longer fits: kept, listed for the registered manager, changes nothing.
    SetAside,
    /// Written while online and refused: kept nowhere.
    Refused,
}

/// A remark beside an event. Marks never refuse anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    SteppedIn,
    SelfReview,
    Delegate,
    LateSync,
    ClockSkew,
}

impl Mark {
    pub fn code(self) -> &'static str {
        match self {
            Mark::SteppedIn => "stepped_in",
            Mark::SelfReview => "self_review",
            Mark::Delegate => "delegate",
            Mark::LateSync => "late_sync",
            Mark::ClockSkew => "clock_skew",
        }
    }
}

/// The server's (or, before contact, the device's own) judgement of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Place in the order of arrival at the server; 0 while it is only on this device.
    pub seq: u64,
    /// Server clock at first delivery.
    pub received_at: Instant,
    /// Device clock minus server clock used to correct the device's time.
    pub offset_ms: i64,
    /// `device_time - offset`, never later than `received_at`.
    pub corrected_at: Instant,
    /// Version of the record that this event made; none for events that are set aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    pub result: Outcome,
    /// Why it was set aside or refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// In the order of the vocabulary.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// How often the same bytes reached the server.
    #[serde(default = "once")]
    pub deliveries: u32,
    /// What the server would have suggested about a notification decision, where that differs from what its
    /// author saw. Never replaces the author's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<SecondLook>,
    /// Written on a device that several people use, for more than a report, and its author was not signed in there
    /// when it arrived: the device vouches for it, and nobody else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub author_away: bool,
    /// The event is what was left of it: codes, dates and numbers, and nobody's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words_gone: Option<WordsGone>,
}

/// The words of a record were taken out of the log (decision 023).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WordsGone {
    pub at: Instant,
    /// A person asked to be forgotten; otherwise the time was over for which it is kept.
    pub asked: bool,
}

/// The server's own suggestions about a decision that arrived, as far as they differ from its author's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondLook {
    /// Code of `body` -> code of `suggestion`; only bodies about which the two differ.
    pub suggests: BTreeMap<String, String>,
    /// Ids of the rows of the rule set that speak for them, in the order of the rule set.
    #[serde(default)]
    pub rows: Vec<String>,
}

fn once() -> u32 {
    1
}

/// An event with its judgement: one line of the ordered log, as a device or the server folds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Received {
    pub event: Event,
    pub judgement: Judgement,
}

impl Event {
    /// The words of a field; blanks alone are none.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.with.get(field).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
    }
}

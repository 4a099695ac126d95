//! Records that were disposed of. What was written about one of them before that, and arrives or is released later,
//! keeps its place in the chain of its device and its hash, and no words.

use super::quarantine::Reason;
use crate::store::DisposalRow;
use domain::{decide::corrected, event::WordsGone, ids::RecordId, time::Instant};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use sync::{Envelope, Signed};

/// With this begins the rule under which words go because a person asked.
pub const ERASURE: &str = "erasure";

/// What stays of an entry, as far as it says it: enough for the next one of its device to follow.
const PLACE: [&str; 4] = ["device", "epoch", "dseq", "prev"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposal {
    pub id: String,
    pub at: Instant,
}

/// What those who read a row are told of its disposal, by the id of that.
pub fn told(rows: &[DisposalRow]) -> BTreeMap<String, WordsGone> {
    let told = |row: &DisposalRow| WordsGone { at: row.done_at, asked: row.rule.starts_with(ERASURE) };
    rows.iter().map(|row| (row.id.clone(), told(row))).collect()
}

/// The latest disposal of each record.
#[derive(Clone, Debug, Default)]
pub struct Gone(BTreeMap<RecordId, Disposal>);

impl Gone {
    /// `rows`: the latest first.
    pub fn of(rows: Vec<DisposalRow>) -> Gone {
        let disposal = |row: DisposalRow| (row.record.into(), Disposal { id: row.id, at: row.done_at });
        Gone(rows.into_iter().rev().map(disposal).collect())
    }

    /// What may be kept of an entry that arrives; `None`: all of it. When it was written is not known of one that
    /// cannot be read: it counts as old.
    pub fn left(
        &self,
        signed: &Signed,
        content: &Result<Envelope, Reason>,
        offset_ms: i64,
        received_at: Instant,
    ) -> Option<Signed> {
        if self.0.is_empty() {
            return None;
        }
        let disposal = match content {
            Ok(envelope) => self.0.get(envelope.record.as_ref()?)?,
            Err(_) => about(&self.0, &signed.bytes)?.1,
        };
        let is_old = content.as_ref().map_or(true, |envelope| {
            corrected(envelope.recorded_at, envelope.offset_ms.unwrap_or(offset_ms), received_at)
                <= disposal.at
        });
        is_old.then(|| Signed { bytes: left_of(&signed.bytes, &disposal.id), sig: signed.sig.clone() })
    }

    /// Was this record disposed of after something was written at that time?
    pub fn is_after(&self, record: &RecordId, written_at: Instant) -> bool {
        self.0.get(record).is_some_and(|disposal| written_at <= disposal.at)
    }
}

/// The record that an entry is about, if it is one of these. Where the bytes are no entry, one whose id stands there
/// as a text.
pub fn about<'a, T>(records: &'a BTreeMap<RecordId, T>, bytes: &str) -> Option<(&'a RecordId, &'a T)> {
    match serde_json::from_str::<Value>(bytes) {
        Ok(entry) => records.get_key_value(entry.get("record")?.as_str()?),
        Err(_) => records.iter().find(|(record, _)| bytes.contains(&Value::from(&***record).to_string())),
    }
}

/// The bytes of an entry without its words.
pub fn left_of(bytes: &str, disposal: &str) -> String {
    let entry: Map<String, Value> = serde_json::from_str(bytes).unwrap_or_default();
    let place = entry.into_iter().filter(|(field, _)| PLACE.contains(&field.as_str()));
    let left: Map<String, Value> = place.chain([("disposed".to_owned(), disposal.into())]).collect();
    Value::Object(left).to_string()
}

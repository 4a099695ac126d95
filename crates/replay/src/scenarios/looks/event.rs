//! The check `event`: what became of one event, and the lists of events that no longer fit.

use super::Scene;
use crate::scenarios::{text, world::Fate};
use domain::event::{Event, Outcome, Received};
use serde_json::{Value, json};
use std::sync::Arc;

pub const KEYS: &[&str] = &[
    "result",
    "code",
    "device_time",
    "received_at",
    "corrected_at",
    "offset_min",
    "version",
    "seen",
    "deliveries",
    "marks",
    "suggests",
    "kept",
];

pub fn look(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let local = text::of(of)?;
    match scene.fates.get(&local)? {
        Fate::Refused { event, code } => Some(json!({
            "result": "refused",
            "code": code,
            "device_time": event.device_time,
            "seen": event.seen,
            "marks": [],
        })),
        Fate::Written { .. } => scene.row(&local).map(|row| of_row(scene, row)),
    }
}

fn of_row(scene: &Scene<'_>, row: &Received) -> Value {
    let Received { event, judgement } = row;
    let record = event.record.as_ref().and_then(|id| scene.view.knowledge.register.record(id));
    let arrived = judgement.seq > 0;
    json!({
        "result": judgement.result,
        "code": judgement.code,
        "device_time": event.device_time,
        "received_at": arrived.then_some(judgement.received_at),
        "corrected_at": judgement.corrected_at,
        "offset_min": minutes(judgement.offset_ms),
        "version": judgement.version.filter(|_| arrived),
        "seen": event.seen,
        "deliveries": arrived.then_some(judgement.deliveries),
        "marks": judgement.marks.iter().map(|mark| mark.code()).collect::<Vec<_>>(),
        "suggests": event.with.get("suggests"),
        "kept": record.and_then(|record| record.decision_of(&event.id)).and_then(|decision| decision.kept()),
    })
}

fn minutes(offset_ms: i64) -> Value {
    if offset_ms % 60_000 == 0 { json!(offset_ms / 60_000) } else { json!(offset_ms as f64 / 60_000.0) }
}

impl Scene<'_> {
    /// The row of an event of the file, if this place knows it.
    pub fn row(&self, local: &str) -> Option<&Arc<Received>> {
        let Fate::Written { event } = self.fates.get(local)? else { return None };
        let mut same_id = self.view.knowledge.rows.iter().filter(|row| row.event.id == event.id);
        let alone = self.fates.values().filter(|fate| fate.event().id == event.id).count() == 1;
        if alone { same_id.next() } else { same_id.find(|row| is_same(event, &row.event)) }
    }

    /// Local ids of events that were set aside. An id that two events carry names the one set aside.
    pub fn set_aside<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Value {
        let name = |id: &str| {
            let mine = self.fates.iter().filter(|(_, fate)| *fate.event().id == *id);
            let mut aside = mine.filter(|(local, _)| {
                self.row(local).is_some_and(|row| row.judgement.result == Outcome::SetAside)
            });
            aside.next().map_or_else(|| self.ids.local(id).to_owned(), |(local, _)| local.clone())
        };
        ids.map(|id| json!(name(id))).collect()
    }
}

impl Fate {
    pub fn event(&self) -> &Event {
        match self {
            Fate::Refused { event, .. } | Fate::Written { event } => event,
        }
    }
}

/// Two events may carry the same id, one of them by mistake.
fn is_same(written: &Event, known: &Event) -> bool {
    written.verb == known.verb
        && written.by == known.by
        && written.record == known.record
        && written.device_time == known.device_time
}

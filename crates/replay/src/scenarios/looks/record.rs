//! The check `record`: a record as one place knows it.

use super::Scene;
use crate::scenarios::text;
use domain::{
    due::{self, Due},
    notification::{self, TellBy},
    record::{Action, Notification, Outage, Record},
    register::Register,
    time::Instant,
};
use serde_json::{Map, Value, json};

pub const KEYS: &[&str] = &[
    "state",
    "kind",
    "ncc_merp",
    "pir",
    "reporter",
    "occurred_at",
    "shift",
    "unit",
    "reached",
    "harm",
    "counts_as_near_miss",
    "in_play",
    "urgent",
    "urgent_reasons",
    "possible_duplicates",
    "duplicate_of",
    "exam_overdue_days",
    "score",
    "band",
    "outcome",
    "decisions",
    "decision_stale",
    "bodies",
    "actions",
    "verdict",
    "conflicts",
    "set_aside",
    "open_questions",
    "reporter_told",
    "notes",
    "links",
    "outages",
    "destinations",
    "due",
    "version",
    "amendments",
];
pub const BODY_KEYS: &[&str] = &["suggested", "needed", "sent", "tell_by", "keep_until"];
pub const ACTION_KEYS: &[&str] = &["id", "done_on", "late_days", "verified"];
pub const OUTAGE_KEYS: &[&str] = &["id", "over_24h", "ended_at"];

pub fn look(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let local = text::of(of)?;
    let record = scene.view.record(scene.ids.real(crate::scenarios::ids::Sort::Record, &local))?;
    let register = &scene.view.knowledge.register;
    let mut shown = facts(register, record);
    shown.extend(progress(register, record, scene.view.at));
    shown.insert("possible_duplicates".into(), duplicates(scene, record));
    shown.insert("set_aside".into(), scene.set_aside(record.set_aside.iter().map(|id| id.as_str())));
    Some(Value::Object(shown))
}

/// Step 1 and what follows from it.
fn facts(register: &Register, record: &Record) -> Map<String, Value> {
    let national = record.facts.national();
    let settings = register.directory().settings(&record.site);
    map(json!({
        "state": record.state.code(),
        "kind": record.kind.code(),
        "ncc_merp": national.ncc_merp,
        "pir": national.pir,
        "reporter": record.reporter.shown(),
        "occurred_at": record.facts.occurred_at(),
        "shift": record.facts.shift(),
        "unit": register.unit(record),
        "reached": record.facts.code("reached"),
        "harm": record.facts.code("harm"),
        "counts_as_near_miss": record.counts_as_near_miss(&settings),
        "in_play": record.is_in_play(),
        "urgent": record.is_urgent(),
        "urgent_reasons": record.urgent_reasons().iter().map(|reason| reason.code()).collect::<Vec<_>>(),
        "duplicate_of": record.duplicate_of,
        "exam_overdue_days": record.facts.exam_overdue_days(),
        "version": record.version,
        "amendments": record.amendments.len(),
    }))
}

/// Steps 2 to 5 and what gathered on the record.
fn progress(register: &Register, record: &Record, at: Instant) -> Map<String, Value> {
    let settings = register.directory().settings(&record.site);
    let decision = record.notification();
    let destinations = record.spec().map(|spec| {
        (1..=5).map(|step: u8| (step.to_string(), json!(spec.destinations(step)))).collect::<Map<_, _>>()
    });
    let due = due::items(record, &settings)
        .into_iter()
        .filter(|item| record.action(&item.name).is_none())
        .map(|item| (item.name, due_value(item.due)));
    map(json!({
        "score": record.risk().map(|review| review.score()),
        "band": record.band().map(|band| band.code()),
        "outcome": decision.map(|decision| &decision.outcome),
        "decisions": register.decisions(&record.site).filter(|(of, _)| of.id == record.id).count(),
        "decision_stale": record.decision_stale,
        "bodies": decision.map(|decision| bodies(register, record, decision)),
        "actions": record.actions.iter().map(action).collect::<Vec<_>>(),
        "verdict": record.outcome().map(|review| &review.verdict),
        "conflicts": record.conflicts.keys().collect::<Vec<_>>(),
        "open_questions": record.open_questions().count(),
        "reporter_told": !record.told.is_empty(),
        "notes": record.notes.len(),
        "links": record.links.len(),
        "outages": record.outages.iter().map(|one| outage(one, at)).collect::<Vec<_>>(),
        "destinations": destinations,
        "due": due.collect::<Map<_, _>>(),
    }))
}

pub fn due_value(due: Due) -> Value {
    match due {
        Due::At(instant) => json!(instant),
        Due::On(date) => json!(date),
    }
}

fn bodies(register: &Register, record: &Record, decision: &Notification) -> Map<String, Value> {
    let settings = register.directory().settings(&record.site);
    let row = |(body, decided): (&String, &domain::record::BodyDecision)| {
        let tell_by = notification::tell_by(record, decision, body, &settings).map(|tell_by| match tell_by {
            TellBy::Date(date) => json!(date),
            TellBy::At(instant) => json!(instant),
        });
        let value = json!({
            "suggested": decided.suggested,
            "needed": decided.needed,
            "sent": record.is_sent(body),
            "tell_by": tell_by,
            "keep_until": notification::keep_until(record, decision, body),
        });
        (body.clone(), value)
    };
    decision.bodies.iter().map(row).collect()
}

fn action(action: &Action) -> Value {
    json!({
        "id": action.id,
        "done_on": action.done.as_ref().map(|done| done.on),
        "late_days": action.late_days(),
        "verified": action.verified.is_some(),
    })
}

fn outage(outage: &Outage, at: Instant) -> Value {
    json!({"id": outage.id, "over_24h": outage.is_over_24h(at), "ended_at": outage.ended_at})
}

/// In the order in which their reports arrived.
fn duplicates(scene: &Scene<'_>, record: &Record) -> Value {
    let register = &scene.view.knowledge.register;
    let alike: Vec<&str> = register.possible_duplicates(record).map(|other| other.id.as_str()).collect();
    let arrived = register.arrivals().filter(|other| alike.contains(&other.id.as_str()));
    arrived.filter(|other| scene.view.sees(other)).map(|other| json!(other.id)).collect()
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

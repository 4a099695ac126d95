//! The checks that look at a whole site: `overdue`, `register`, `attention`.

use super::{Scene, record::due_value};
use crate::scenarios::text;
use domain::{due, vocabulary};
use serde_json::{Value, json};

/// Ordered by due; where two are due together, by record and item. Given ids sort differently, so these are
/// put in the order of the local ones.
pub fn overdue(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let site = text::of(of)?;
    let (register, now) = (&scene.view.knowledge.register, scene.view.at);
    let mut late: Vec<due::Overdue> = due::overdue(register, &site, now)
        .into_iter()
        .filter(|line| register.record(&line.record).is_some_and(|record| scene.view.sees(record)))
        .collect();
    let key = |line: &due::Overdue| {
        let local = |id: &str| scene.ids.local(id).to_owned();
        (line.item.due.instant(), local(&line.record), local(&line.item.name))
    };
    if scene.ids.are_given() {
        late.sort_by_key(key);
    }
    let line = |line: &due::Overdue| {
        json!({
            "record": line.record,
            "item": line.item.name,
            "due": due_value(line.item.due),
            "shown_to": line.item.shown_to(now),
        })
    };
    Some(late.iter().map(line).collect())
}

pub fn register(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let site = text::of(of)?;
    let needed = |decision: &domain::record::Notification| -> Vec<&str> {
        let is_needed = |body: &&str| decision.bodies.get(*body).is_some_and(|decided| decided.needed);
        vocabulary::BODY.codes.iter().map(|body| body.code).filter(is_needed).collect()
    };
    let rows = scene.view.knowledge.register.decisions(&site).filter(|(record, _)| scene.view.sees(record));
    let rows = rows.filter_map(|(record, decision)| match &decision.body {
        domain::record::DecisionBody::Notification(said) => {
            Some(json!({"record": record.id, "outcome": said.outcome, "needed": needed(said)}))
        }
        _ => None,
    });
    Some(rows.collect())
}

pub fn attention(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let site = text::of(of)?;
    let register = &scene.view.knowledge.register;
    let seen = register.attention(&site).filter(|received| {
        let record = received.event.record.as_ref().and_then(|id| register.record(id));
        record.is_none_or(|record| scene.view.sees(record))
    });
    Some(scene.set_aside(seen.map(|received| received.event.id.as_str())))
}

//! The checks that look at a whole site: `overdue`, `register`, `attention`.

use super::{Scene, record::due_value};
use crate::scenarios::text;
use domain::{
    due::{self, Late},
    time::Instant,
    vocabulary,
};
use serde_json::{Value, json};

pub const OVERDUE_KEYS: &[&str] = &["record", "item", "due", "shown_to", "audit", "oversight"];
pub const REGISTER_KEYS: &[&str] = &["record", "outcome", "needed"];

/// Ordered by due; where two are due together, by record and item. Given ids sort differently, so these are
/// put in the order of the local ones.
pub fn overdue(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let site = text::of(of)?;
    let (register, now) = (&scene.view.knowledge.register, scene.view.at);
    let sees = |id: &str| register.record(id).is_some_and(|record| scene.view.sees(record));
    let mut late: Vec<Late> = due::overdue_list(register, &site, now)
        .into_iter()
        .filter(|line| match line {
            Late::Record(line) => sees(&line.record),
            Late::Audit { .. } | Late::Oversight { .. } => scene.view.sees_site(&site),
        })
        .collect();
    if scene.ids.are_given() {
        late.sort_by_key(|line| local_order(scene, line));
    }
    Some(late.iter().map(|line| shown(line, now)).collect())
}

fn local_order(scene: &Scene<'_>, line: &Late) -> (Instant, u8, String, String) {
    let local = |id: &str| scene.ids.local(id).to_owned();
    let due = line.due().instant();
    match line {
        Late::Record(line) => (due, 0, local(&line.record), local(&line.item.name)),
        Late::Audit { name, .. } => (due, 1, name.clone(), String::new()),
        Late::Oversight { name, .. } => (due, 2, name.clone(), String::new()),
    }
}

fn shown(line: &Late, now: Instant) -> Value {
    let (due, shown_to) = (due_value(line.due()), line.shown_to(now));
    match line {
        Late::Record(line) => {
            json!({"record": line.record, "item": line.item.name, "due": due, "shown_to": shown_to})
        }
        Late::Audit { name, .. } => json!({"audit": name, "due": due, "shown_to": shown_to}),
        Late::Oversight { name, .. } => json!({"oversight": name, "due": due, "shown_to": shown_to}),
    }
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

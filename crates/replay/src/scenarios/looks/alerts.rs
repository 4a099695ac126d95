//! The checks `alert` and `alerts`. An alert is named `rule|key`; that means the newest of that name.

use super::Scene;
use crate::scenarios::text;
use domain::patterns::Alert;
use serde_json::{Value, json};

pub const KEYS: &[&str] = &["state", "records", "raised_at", "late", "late_records", "to", "escalation"];

pub fn one(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let name = scene.ids.real_alert(&text::of(of)?);
    let register = &scene.view.knowledge.register;
    let sites = register.directory().sites.keys();
    let newest = sites.filter_map(|site| register.alert(site, &name)).max_by_key(|alert| alert.raised_at)?;
    Some(shown(scene, newest))
}

/// Every alert ever raised at a site, in ASCII order, one entry for each.
pub fn of_site(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let site = text::of(of)?;
    let alerts = scene.view.knowledge.register.alerts(&site);
    let mut names: Vec<String> = alerts.map(|alert| scene.ids.local_alert(&alert.name())).collect();
    names.sort();
    Some(json!(names))
}

fn shown(scene: &Scene<'_>, alert: &Alert) -> Value {
    json!({
        "state": alert.state(scene.view.at).code(),
        "records": alert.records().collect::<Vec<_>>(),
        "raised_at": alert.raised_at,
        "late": alert.late,
        "late_records": alert.late_records().collect::<Vec<_>>(),
        "to": alert.to.iter().map(|role| role.code()).collect::<Vec<_>>(),
        "escalation": alert.escalation,
    })
}

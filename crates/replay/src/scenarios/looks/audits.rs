//! The checks `audit` and `oversight`, named `category/period` or, with several sites, `site/category/period`;
//! and `questions`, those of the provider to the managers of a site in order of arrival.

use super::Scene;
use crate::scenarios::text;
use domain::audits;
use serde_json::{Value, json};

pub const AUDIT_KEYS: &[&str] = &["state", "due", "sample", "figures"];
pub const OVERSIGHT_KEYS: &[&str] = &["state", "due"];
pub const QUESTION_KEYS: &[&str] = &["question", "category", "period", "answer"];
pub const FIGURES: &[&str] = &["records", "near_misses", "closed", "findings"];

pub fn audit(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let name = text::of(of)?;
    let (site, category, period) = parts(scene, &name)?;
    let line = audits::audit(&scene.view.knowledge.register, &site, category, period, scene.view.at)?;
    let signed = line.audit.and_then(|audit| audit.signed.as_ref());
    Some(json!({
        "state": line.state.code(),
        "due": line.due,
        "sample": line.audit.map(|audit| &audit.sample),
        "figures": signed.map(|signed| json!({
            "records": signed.figures.records,
            "near_misses": signed.figures.near_misses,
            "closed": signed.figures.closed,
            "findings": signed.figures.findings,
        })),
    }))
}

pub fn oversight(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let name = text::of(of)?;
    let (site, category, period) = parts(scene, &name)?;
    let line = audits::oversight(&scene.view.knowledge.register, &site, category, period, scene.view.at)?;
    Some(json!({"state": line.state.code(), "due": line.due}))
}

/// The answer is named by its event.
pub fn questions(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let site = text::of(of)?;
    let asked = scene.view.knowledge.register.provider_questions(&site);
    let lines = asked.map(|question| {
        json!({
            "question": question.id,
            "category": question.category,
            "period": question.period.map(|period| period.to_string()),
            "answer": question.answer.as_ref().map(|answer| &answer.id),
        })
    });
    Some(lines.collect())
}

/// Site, category and period of a name; the first site where only one can be meant.
fn parts<'a>(scene: &Scene<'_>, name: &'a str) -> Option<(String, &'a str, &'a str)> {
    let parts: Vec<&str> = name.split('/').collect();
    match parts.as_slice() {
        [category, period] => {
            let site = scene.view.knowledge.register.directory().sites.keys().next()?;
            Some((site.to_string(), category, period))
        }
        [site, category, period] => Some(((*site).to_owned(), category, period)),
        _ => None,
    }
}

//! The details of a quick record: a draft that changes a report which was saved already.

use crate::{
    pages::capture::{Step, step::CHECK},
    state::{App, Draft, Problem},
};
use domain::{category::CategorySpec, ids::RecordId, record::Record};
use leptos::prelude::*;

/// Between the draft's own id and the record that it changes.
const OF: char = '~';
/// Step 1 fields that no question of the details asks.
const FIXED: [&str; 4] = ["category", "identity", "occurred_at", "unit"];

/// The address at which the details of a record are added; its draft is kept from now on.
pub async fn finish(app: App, record: &RecordId) -> Result<String, Problem> {
    let begun = untrack(|| app.drafts.list.read().iter().find(|draft| draft.record == *record).cloned());
    if let Some(draft) = begun {
        return Ok(resume(&draft));
    }
    let made = untrack(|| {
        app.with_record(record, |record, _| record.spec().map(|spec| draft_of(app, spec, record)))
    });
    let Some(draft) = made.flatten() else { return Ok(crate::routes::report(record)) };
    let href = resume(&draft);
    app.drafts.save(draft).await?;
    Ok(href)
}

/// Where a draft goes on.
pub fn resume(draft: &Draft) -> String {
    if draft.quick && record_of(&draft.id).is_none() {
        return quick(&draft.id);
    }
    let step = Step::resume(&draft.category, &draft.id, &draft.step);
    Step { from_check: record_of(&draft.id).is_some() && step.question != CHECK, ..step }.href()
}

pub fn quick(draft: &str) -> String {
    format!("{}?draft={draft}", crate::routes::QUICK)
}

/// Nobody said yet what it was or whom it reached, and the reporter can still say it.
pub fn needs_details(record: &Record) -> bool {
    record.needs_details()
}

/// The record whose details a draft with this id adds.
pub fn record_of(draft: &str) -> Option<&str> {
    draft.split_once(OF).map(|(_, record)| record)
}

fn draft_of(app: App, spec: &'static CategorySpec, record: &Record) -> Draft {
    let mut answers = record.facts.fields.clone();
    answers.retain(|name, _| !FIXED.contains(&name.as_str()));
    let answers = spec.without_not_known(&answers);
    let first = spec.missing(&answers).first().map_or(CHECK, |question| question.id);
    let draft = app.drafts.start(spec.id, record.site.clone(), true);
    Draft {
        id: format!("{}{OF}{}", draft.id, record.id),
        record: record.id.clone(),
        answers,
        step: first.to_owned(),
        started_at: app.instant(),
        ..draft
    }
}

//! A report that was kept apart, recorded again: a draft of the manager with the answers that its form has. It
//! becomes an ordinary report of their own; its words say that somebody wrote them first, and name nobody.

use crate::{
    pages::{capture::step::CHECK, drafts::details::resume},
    routes,
    state::{App, AttentionItem, Draft, Problem, Repeats},
    text::review::{kept, record::reference},
};
use domain::{
    category::{self, CategorySpec},
    ids::RecordId,
    register::Register,
    time::{Instant, parse_instant},
};
use leptos::prelude::*;
use serde_json::Value;

const TEXT: &str = "text";
/// What the words of a repeated report begin with.
const FIRST: &str = "First written by a colleague";

/// The form that this entry was written in; none for what is no report, or cannot be read.
pub fn form_of(item: &AttentionItem) -> Option<&'static CategorySpec> {
    let is_report = item.verb.as_deref() == Some("report") && item.site.is_some();
    let category = item.with.as_ref().filter(|_| is_report)?.get("category")?;
    category::find(category.as_str()?)
}

/// Who wrote it, as far as the manager is told.
pub fn author(item: &AttentionItem) -> Option<String> {
    match item.by.as_deref() {
        Some("hidden") => Some("somebody whose name is sealed".to_owned()),
        Some("anonymous") => Some("somebody who gave no name".to_owned()),
        _ => item.by_name.clone(),
    }
}

/// The report that repeats this entry, by the first line of its words. Whoever took that line out has cut the tie.
pub fn repeated_by(item: &AttentionItem, register: &Register) -> Option<RecordId> {
    let end = format!(", reference {}.", reference(item.record.as_ref()?));
    let repeats =
        |text: &str| text.lines().next().is_some_and(|line| line.starts_with(FIRST) && line.ends_with(&end));
    let mut records = register.of_site(item.site.as_ref()?).filter(|record| record.state.is_live());
    records.find(|record| repeats(record.facts.text(TEXT))).map(|record| record.id.clone())
}

/// Where the answers are checked; the draft is kept from now on. Begun twice, it is one draft.
pub async fn begin(app: App, item: AttentionItem) -> Result<String, Problem> {
    let is_of_this = |draft: &&Draft| {
        draft.repeats.as_ref().is_some_and(|first| first.kind == item.kind && first.id == item.id)
    };
    let begun = app.drafts.list.with_untracked(|list| list.iter().find(is_of_this).cloned());
    if let Some(draft) = begun {
        return Ok(resume(&draft));
    }
    let (Some(spec), Some(site)) = (form_of(&item), item.site.clone()) else {
        return Err(Problem::new("This cannot be recorded again here. Record it as a new near miss."));
    };
    let record = app.new_record_id();
    let draft = Draft {
        id: record.to_string(),
        record,
        started_at: app.instant(),
        ..app.drafts.start(spec.id, site, false)
    };
    let draft = filled(spec, &item, draft);
    let href = routes::check(spec.id, &draft.id);
    app.drafts.save(draft).await?;
    Ok(href)
}

/// The draft with what was written first.
fn filled(spec: &CategorySpec, item: &AttentionItem, draft: Draft) -> Draft {
    let with = item.with.clone().unwrap_or_default();
    let mut answers = spec.answers_in(&with);
    let said = answers.get(TEXT).and_then(Value::as_str).unwrap_or_default();
    answers.insert(TEXT.into(), quoted(item, said).into());
    let told = with.get("occurred_at").and_then(Value::as_str).and_then(parse_instant);
    Draft {
        answers,
        step: CHECK.to_owned(),
        occurred_at: Some(told.unwrap_or_else(|| written_at(item))),
        repeats: Some(Repeats { kind: item.kind.clone(), id: item.id.clone(), words: first(item) }),
        ..draft
    }
}

/// By the clock of the device, which may be ahead; never later than it arrived.
fn written_at(item: &AttentionItem) -> Instant {
    item.written_at.map_or(item.received_at, |at| at.min(item.received_at))
}

/// The words of the report: where they come from, and what was said. Words leave the home in exports and packs, so
/// they name no colleague.
fn quoted(item: &AttentionItem, said: &str) -> String {
    // Everybody reads these words: the time of what was told in confidence would tell those who were there who told it.
    let at = match item.is_in_confidence() {
        true => String::new(),
        false => format!(" at {}", kept::moment(written_at(item), false)),
    };
    let number =
        item.record.as_ref().map(|record| format!(", reference {}", reference(record))).unwrap_or_default();
    format!("{FIRST}{at}{number}.\n\n{said}").trim_end().to_owned()
}

/// "First written by Ama at 2:05pm on 3 November 2026. It was kept apart: ..."
fn first(item: &AttentionItem) -> String {
    let by = author(item).unwrap_or_else(|| "somebody".to_owned());
    let at = item.written_at.unwrap_or(item.received_at);
    let preposition = if item.is_in_confidence() { "on" } else { "at" };
    let at = kept::moment(at, item.is_in_confidence());
    format!("First written by {by} {preposition} {at}. It was kept apart: {}", item.sentence)
}

#[cfg(test)]
mod tests;

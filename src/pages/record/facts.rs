//! What happened: the facts as they stand, the reporter's words, and what was first reported.

use super::{Part, may::may};
use crate::{
    pages::photos::photos_of,
    routes,
    state::use_app,
    text::{
        capture::photos,
        review::{facts as words, gone, people, steps},
    },
    ui::{Details, SummaryList, SummaryRow},
};
use domain::record::{Amendment, Record};
use markup::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// Facts in the open above the questions of a step: on a phone the first question is near.
const FEW: usize = 4;

#[component]
pub fn Facts(
    record: Arc<Record>,
    /// Without the buttons, beside the questions of a step.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let unanswered = record.unanswered();
    let mut first = words::rows(&record.facts, &unanswered, &directory);
    let rest = first.split_off(if plain { first.len().min(FEW) } else { first.len() });
    let said = record.facts.code("text").map(|text| {
        let text = text.to_owned();
        view! {
            <figure class="quote">
                <blockquote>{text}</blockquote>
            </figure>
        }
    });
    let gone = (said.is_none() && record.words_gone().is_some())
        .then(|| view! { <p class="muted">{gone::WORDS} "."</p> });
    let photos = untrack(|| photos_of(app, &record, None));
    let codes = words::national_of(&record.facts, &unanswered);
    let codes = codes.map(|words| view! { <p class="muted small">{words}</p> });
    let written = format!("Written in: {}", steps::destination(&record, 1, &directory));
    let changes = (!record.amendments.is_empty()).then(|| view! { <Changes record=record.clone() /> });
    let mut acts = Vec::new();
    let can_act = !plain && record.words_gone().is_none();
    if can_act && may(app, "amend", &record, None) {
        acts.push(("Correct the facts", format!("{}?do=amend", routes::record(&record.id))));
    }
    if can_act && may(app, "add_note", &record, None) {
        acts.push((photos::LATE, format!("{}?do=photos", routes::record(&record.id))));
    }
    view! {
        <Part title="What happened" acts>
            {said}
            {gone}
            {photos}
            <SummaryList>{rows(first)}</SummaryList>
            {(!rest.is_empty())
                .then(|| {
                    view! {
                        <Details summary=words::REST open=app.has_two_columns()>
                            <SummaryList>{rows(rest)}</SummaryList>
                        </Details>
                    }
                })}
            {changes}
            {codes}
            <p class="muted small">{written}</p>
        </Part>
    }
}

fn rows(rows: Vec<(&'static str, String)>) -> Vec<Node> {
    rows.into_iter().map(|(key, value)| view! { <SummaryRow key>{value}</SummaryRow> }).collect()
}

/// Every correction with what stood there before: the original stays visible.
#[component]
fn Changes(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let corrections = record
        .amendments
        .iter()
        .map(|amendment| {
            let by = people::in_record(&amendment.by, &record, &directory);
            let when = crate::text::common::moment(amendment.at);
            let lines = changed(&record, amendment, &directory);
            view! {
                <li class="stack">
                    <p>{format!("Corrected by {by}, {when}. Why: {}", gone::shown(&amendment.reason, &record, ""))}</p>
                    <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </li>
            }
        })
        .collect_view();
    let unanswered = if record.imported.is_some() { Vec::new() } else { record.original.unanswered() };
    let first = rows(words::rows(&record.original, &unanswered, &directory));
    view! {
        <ul class="plain-list stack">{corrections}</ul>
        <Details summary="As first reported">
            {record.original.code("text").map(|text| view! { <blockquote class="quote">{text.to_owned()}</blockquote> })}
            <SummaryList>{first}</SummaryList>
        </Details>
    }
}

fn changed(record: &Record, amendment: &Amendment, directory: &domain::directory::Directory) -> Vec<String> {
    let in_words = |name: &str, value: &Value| words::value_of(record.spec(), name, value, directory);
    let line = |(name, now): (&String, &Value)| {
        let before = amendment.before.get(name).unwrap_or(&Value::Null);
        format!(
            "{}: before \u{201c}{}\u{201d}, now \u{201c}{}\u{201d}",
            words::label(name),
            in_words(name, before),
            in_words(name, now)
        )
    };
    amendment.changes.iter().map(line).collect()
}

//! What was decided at each step, by whom and when; rivals side by side.

use super::{AwayView, Part, SecondView, may::may};
use crate::{
    routes,
    state::use_app,
    text::{
        common,
        review::{changed::changes, decision as words, history, people, steps},
    },
    ui::{StatusTag, SummaryList, SummaryRow},
};
use domain::record::{DecisionBody, Record, Standing, StepDecision};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn DecisionsPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let mut acts = Vec::new();
    if may(app, "revise_notification", &record, None) {
        acts.push(("Change who must be told", routes::step(&record.id, "decide")));
    }
    let directory = app.directory.read_untracked();
    let steps = (2..=5).filter_map(|step| {
        let decisions: Vec<&StepDecision> =
            record.decisions.iter().filter(|decision| decision.step == step).collect();
        if decisions.is_empty() {
            return None;
        }
        let look = if record.conflict(step).is_empty() { "stack" } else { "split" };
        let written = format!("Written in: {}", steps::destination(&record, step, &directory));
        let cards = decisions
            .into_iter()
            .map(|decision| view! { <DecisionView record=record.clone() decision=decision.clone() /> })
            .collect_view();
        Some(view! {
            <div class="stack">
                <div class=look>{cards}</div>
                <p class="muted small">{written}</p>
            </div>
        })
    });
    let steps = steps.collect_view();
    let none = record.decisions.is_empty().then(|| view! { <p class="muted">"Nothing is decided yet."</p> });
    view! { <Part title="Decisions" acts>{none} {steps}</Part> }
}

/// One decision: what it said, who made it and when, with remarks in words.
#[component]
pub fn DecisionView(record: Arc<Record>, decision: StepDecision) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let by = people::decider(&decision.by, &record, &directory);
    let received = record.event(&decision.id);
    let when = received.map_or_else(|| common::moment(decision.at), history::when);
    let marks = received.map(|received| history::marks(&received.judgement)).unwrap_or_default();
    let marks =
        (!marks.is_empty()).then(|| view! { <p class="muted small">{format!("{}.", marks.join(". "))}</p> });
    let standing = match decision.standing {
        Standing::Effective { kept: true, .. } => Some(("done", "Chosen")),
        Standing::Rival => Some(("contested", "Waits for a choice")),
        Standing::NotKept => Some(("withdrawn", "Not chosen")),
        Standing::Effective { .. } if record.conflict(decision.step).contains(&decision.id) => {
            Some(("contested", "Waits for a choice"))
        }
        Standing::Effective { .. } => None,
    };
    let contested = standing.is_some().to_string();
    let standing = standing.map(|(status, label)| view! { <StatusTag status label /> });
    let changed = changed_by(&record, &decision);
    let changed = (!changed.is_empty()).then(|| ("What changed", changed.join(" ")));
    let rows = words::rows(&decision.body, &directory)
        .into_iter()
        .chain(changed)
        .map(|(key, value)| view! { <SummaryRow key>{value}</SummaryRow> })
        .collect_view();
    view! {
        <article class="decision stack" data-standing=contested>
            <h3 class="decision__title">{words::title(&decision)}</h3>
            <p class="muted small">{format!("{by}, {when}")}</p>
            {standing}
            {marks}
            <AwayView decision=decision.clone() />
            <SummaryList>{rows}</SummaryList>
            <SecondView decision />
        </article>
    }
}

/// How a notification decision differs from the one before it on the same record.
pub fn changed_by(record: &Record, decision: &StepDecision) -> Vec<String> {
    let notification = |one: &StepDecision| match &one.body {
        DecisionBody::Notification(said) => Some(said.clone()),
        _ => None,
    };
    let earlier = record.decisions.iter().take_while(|one| one.id != decision.id);
    match (earlier.filter_map(notification).last(), notification(decision)) {
        (Some(before), Some(after)) => changes(&before, &after),
        _ => Vec::new(),
    }
}

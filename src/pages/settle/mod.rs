//! Two people decided the same step without seeing each other: the registered manager keeps one.
//! Nothing is deleted; the other stays visible.

use super::{
    inbox,
    record::{
        DecisionView, StepPage,
        form::{Ask, Entry, Fields, Look, ask, beside_field},
        known, record_id,
    },
};
use crate::{
    routes,
    state::{Kind, use_app},
    text::review::{history, people, rivals, steps},
    ui::{Button, Buttons, Choice, EmptyState, Form, LinkButton, Page, Radios},
};
use domain::record::{Record, StepDecision};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::Map;
use std::sync::Arc;

const REASON: Ask = ask("reason", "Why this one?", Look::Words).needed();
const KEEP: Ask = ask("keep", "Which decision counts?", Look::Line).needed();

#[component]
pub fn SettlePage() -> impl IntoView {
    let id = record_id();
    live(move || {
        known(id.get(), |record| match record.conflicts.keys().next().copied() {
            Some(step) => view! { <Settle record step /> },
            None => view! { <Settled record /> },
        })
    })
}

#[component]
fn Settle(record: Arc<Record>, step: u8) -> impl IntoView {
    let app = use_app();
    let rivals: Vec<StepDecision> =
        record.conflict(step).iter().filter_map(|id| record.decision_of(id).cloned()).collect();
    let key = format!("{}/settle/{step}", record.id);
    let entry = Entry::open(app, key, record.site.clone(), Some(record.id.clone()), Map::new());
    let navigate = use_navigate();
    let id = record.id.clone();
    let submit = move |()| {
        let Some(mut with) = entry.read(&[KEEP, REASON]) else { return };
        with.insert("step".into(), step.into());
        let (navigate, id) = (navigate.clone(), id.clone());
        entry.send("resolve", with, beside_field, move |_| {
            app.notices.show(Kind::Success, "One decision is chosen. The other stays visible.");
            // What was chosen is looked at before anything else: the record goes on from here.
            navigate(&inbox::address(&id, false), Default::default());
        });
    };
    let directory = app.directory.read_untracked();
    let options: Vec<Choice> = rivals
        .iter()
        .map(|rival| {
            let by = people::author(&rival.by, &directory, &record.site);
            let when = record.event(&rival.id).map(history::when).unwrap_or_default();
            Choice::new(rival.id.as_str(), format!("The one by {by}")).hint(when)
        })
        .collect();
    let cards = rivals
        .iter()
        .map(|rival| view! { <DecisionView record=record.clone() decision=rival.clone() /> })
        .collect_view();
    let words = format!(
        "Step: {}. Two people decided without seeing each other: {}. The first one counts until you choose.",
        steps::task(step).to_lowercase(),
        rivals::said(&record, step)
    );
    view! {
        <StepPage record title="Choose one of two decisions" verb="resolve" errors=entry.errors>
            <p>{words}</p>
            <div class="split">{cards}</div>
            <Form on_submit=submit>
                <Radios id="keep" legend="Which decision counts?" options value=entry.one("keep") error=entry.error("keep") />
                <Fields asks=vec![REASON] entry />
                <Buttons>
                    <Button busy=entry.busy>"Keep this decision"</Button>
                </Buttons>
            </Form>
        </StepPage>
    }
}

#[component]
fn Settled(record: Arc<Record>) -> impl IntoView {
    let back = routes::record(&record.id);
    view! {
        <Page title="Nothing to choose" heading="Nothing to choose" back=back.clone() back_label="The record">
            <EmptyState title="Every step of this record has one decision." icon="scale">
                <LinkButton href=back kind=crate::ui::Kind::Secondary>"See the record"</LinkButton>
            </EmptyState>
        </Page>
    }
}

//! Step 3: who outside the service must be told. Questions, suggestions with their reasons, and the decision.

mod answers;
mod bodies;
mod decide_form;
mod help;
mod outages;
mod questions;
mod rules_of_others;
pub mod similar;

use super::record::{OutagesPart, StepPage, known, record_id};
use answers::at_the_top;
use decide_form::{DecideForm, entry_of};
use domain::{pathway::State, record::Record};
use markup::prelude::*;
use similar::Similar;
use std::sync::Arc;

#[component]
pub fn DecidePage() -> impl IntoView {
    let id = record_id();
    live(move || known(id.get(), |record| view! { <Decide record /> }))
}

/// The first decision, or a change of it later on.
#[component]
fn Decide(record: Arc<Record>) -> impl IntoView {
    let revises = record.state != State::AwaitingNotificationDecision;
    let (verb, title) = match revises {
        false => ("assess_notification", "Who must be told?"),
        true => ("revise_notification", "Change who must be told"),
    };
    let entry = entry_of(&record, revises);
    let near = record.clone();
    view! {
        <StepPage
            record=record.clone()
            title
            verb
            errors=Signal::derive(move || at_the_top(entry.errors.get()))
            beside=move || {
                view! {
                    <OutagesPart record=near.clone() />
                    <Similar record=near.clone() />
                }
            }
        >
            <DecideForm record entry verb />
        </StepPage>
    }
}

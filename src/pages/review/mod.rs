//! Step 2: how bad it could have been, how likely it is to happen again, and the risk word that follows.

mod risk_word;

use super::{
    inbox,
    record::{
        StepPage,
        form::{Ask, Entry, Fields, Look, ask, beside_field},
        known, record_id,
    },
};
use crate::{
    routes,
    state::{Kind, use_app},
    text::review::{levels, steps},
    ui::{self, Button, Buttons, Form, LinkButton, Notice, Tone},
};
use domain::{
    record::{self as model, Record},
    vocabulary::{Code, CodeList},
};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use risk_word::RiskWord;
use serde_json::Map;
use std::sync::Arc;

static IS_NEAR_MISS: CodeList = CodeList {
    name: "yes_no",
    codes: &[
        Code { code: "y", label: "Yes, a near miss", help: "", facts: &[] },
        Code { code: "n", label: "No", help: "Say why in the note.", facts: &[] },
    ],
};

const CONFIRMS: Ask = ask("confirms_near_miss", "Is this a near miss?", Look::One(&IS_NEAR_MISS)).needed();
const QUESTIONS: [Ask; 6] = [
    ask("potential_most_likely", "What would most likely have happened?", Look::Level(&levels::POTENTIAL))
        .needed(),
    ask("potential_worst", "What could have happened at worst?", Look::Level(&levels::POTENTIAL)).needed(),
    ask("likelihood", "How likely is it to happen again?", Look::Level(&levels::LIKELIHOOD)).needed(),
    ask("interim", "What was done straight away?", Look::Words),
    ask("note", "Note", Look::Words),
    ask("factors", "What made it more likely", Look::Factors)
        .hint("Select all that apply")
        .under("What made it more likely"),
];

#[component]
pub fn ReviewPage() -> impl IntoView {
    let id = record_id();
    live(move || known(id.get(), |record| view! { <Review record /> }))
}

#[component]
fn Review(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let asks = asks(&record);
    let (levels, rest): (Vec<Ask>, Vec<Ask>) = asks.iter().partition(|ask| ask.required);
    let mut start = Map::new();
    let already: Vec<&str> = record.facts.list("immediate_actions").collect();
    if !already.is_empty() {
        start.insert("interim".into(), already.join(". ").into());
    }
    let key = format!("{}/review_risk", record.id);
    let entry = Entry::open(app, key, record.site.clone(), Some(record.id.clone()), start);
    let navigate = use_navigate();
    let (to_send, id) = (asks, record.id.clone());
    let written = steps::destination(&record, 2, &app.directory.read_untracked());
    let said = format!("Saved. Written in: {written}. The Registered Manager is next.");
    let submit = move |()| {
        let Some(with) = entry.read(&to_send) else { return };
        let (navigate, id, said) = (navigate.clone(), id.clone(), said.clone());
        entry.send("review_risk", with, beside_field, move |_| {
            app.notices.show(Kind::Success, said);
            navigate(&inbox::after(app, &id), Default::default());
        });
    };
    let here = routes::record(&record.id);
    let unsure = record.kind == model::Kind::Unclassified;
    view! {
        <StepPage record title="How bad could it be?" verb="review_risk" errors=entry.errors>
            {unsure.then(|| view! { <Unsure here=here.clone() /> })}
            <Form on_submit=submit>
                <Fields asks=levels entry />
                <RiskWord entry />
                <Fields asks=rest entry />
                <p class="muted">{format!("Written in: {written}")}</p>
                <Buttons>
                    <Button busy=entry.busy>"Save and pass to the Registered Manager"</Button>
                    <LinkButton href=format!("{here}?do=return") kind=ui::Kind::Secondary>"Send back with a question"</LinkButton>
                </Buttons>
            </Form>
        </StepPage>
    }
}

/// Where the category needs it, step 2 first says if this is a near miss at all.
fn asks(record: &Record) -> Vec<Ask> {
    let needs_confirmation = record.spec().is_some_and(|spec| spec.needs_confirmation);
    let can_be =
        matches!(record.kind, model::Kind::Hazard | model::Kind::NearMiss | model::Kind::NoHarmIncident);
    let confirms = (needs_confirmation && can_be).then_some(CONFIRMS);
    confirms.into_iter().chain(QUESTIONS).collect()
}

/// It is not clear if it reached anybody: the review has to wait for that.
#[component]
fn Unsure(here: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning title="It is not clear if it reached somebody, or did harm">
            <p>"Correct the facts if you know. If not, ask the reporter. The review can be saved after that."</p>
            <Buttons>
                <LinkButton href=format!("{here}?do=amend") kind=ui::Kind::Secondary>"Correct the facts"</LinkButton>
                <LinkButton href=format!("{here}?do=ask") kind=ui::Kind::Secondary>"Ask the reporter"</LinkButton>
            </Buttons>
        </Notice>
    }
}

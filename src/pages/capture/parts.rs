//! What several screens of recording share.

use crate::{
    routes,
    state::Problem,
    text::capture as text,
    ui::{Button, EmptyState, FieldError, Kind, LinkButton, Notice, Page, Tone},
};
use markup::prelude::*;

/// Why it did not work, read out at once. Nothing that was answered is lost.
#[component]
pub fn Trouble(problem: RwSignal<Option<Problem>>) -> impl IntoView {
    live(move || {
        problem.get().map(|problem| {
            view! {
                <Notice tone=Tone::Error alert=true>
                    <p>{problem.sentence}</p>
                </Notice>
            }
        })
    })
}

/// Who only reads records nothing, and is told so before they write anything.
#[component]
pub fn ReaderPage() -> impl IntoView {
    view! {
        <Page title=text::outside::CANNOT_RECORD heading=text::outside::CANNOT_RECORD back="/">
            <ReadsOnly title=text::outside::NOTHING_TO_DO />
        </Page>
    }
}

/// Where somebody who only reads finds what there is to read.
#[component]
pub fn ReadsOnly(title: &'static str) -> impl IntoView {
    view! {
        <EmptyState title icon="file-text">
            <p>{text::outside::LEDE}</p>
            <LinkButton href=routes::OVERSEE>{text::outside::ALL}</LinkButton>
        </EmptyState>
    }
}

/// Passes an optional question; or takes its answer away.
#[component]
pub fn Skip(
    answered: bool,
    /// Goes on without the answer.
    #[prop(into)]
    on_skip: Callback<()>,
) -> impl IntoView {
    let words = if answered { text::CLEAR } else { text::SKIP };
    view! {
        <Button kind=Kind::Secondary on_press=on_skip>
            {words}
        </Button>
    }
}

/// What is wrong with one field of a form.
pub fn error_of(errors: RwSignal<Vec<FieldError>>, id: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        errors.read().iter().find(|error| error.id == id).map(|error| error.message.clone())
    })
}

/// Says a refusal beside the field that it names, or above the form. `fields`: as the service calls each, and its id.
pub fn say_beside(
    found: Problem,
    fields: &[(&str, &str)],
    errors: RwSignal<Vec<FieldError>>,
    problem: RwSignal<Option<Problem>>,
) {
    // The form may be gone by now.
    match fields.iter().find(|(name, _)| found.field.as_deref() == Some(name)) {
        Some((_, id)) => drop(errors.try_set(vec![FieldError::new((*id).to_owned(), found.sentence)])),
        None => drop(problem.try_set(Some(found))),
    }
}

/// An error for every needed field that is empty.
pub fn empty_fields(fields: &[(&'static str, RwSignal<String>, &'static str)]) -> Vec<FieldError> {
    fields
        .iter()
        .filter(|(_, value, _)| value.read_untracked().trim().is_empty())
        .map(|(id, _, message)| FieldError::new(*id, *message))
        .collect()
}

//! Everything that is wrong with a form, at the top, with links to the answers.

use super::{
    button::error_shown,
    focus::{bring_into_sight, focus, focus_field, open_section_of},
};
use leptos::{ev, html};
use markup::prelude::*;

const MARK: &str = "Error: ";

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Id of the input; for choices the id of the question (its first option).
    pub id: String,
    /// The same words as beside the field.
    pub message: String,
}

impl FieldError {
    pub fn new(id: impl Into<String>, message: impl Into<String>) -> Self {
        Self { id: id.into(), message: message.into() }
    }
}

/// Shows nothing while `errors` is empty. Takes focus each time `errors` is set, puts "Error: " before
/// the window title, and opens the closed sections in which the answers lie. First thing in a `Page`.
#[component]
pub fn ErrorSummary(#[prop(into)] errors: Signal<Vec<FieldError>>) -> impl IntoView {
    let summary = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let any = !errors.read().is_empty();
        mark_title(any);
        errors.read().iter().for_each(|error| open_section_of(&error.id));
        if any {
            error_shown();
        }
        if any && let Some(summary) = summary.get() {
            focus(&summary);
            bring_into_sight(&summary);
        }
    });
    live(move || {
        let errors = errors.get();
        (!errors.is_empty()).then(|| {
            let lines = errors.into_iter().map(|error| view! { <Line error /> }).collect_view();
            view! {
                <div class="error-summary" tabindex="-1" node_ref=summary>
                    <div role="alert">
                        <h2 class="error-summary__title">"There is a problem"</h2>
                        <ul class="error-summary__list">{lines}</ul>
                    </div>
                </div>
            }
        })
    })
}

/// A person with many tabs hears in the window title that something is wrong.
fn mark_title(any: bool) {
    let title = document().title();
    let plain = title.strip_prefix(MARK).unwrap_or(&title);
    document().set_title(&if any { format!("{MARK}{plain}") } else { plain.to_owned() });
}

#[component]
fn Line(error: FieldError) -> impl IntoView {
    let FieldError { id, message } = error;
    let href = format!("#{id}");
    let go = move |event: ev::MouseEvent| {
        event.prevent_default();
        focus_field(&id);
    };
    view! {
        <li>
            <a href=href on:click=go>{message}</a>
        </li>
    }
}

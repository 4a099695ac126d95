//! A section of a record with its heading and its buttons.

use crate::ui::{Buttons, Kind, LinkButton};
use leptos::prelude::*;

/// A link to one of the small forms: words and address.
pub type Act = (&'static str, String);

#[component]
pub fn Part(
    #[prop(into)] title: String,
    /// What this person may do here.
    #[prop(optional)]
    acts: Vec<Act>,
    children: Children,
) -> impl IntoView {
    let buttons = acts
        .into_iter()
        .map(|(words, href)| view! { <LinkButton href kind=Kind::Secondary>{words}</LinkButton> })
        .collect::<Vec<_>>();
    view! {
        <section class="record-part stack">
            <h2>{title}</h2>
            {children()}
            {(!buttons.is_empty()).then(|| view! { <Buttons>{buttons}</Buttons> })}
        </section>
    }
}

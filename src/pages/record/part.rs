//! A section of a record with its heading and its buttons.

use markup::prelude::*;

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
    let acts: Vec<_> =
        acts.into_iter().map(|(words, href)| view! { <li><a href=href>{words}</a></li> }).collect();
    view! {
        <section class="record-part stack">
            <h2>{title}</h2>
            {children()}
            {(!acts.is_empty()).then(|| view! { <ul class="record-part__acts">{acts}</ul> })}
        </section>
    }
}

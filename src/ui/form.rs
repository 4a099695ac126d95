//! A form that the app handles itself.

use markup::prelude::*;

/// A form without the browser's own checks: errors come from the domain, on submit only.
#[component]
pub fn Form(
    /// Called on submit, by button or Enter.
    #[prop(into)]
    on_submit: Callback<()>,
    children: Children,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! { <form class="form" novalidate on:submit=submit>{children()}</form> }
}

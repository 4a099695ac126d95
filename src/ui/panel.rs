//! The green panel of a confirmation page. No links inside.

use super::Icon;
use markup::prelude::*;

/// A short heading (the page's `<h1>`) and at most one sentence.
#[component]
pub fn Panel(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <div class="panel">
            <Icon name="circle-check" />
            <h1 class="panel__title" tabindex="-1">{title}</h1>
            <div class="panel__words">{children()}</div>
        </div>
    }
}

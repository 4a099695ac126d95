//! "Get help first": nothing else on the page but the words, go on, and go back.

use super::Icon;
use markup::prelude::*;

/// A page that stops a person before something that must not be missed. Used rarely.
#[component]
pub fn Interruption(
    /// The page's `<h1>`.
    #[prop(into)]
    title: String,
    /// The words, and then the two actions in `Buttons`.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="interruption">
            <Icon name="hand" />
            <h1 class="interruption__title" tabindex="-1">{title}</h1>
            {children()}
        </div>
    }
}

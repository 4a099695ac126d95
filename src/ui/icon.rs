//! One symbol of the sprite in index.html. Always decoration: the words stand next to it.

use markup::prelude::*;

/// A symbol that takes the colour of the text around it. A name the sprite lacks draws nothing.
#[component]
pub fn Icon(
    /// Symbol in the sprite, without `i-`.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}

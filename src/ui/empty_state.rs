//! A list with nothing in it: one sentence and at most one act.

use super::Icon;
use markup::prelude::*;

/// Says that there is nothing, and what would be here.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    /// Symbol above the words.
    #[prop(into, default = "inbox".to_owned())]
    icon: String,
    /// A sentence and at most one link or button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state__icon"><Icon name=icon /></span>
            <p class="empty-state__title">{title}</p>
            {children.map(|children| view! { <div class="empty-state__words">{children()}</div> })}
        </div>
    }
}

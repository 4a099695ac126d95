//! A list with the chosen thing beside it; on a phone only one of the two.

use markup::prelude::*;

/// From 900 px both panes stand side by side. Below, the detail takes the screen when there is one.
#[component]
pub fn TwoPane(
    /// Something is chosen.
    #[prop(into)]
    has_detail: Signal<bool>,
    /// The left pane.
    #[prop(into)]
    list: ViewFn,
    /// The right pane.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="two-pane" data-detail=move || has_detail.get().to_string()>
            <div class="two-pane__list">{list.run()}</div>
            <div class="two-pane__detail">{children()}</div>
        </div>
    }
}

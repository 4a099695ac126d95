//! Words that open when wanted.

use markup::prelude::*;

/// A line to press and the words behind it. Not for anything a person must read.
#[component]
pub fn Details(
    #[prop(into)] summary: Signal<String>,
    /// From the start.
    #[prop(into, optional)]
    open: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="details" open=move || open.get()>
            <summary class="details__summary">
                <span>{move || summary.get()}</span>
            </summary>
            <div class="details__body">{children()}</div>
        </details>
    }
}

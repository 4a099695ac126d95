//! What a record waits for, who does it, and the button to do it.

use markup::prelude::*;

/// "Next: manager's decision, by 25 November", with its button when this person may do it.
#[component]
pub fn NextStep(
    #[prop(into)] title: String,
    /// Who and by when, in words.
    #[prop(into, optional)]
    meta: Option<String>,
    /// It should have been done by now.
    #[prop(optional)]
    overdue: bool,
    /// The button, or nothing.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="next-step" data-overdue=overdue.to_string()>
            <div class="next-step__words">
                <h2 class="next-step__title">{title}</h2>
                {meta.map(|words| view! { <p class="next-step__meta">{words}</p> })}
            </div>
            {children.map(|children| view! { <div class="next-step__act">{children()}</div> })}
        </section>
    }
}

//! An answer as a large button: one tap answers and moves on.

use super::{Choice, Icon};
use markup::prelude::*;

/// A submit button of at least 64 px with icon and words. Use it through `Tiles`.
#[component]
pub fn Tile(
    /// Name of the question.
    #[prop(into)]
    name: String,
    choice: Choice,
    /// This was the answer when the person came back.
    #[prop(into)]
    selected: Signal<bool>,
    /// Id of the button, for the error summary.
    #[prop(into)]
    id: String,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let Choice { value, label, hint, icon, badge, .. } = choice;
    let press = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        on_press.run(());
    };
    let picture = match (badge, icon) {
        (Some(letters), _) => Some(view! { <span class="tile__badge" aria-hidden="true">{letters}</span> }),
        (None, Some(name)) => Some(view! { <span class="tile__icon"><Icon name /></span> }),
        (None, None) => None,
    };
    view! {
        <button
            class="tile"
            id=id
            type="submit"
            name=name
            value=value
            aria-pressed=move || selected.get().then_some("true")
            on:click=press
        >
            {picture}
            <span class="tile__words">
                <span class="tile__label">{label}</span>
                {hint.map(|words| view! { <span class="tile__hint">{words}</span> })}
            </span>
            {move || {
                selected
                    .get()
                    .then(|| {
                        view! {
                            <span class="tile__selected">
                                <Icon name="check" />
                                "Selected"
                            </span>
                        }
                    })
            }}
        </button>
    }
}

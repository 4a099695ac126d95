//! A list that opens, for long lists of equal things. Prefer radios or tiles up to about ten.

use super::{Bound, Choice, Field, field::described_by};
use markup::prelude::*;

/// A label and a native list. The empty value shows `empty` first.
#[component]
pub fn Select(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(into)] options: Signal<Vec<Choice>>,
    /// The chosen value; empty when nothing is chosen.
    #[prop(into)]
    value: Bound<String>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    /// The first line, for example "Choose one".
    #[prop(into, default = "Choose one".to_owned())]
    empty: String,
) -> impl IntoView {
    let described = described_by(&id, hint, error);
    let input_id = id.clone();
    let choices = move || {
        let chosen = value.get();
        options
            .get()
            .into_iter()
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    view! {
        <Field id label hint error>
            <select
                class="select"
                id=input_id.clone()
                name=input_id
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                on:change=move |event| value.set(event_target_value(&event))
            >
                <option value="" selected=move || value.get().is_empty()>{empty}</option>
                {choices}
            </select>
        </Field>
    }
}

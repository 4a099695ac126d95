//! A file from this device.

use super::{Field, field::described_by};
use leptos::ev;
use markup::prelude::*;

/// A label and the browser's own file button. The event's target holds the file; `state` reads it.
#[component]
pub fn FileField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    /// For example `.csv,text/csv`.
    #[prop(into)]
    accept: String,
    /// Called when a file was chosen.
    #[prop(into)]
    on_change: Callback<ev::Event>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
) -> impl IntoView {
    let described = described_by(&id, hint, error);
    let input_id = id.clone();
    view! {
        <Field id label hint error>
            <input
                class="file-field"
                id=input_id.clone()
                name=input_id
                type="file"
                accept=accept
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                on:change=move |event| on_change.run(event)
            />
        </Field>
    }
}

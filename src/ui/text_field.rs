//! One line of typed text.

use super::{Bound, Field, field::described_by};
use markup::prelude::*;

/// How many characters the box looks made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Full,
    /// About 20 characters.
    Medium,
    /// About 10 characters.
    Short,
    /// About 4 digits.
    Tiny,
}

impl Width {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Medium => "medium",
            Self::Short => "short",
            Self::Tiny => "tiny",
        }
    }
}

/// A label, a one-line box, and what is wrong with it.
#[component]
pub fn TextField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    /// An `RwSignal<String>`, or `Bound::new(get, set)`.
    #[prop(into)]
    value: Bound<String>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    /// The label is the heading of the page.
    #[prop(optional)]
    heading: bool,
    /// Small words above the heading.
    #[prop(into, optional)]
    caption: MaybeProp<String>,
    /// `text`, `password`, `time`, `search`, `tel`, `email`.
    #[prop(default = "text")]
    kind: &'static str,
    /// For example `numeric`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// For example `name`, `one-time-code`, `current-password`; `off` when the browser must not guess.
    #[prop(default = "off")]
    autocomplete: &'static str,
    #[prop(optional)] width: Width,
    /// Check the spelling; off for codes and names.
    #[prop(optional)]
    spellcheck: bool,
) -> impl IntoView {
    let described = described_by(&id, hint, error);
    let input_id = id.clone();
    view! {
        <Field id label hint error heading caption>
            <input
                class="text-field"
                id=input_id.clone()
                name=input_id
                type=kind
                inputmode=inputmode
                autocomplete=autocomplete
                autocapitalize=if spellcheck { "sentences" } else { "none" }
                spellcheck=if spellcheck { "true" } else { "false" }
                data-width=width.name()
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Field>
    }
}

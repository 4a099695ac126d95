//! One answer out of a few.

use super::{Bound, Choice, Group, Icon};
use markup::prelude::*;

/// A question with one answer; nothing is chosen before the person chooses.
/// The first input has the id `id`, so that an error can link to it.
#[component]
pub fn Radios(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    #[prop(into)] options: Signal<Vec<Choice>>,
    /// `RwSignal<Option<String>>`, or `Bound::new(get, set)`.
    #[prop(into)]
    value: Bound<Option<String>>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    /// The legend is the heading of the page.
    #[prop(optional)]
    heading: bool,
    /// Small words above the heading.
    #[prop(into, optional)]
    caption: MaybeProp<String>,
    /// Side by side, for a few short answers ("Today", "3 days").
    #[prop(optional)]
    chips: bool,
) -> impl IntoView {
    let name = id.clone();
    let choices = move || {
        options
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, choice)| view! { <Radio name=name.clone() index choice value /> })
            .collect_view()
    };
    view! {
        <Group id legend hint error heading caption>
            <div class="radios" data-look=if chips { "chips" } else { "list" }>{choices}</div>
        </Group>
    }
}

#[component]
fn Radio(name: String, index: usize, choice: Choice, value: Bound<Option<String>>) -> impl IntoView {
    let id = option_id(&name, index);
    let hint_id = choice.hint.as_ref().map(|_| format!("{id}-hint"));
    let (mine, chosen) = (choice.value.clone(), choice.value.clone());
    view! {
        <div class="radio">
            <input
                class="radio__input"
                type="radio"
                id=id.clone()
                name=name
                value=choice.value
                aria-describedby=hint_id.clone()
                prop:checked=move || value.get().as_ref() == Some(&mine)
                on:change=move |_| value.set(Some(chosen.clone()))
            />
            <label class="radio__label" for=id>
                {choice.icon.map(|name| view! { <Icon name /> })}
                {choice.label}
            </label>
            {choice.hint.map(|words| view! { <div class="radio__hint" id=hint_id>{words}</div> })}
        </div>
    }
}

/// Id of the input at this place: the first one is the question's own id.
pub(super) fn option_id(id: &str, index: usize) -> String {
    if index == 0 { id.to_owned() } else { format!("{id}-{}", index + 1) }
}

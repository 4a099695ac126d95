//! Several lines of typed or spoken text.

use super::{Bound, Field, field::described_by};
use leptos::leptos_dom::helpers::TimeoutHandle;
use markup::prelude::*;
use std::time::Duration;

/// How long typing must rest before the count is read out.
const REST: Duration = Duration::from_millis(1_000);

/// A label, a box of several lines, and how many characters are left when there is a limit.
#[component]
pub fn TextArea(
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
    #[prop(default = 4)] rows: u32,
    /// Characters; shown as a count, never blocks typing.
    #[prop(default = None, into)]
    limit: Option<usize>,
    /// Show "Tap the microphone on your keyboard to speak".
    #[prop(optional)]
    speak: bool,
) -> impl IntoView {
    let described = described_by(&id, hint, error);
    let (input_id, count_id) = (id.clone(), format!("{id}-count"));
    let counted = limit.map(|_| count_id.clone());
    let described = move || {
        let ids: Vec<String> = described().into_iter().chain(counted.clone()).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    view! {
        <Field id label hint error heading caption>
            <textarea
                class="text-area"
                id=input_id.clone()
                name=input_id
                rows=rows
                spellcheck="true"
                autocapitalize="sentences"
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            {speak
                .then(|| {
                    view! {
                        <p class="text-area__speak">
                            <super::Icon name="mic" />
                            "Tap the microphone on your keyboard to speak"
                        </p>
                    }
                })}
            {limit.map(|limit| view! { <Count id=count_id value limit /> })}
        </Field>
    }
}

/// The count beside the box; a second, hidden copy is read out only when typing rests.
#[component]
fn Count(id: String, value: Bound<String>, limit: usize) -> impl IntoView {
    let words = move || left(value.get().chars().count(), limit);
    let spoken = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |first: Option<()>| {
        let now = words();
        if first.is_none() {
            return;
        }
        if let Some(handle) = waiting.get_value() {
            handle.clear();
        }
        let speak = move || {
            spoken.try_set(now);
        };
        waiting.set_value(set_timeout_with_handle(speak, REST).ok());
    });
    let over = move || value.get().chars().count() > limit;
    view! {
        <p class="text-area__count" id=id data-over=move || over().to_string() aria-hidden="true">{words}</p>
        <span class="visually-hidden" role="status">{spoken}</span>
    }
}

fn left(used: usize, limit: usize) -> String {
    let (n, what) = if used > limit { (used - limit, "too many") } else { (limit - used, "left") };
    let noun = if n == 1 { "character" } else { "characters" };
    format!("{n} {noun} {what}")
}

#[cfg(test)]
mod tests {
    use super::left;

    fn check(used: usize, expected: &str) {
        assert_eq!(left(used, 10), expected);
    }

    #[test]
    fn the_count_says_what_is_left_or_too_many() {
        check(0, "10 characters left");
        check(9, "1 character left");
        check(10, "0 characters left");
        check(11, "1 character too many");
    }
}

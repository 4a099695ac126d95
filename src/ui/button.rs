//! The thing to press. Its words say the act.

use leptos::ev;
use markup::prelude::*;
use std::time::Duration;

/// A second press within this time is a shaking hand, not a second wish.
const DOUBLE_PRESS: Duration = Duration::from_secs(1);

/// One primary button per page; the rest are secondary or quiet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Primary,
    Secondary,
    /// Looks like a link.
    Quiet,
    Danger,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A button. Without `on_press` it submits the form around it.
#[component]
pub fn Button(
    #[prop(optional)] kind: Kind,
    #[prop(into, optional)] on_press: Option<Callback<()>>,
    /// Work is going on: presses are ignored and the button says so to screen readers.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// Symbol before the words.
    #[prop(into, optional)]
    icon: Option<String>,
    children: Children,
) -> impl IntoView {
    let resting = StoredValue::new(true);
    let press = move |event: ev::MouseEvent| {
        if busy.get_untracked() || !resting.get_value() {
            event.prevent_default();
            return;
        }
        resting.set_value(false);
        let rest = move || {
            resting.try_set_value(true);
        };
        set_timeout(rest, DOUBLE_PRESS);
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            class="button"
            type=if on_press.is_some() { "button" } else { "submit" }
            data-kind=kind.name()
            aria-disabled=move || busy.get().then_some("true")
            on:click=press
        >
            {icon.map(|name| view! { <super::Icon name /> })}
            <span>{children()}</span>
        </button>
    }
}

/// Buttons in a row; under each other on a phone.
#[component]
pub fn Buttons(children: Children) -> impl IntoView {
    view! { <div class="buttons">{children()}</div> }
}

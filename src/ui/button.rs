//! The thing to press. Its words say the act.

use leptos::ev;
use markup::prelude::*;
use std::{cell::Cell, time::Duration};

/// A second press within this time is a shaking hand, not a second wish. A press that an error answered did nothing:
/// the next one counts at once.
const DOUBLE_PRESS: Duration = Duration::from_secs(1);

thread_local! {
    /// Errors that this page has shown.
    static ERRORS: Cell<u32> = const { Cell::new(0) };
}

/// Whatever shows an error says so here.
pub(super) fn error_shown() {
    ERRORS.set(ERRORS.get().wrapping_add(1));
}

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
    // After a press: how many errors had been shown by then, and the timer that ends its guard.
    let pressed = StoredValue::new(None::<(u32, Option<TimeoutHandle>)>);
    let press = move |event: ev::MouseEvent| {
        let last = pressed.get_value();
        if busy.get_untracked() || last.is_some_and(|(errors, _)| errors == ERRORS.get()) {
            event.prevent_default();
            return;
        }
        if let Some((_, Some(timer))) = last {
            timer.clear();
        }
        let rest = move || {
            pressed.try_set_value(None);
        };
        pressed.set_value(Some((ERRORS.get(), set_timeout_with_handle(rest, DOUBLE_PRESS).ok())));
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

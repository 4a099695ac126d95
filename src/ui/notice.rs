//! Words that stand out on a page.

use super::{Icon, button::error_shown, focus::bring_into_sight};
use leptos::{ev, html};
use markup::prelude::*;

/// What kind of news it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Info,
    Success,
    Warning,
    Error,
}

impl Tone {
    fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Info => ("info", "info"),
            Self::Success => ("success", "circle-check"),
            Self::Warning => ("warning", "triangle-alert"),
            Self::Error => ("error", "octagon-alert"),
        }
    }
}

/// A box with an icon, an optional title, and words. It stays until the caller takes it away.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(into, optional)] title: Option<String>,
    /// The result of what the person just did: read out at once, and scrolled to if it stands above the screen.
    /// One per page.
    #[prop(optional)]
    alert: bool,
    /// News above the page about something that may stand far down: it stays at the top of the screen until the next
    /// press, then it stands in its place.
    #[prop(optional)]
    follows: bool,
    children: Children,
) -> impl IntoView {
    if alert && tone == Tone::Error {
        error_shown();
    }
    let section = NodeRef::<html::Section>::new();
    let follows = follows.then(until_next_press);
    if alert || follows.is_some() {
        Effect::new(move |_| {
            if let Some(section) = section.get() {
                bring_into_sight(&section);
            }
        });
    }
    let (name, icon) = tone.look();
    let label = title.clone();
    view! {
        <section
            class="notice"
            data-tone=name
            data-follows=move || follows.is_some_and(|follows| follows.get()).then_some("true")
            role=alert.then_some("alert")
            aria-label=label
            node_ref=section
        >
            <Icon name=icon />
            <div class="notice__words">
                {title.map(|words| view! { <p class="notice__title">{words}</p> })}
                {children()}
            </div>
        </section>
    }
}

/// True until the next click, or until focus moves on by key: nothing is covered that somebody goes on to.
fn until_next_press() -> RwSignal<bool> {
    let held = RwSignal::new(true);
    // The press that brought the news may still be on its way up to the window.
    let fresh = StoredValue::new(true);
    request_animation_frame(move || {
        fresh.try_set_value(false);
    });
    let let_go = move || {
        if fresh.try_get_value() == Some(false) {
            held.try_set(false);
        }
    };
    let click = window_event_listener(ev::click, move |_| let_go());
    let key = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Tab" {
            let_go();
        }
    });
    on_cleanup(move || {
        click.remove();
        key.remove();
    });
    held
}

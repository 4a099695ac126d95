//! Words that stand out on a page.

use super::{Icon, button::error_shown, focus::bring_into_sight};
use leptos::html;
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
    children: Children,
) -> impl IntoView {
    if alert && tone == Tone::Error {
        error_shown();
    }
    let section = NodeRef::<html::Section>::new();
    if alert {
        Effect::new(move |_| {
            if let Some(section) = section.get() {
                bring_into_sight(&section);
            }
        });
    }
    let (name, icon) = tone.look();
    let label = title.clone();
    view! {
        <section class="notice" data-tone=name role=alert.then_some("alert") aria-label=label node_ref=section>
            <Icon name=icon />
            <div class="notice__words">
                {title.map(|words| view! { <p class="notice__title">{words}</p> })}
                {children()}
            </div>
        </section>
    }
}

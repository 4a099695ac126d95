//! Words that stand out on a page.

use super::{Icon, button::error_shown};
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
    /// The result of what the person just did: read out at once. One per page.
    #[prop(optional)]
    alert: bool,
    children: Children,
) -> impl IntoView {
    if alert && tone == Tone::Error {
        error_shown();
    }
    let (name, icon) = tone.look();
    let label = title.clone();
    view! {
        <section class="notice" data-tone=name role=alert.then_some("alert") aria-label=label>
            <Icon name=icon />
            <div class="notice__words">
                {title.map(|words| view! { <p class="notice__title">{words}</p> })}
                {children()}
            </div>
        </section>
    }
}

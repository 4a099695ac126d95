//! A form that holds what was typed before: when, and a way to begin it anew.

use super::{Button, Kind, Notice, focus::focus};
use leptos::html;
use markup::prelude::*;

/// Shows nothing where nothing came back. After "Start again" the focus stays here, on words that say so.
#[component]
pub fn Restored(
    /// None once the person started again.
    #[prop(into)]
    words: Signal<Option<String>>,
    on_again: Callback<()>,
) -> impl IntoView {
    let said = NodeRef::<html::P>::new();
    let was_there = words.with_untracked(Option::is_some);
    Effect::new(move |_| {
        if let (true, Some(said)) = (words.read().is_none(), said.get()) {
            focus(&said);
        }
    });
    live(move || match words.get() {
        Some(words) => view! {
            <Notice title="You began this before">
                <p>{words}</p>
                <p>
                    <Button kind=Kind::Secondary icon="rotate-ccw" on_press=on_again>"Start again"</Button>
                </p>
            </Notice>
        },
        None if was_there => {
            view! { <p class="muted" tabindex="-1" node_ref=said>"What was typed before is gone."</p> }
        }
        None => Node::Nothing,
    })
}

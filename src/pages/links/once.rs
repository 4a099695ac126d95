//! An address that is shown once, with a button that copies it.

use crate::{state::use_app, ui::Button};
use leptos::task::spawn_local;
use markup::prelude::*;

#[component]
pub fn ShownOnce(
    /// What it is, for who hears that it was copied: "Link".
    what: &'static str,
    #[prop(into)] address: String,
) -> impl IntoView {
    let app = use_app();
    let copied = RwSignal::new(false);
    let words = address.clone();
    let copy = move |()| {
        let words = words.clone();
        spawn_local(async move {
            match app.copy(what, &words).await {
                Ok(()) => drop(copied.try_set(true)),
                Err(problem) => app.notices.warn(problem.sentence),
            }
        });
    };
    view! {
        <p class="break-anywhere"><code>{address}</code></p>
        <p>
            <Button icon="copy" on_press=Callback::new(copy)>
                {move || if copied.get() { "Copied".to_owned() } else { format!("Copy the {}", what.to_lowercase()) }}
            </Button>
        </p>
    }
}

//! A question that must be answered before going on: deleting a draft, leaving the phone.

use leptos::{ev, html};
use markup::prelude::*;

/// The browser's own modal dialog: keeps focus inside, closes with Escape, makes the rest still.
/// The title takes focus first, so that nobody deletes with one careless Enter.
/// Not for ordinary saves: those need no confirmation.
#[component]
pub fn Dialog(
    /// Open while true; set to false again when the person closes it.
    open: RwSignal<bool>,
    /// Prefix of the ids inside; unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: Signal<String>,
    /// For a picture: as wide as the screen allows.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // It can only refuse when it is already open or out of the page: then there is nothing to show.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog
            class="dialog"
            id=id
            data-wide=wide.then_some("true")
            node_ref=dialog
            aria-labelledby=labelled_by
            on:close=move |_: ev::Event| open.set(false)
        >
            <h2 class="dialog__title" id=title_id tabindex="-1" autofocus>{move || title.get()}</h2>
            {children()}
        </dialog>
    }
}

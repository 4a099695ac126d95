//! One screen: title of the window, way back, heading with focus, content.

use super::{BackLink, focus::focus};
use leptos::html;
use markup::prelude::*;
use std::cell::Cell;

thread_local! {
    /// The first page is read from the top of the document, as any page of the web is.
    static FIRST: Cell<bool> = const { Cell::new(true) };
}

/// Something else stands before a page: meanwhile the page names nothing in the window.
#[derive(Clone, Copy)]
pub struct Covered(pub Signal<bool>);

/// The frame of a screen; holds `<main>`. Sets the window title and moves focus to the `<h1>` when shown.
/// Give `heading` unless a question inside is the heading (`heading=true` on tiles, radios, a field).
#[component]
pub fn Page(
    /// Window title, most special part first: "Who was it about? – Medication".
    #[prop(into)]
    title: Signal<String>,
    #[prop(into, optional)] heading: MaybeProp<String>,
    /// Small words above the heading.
    #[prop(into, optional)]
    caption: MaybeProp<String>,
    /// Address of the back link; none at the top level.
    #[prop(into, optional)]
    back: MaybeProp<String>,
    /// Words of the back link.
    #[prop(into, default = "Back".to_owned())]
    back_label: String,
    /// There are errors and no `ErrorSummary`: the window title says so.
    #[prop(into, optional)]
    has_error: Signal<bool>,
    /// Use the whole width (two panes, tables) and not the 42 rem of reading text.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    let covered = use_context::<Covered>();
    Effect::new(move |_| {
        if covered.is_some_and(|Covered(covered)| covered.get()) {
            return;
        }
        let error = if has_error.get() { "Error: " } else { "" };
        document().set_title(&format!("{error}{} – Noticed", title.get()));
    });
    Effect::new(move |_| {
        let Some(main) = main.get() else { return };
        if FIRST.replace(false) {
            return;
        }
        if let Ok(Some(heading)) = main.query_selector("h1") {
            focus(&heading);
        }
    });
    view! {
        <div class="page" data-wide=wide.to_string()>
            {move || {
                let label = back_label.clone();
                back.get().map(|href| view! { <BackLink href label /> })
            }}
            <main class="page__main" id="main" node_ref=main>
                {move || heading.get().map(|words| view! { <Heading words caption /> })}
                {children()}
            </main>
        </div>
    }
}

#[component]
fn Heading(words: String, caption: MaybeProp<String>) -> impl IntoView {
    view! {
        {move || caption.get().map(|words| view! { <span class="caption">{words}</span> })}
        <h1 class="page__heading" tabindex="-1">{words}</h1>
    }
}

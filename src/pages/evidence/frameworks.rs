//! The choice of what a pack for an inspector is laid out by: the built-in frameworks and the provider's own.

use crate::{
    routes,
    state::use_app,
    text::{evidence as text, frameworks},
    ui::{Bound, Choice, Notice, Radios, Tone},
};
use evidence::framework::{
    Status,
    shelf::{self, Offered},
};
use markup::prelude::*;

/// The id of the field.
pub const FRAMEWORK: &str = "framework";

#[component]
pub fn FrameworkChoice(
    value: Bound<Option<String>>,
    /// An answer after the frameworks, for example a file.
    #[prop(optional)]
    last: Option<Choice>,
    #[prop(into, optional)] error: MaybeProp<String>,
) -> impl IntoView {
    let app = use_app();
    let offered = Memo::new(move |_| shelf::offered(&app.directory.read()));
    let options = Signal::derive(move || {
        let all = offered.read();
        let known = all.iter().map(|offered| {
            Choice::new(offered.framework.id.as_str(), offered.framework.title.as_str())
                .hint(frameworks::origin(offered))
        });
        known.chain(last.clone()).collect::<Vec<_>>()
    });
    let chosen = Memo::new(move |_| {
        let id = value.get()?;
        offered.read().iter().find(|offered| offered.framework.id == id).cloned()
    });
    let draft = move || chosen.get().and_then(|offered| draft(&offered));
    let unread = move || {
        let directory = app.directory.read();
        let names: Vec<String> = shelf::unreadable(&directory).map(|loaded| loaded.title.clone()).collect();
        (!names.is_empty()).then(|| {
            let words = format!("{}: {}", names.join(", "), frameworks::UNREADABLE);
            view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }
        })
    };
    let load = move || {
        app.is_manager().then(|| {
            let href = routes::admin("frameworks");
            view! { <p><a class="lone" href=href>{text::LOAD_FRAMEWORK}</a></p> }
        })
    };
    view! {
        <Radios
            id=FRAMEWORK
            legend=text::FRAMEWORK
            hint=text::FRAMEWORK_HINT
            options
            value
            error
        />
        {unread}
        {draft}
        {load}
    }
}

/// A draft says so before anybody relies on it.
fn draft(offered: &Offered) -> Option<Node> {
    let note = offered.framework.note.trim().to_owned();
    let shown = offered.framework.status == Status::Draft && !note.is_empty();
    shown.then(|| view! { <Notice tone=Tone::Warning><p>{note}</p></Notice> })
}

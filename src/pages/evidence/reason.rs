//! Why names and words are shown, asked in the same way for a pack, for a story and for a file.

use crate::{
    state::App,
    text::{common::day, evidence as text},
    ui::TextArea,
};
use domain::vocabulary::ROLE;
use markup::prelude::*;

/// Id of the field.
pub const REASON: &str = "reason";

#[component]
pub fn ReasonField(
    label: &'static str,
    /// Where the reason will stand.
    hint: &'static str,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! { <TextArea id=REASON label hint rows=2 value error /> }
}

/// What stands in a file that names people: the reason, and as in a pack the role that made it and the day.
pub fn why_named(app: App, reason: &str) -> String {
    untrack(|| {
        let best_known = || app.directory.read().best_known_by(&app.me()?.staff, &app.site()?);
        let role = app.evidence_rights().map(|rights| rights.role).or_else(best_known);
        let role = role.map_or("Member of staff", |role| ROLE.label(role.code()));
        text::file_named(reason, role, &day(app.today()))
    })
}

//! Why names and words are shown, asked in the same way for a pack and for a story.

use crate::ui::TextArea;
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

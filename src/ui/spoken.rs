//! Words to press that are told apart by ear: of several alike, each says what it is about.

use markup::prelude::*;

/// Inside a button or a link: `words` are seen, "words: of" are heard. Said whole and once, as a browser puts a space
/// before what only stands beside the words.
#[component]
pub fn Spoken(#[prop(into)] words: String, #[prop(into)] of: String) -> impl IntoView {
    let heard = format!("{words}: {of}");
    view! {
        <span aria-hidden="true">{words}</span>
        <span class="visually-hidden">{heard}</span>
    }
}

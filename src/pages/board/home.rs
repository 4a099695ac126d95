//! The latest story in one quiet line, for Home.

use super::stories;
use crate::{routes, state::App, text::learning::short};
use markup::prelude::*;

/// As long as a line or two on a phone.
const LETTERS: usize = 90;

#[component]
pub fn HomeStory(app: App) -> impl IntoView {
    let latest = Memo::new(move |_| stories(app).into_iter().next().map(|story| story.changed));
    live(move || {
        latest.get().map(|changed| {
            let words = short(&changed, LETTERS);
            view! {
                <p class="home__story muted">
                    "What changed here: " <a href=routes::BOARD>{words}</a>
                </p>
            }
        })
    })
}

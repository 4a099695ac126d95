//! The drawing surface: one picture with a title and a description for those who do not see it.

use super::scale::px;
use markup::prelude::*;

/// What a drawing is called and what it shows, in one sentence. The id must be the only one on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    pub id: String,
    pub title: String,
    pub words: String,
}

/// As wide as there is room, and so many px high.
pub fn surface(about: &Drawn, height: f64, inside: Node) -> Node {
    let (title, words) = (format!("{}-title", about.id), format!("{}-words", about.id));
    view! {
        <svg
            class="chart"
            role="img"
            width="100%"
            height=px(height)
            aria-labelledby=title.clone()
            aria-describedby=words.clone()
        >
            <title id=title>{about.title.clone()}</title>
            <desc id=words>{about.words.clone()}</desc>
            {inside}
        </svg>
    }
}

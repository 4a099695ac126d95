//! The drawing surface: one picture with a title and a description for those who do not see it.

use crate::{element::Element, scale::px};

/// What a drawing is called and what it shows, in one sentence. The id must be the only one on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    pub id: String,
    pub title: String,
    pub words: String,
}

/// As wide as there is room, and so many px high.
pub(crate) fn surface(about: &Drawn, height: f64, inside: impl IntoIterator<Item = Element>) -> Element {
    let (title, words) = (format!("{}-title", about.id), format!("{}-words", about.id));
    Element::new("svg")
        .with("class", "chart")
        .with("role", "img")
        .with("width", "100%")
        .with("height", px(height))
        .with("aria-labelledby", title.clone())
        .with("aria-describedby", words.clone())
        .holds([
            Element::new("title").with("id", title).words(about.title.clone()),
            Element::new("desc").with("id", words).words(about.words.clone()),
        ])
        .holds(inside)
}

//! Pictures of numbers on a page: the drawings of `charts`, built as elements of the page.

pub use charts::{
    Bar, Bars, Drawn, Element, Funnel, FunnelPoint, Heat, HeatCell, Line, LinePoint, Mark, Sense, level,
    shades, short,
};

use charts::Inside;
use markup::{El, prelude::*};

/// A drawing and its key; nothing where nothing is drawn: the words around it say why.
#[component]
pub fn Chart(drawn: Vec<Element>) -> impl IntoView {
    drawn.into_iter().map(built).collect::<Vec<Node>>().into_node()
}

fn built(element: Element) -> Node {
    let mut el = El::new(element.tag, &[]);
    for (name, value) in element.attributes {
        el.attribute(name, value);
    }
    for inside in element.inside {
        el.child(match inside {
            Inside::Words(words) => words.into_node(),
            Inside::Element(element) => built(element),
        });
    }
    el.into_node()
}

//! Elements in which nothing ever changes.

use leptos::tachys::renderer::{Rndr, types::Element};

/// An element with what stands in it, written out when the app is built.
pub struct Fixed {
    pub tag: &'static str,
    pub attributes: &'static [(&'static str, &'static str)],
    pub children: &'static [Piece],
}

pub enum Piece {
    Text(&'static str),
    Element(Fixed),
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// Drawings that stand in pages; every other name is one of HTML.
const DRAWN: [&str; 12] =
    ["svg", "use", "g", "path", "circle", "line", "rect", "polyline", "polygon", "text", "title", "desc"];

impl Fixed {
    pub(crate) fn build(&self) -> Element {
        let element = create(self.tag, self.attributes);
        for piece in self.children {
            match piece {
                Piece::Text(words) => Rndr::insert_node(&element, &Rndr::create_text_node(words), None),
                Piece::Element(child) => Rndr::insert_node(&element, &child.build(), None),
            }
        }
        element
    }
}

pub(crate) fn create(tag: &str, attributes: &[(&'static str, &'static str)]) -> Element {
    let element = Rndr::create_element(tag, DRAWN.contains(&tag).then_some(SVG));
    for (name, value) in attributes {
        Rndr::set_attribute(&element, name, value);
    }
    element
}

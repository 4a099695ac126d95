//! What the shapes, lines and shades of a chart mean, each drawn as it stands in the chart.

use crate::{Mark, Sense, element::Element, mark::shape};

/// One line of the key: a short line as it is drawn, a shape or a shade, and its words.
pub(crate) enum Sign {
    Line(&'static str),
    Point(Mark, Sense),
    Bar,
    /// From 0, nothing, to 4.
    Shade(u8),
}

pub(crate) fn key(lines: Vec<(Sign, String)>) -> Element {
    let lines = lines.into_iter().map(|(sign, words)| {
        let sign = Element::new("svg")
            .with("class", "chart-key__sign")
            .with("width", "28")
            .with("height", "18")
            .with("aria-hidden", "true")
            .holds([drawn(sign)]);
        Element::new("li").with("class", "chart-key__line").holds([sign]).words(words)
    });
    Element::new("ul").with("class", "chart-key").holds(lines)
}

fn drawn(sign: Sign) -> Element {
    let place = |element: Element, places: [(&'static str, &'static str); 4]| {
        places.into_iter().fold(element, |element, (name, value)| element.with(name, value))
    };
    match sign {
        Sign::Line(class) => {
            let line = Element::new("line").with("class", class);
            place(line, [("x1", "0"), ("y1", "9"), ("x2", "28"), ("y2", "9")])
        }
        Sign::Point(mark, sense) => shape(mark, sense, 50.0, 9.0),
        Sign::Bar => {
            let bar = Element::new("rect").with("class", "chart__bar");
            place(bar, [("x", "2"), ("y", "4"), ("width", "24"), ("height", "10")])
        }
        Sign::Shade(level) => {
            let cell =
                Element::new("rect").with("class", "chart__cell").with("data-level", level.to_string());
            place(cell, [("x", "2"), ("y", "1"), ("width", "24"), ("height", "16")])
        }
    }
}

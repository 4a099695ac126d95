//! One element of a drawing, as data.

use crate::scale::{percent, px};

/// An element of SVG, or of the list that is the key.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    pub tag: &'static str,
    pub attributes: Vec<(&'static str, String)>,
    pub inside: Vec<Inside>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Inside {
    Words(String),
    Element(Element),
}

impl Element {
    pub fn new(tag: &'static str) -> Element {
        Element { tag, attributes: Vec::new(), inside: Vec::new() }
    }

    /// The words of an attribute that was set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// Itself and everything in it, in the order in which it is drawn.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = vec![self];
        for inside in &self.inside {
            if let Inside::Element(element) = inside {
                found.extend(element.all());
            }
        }
        found
    }

    /// The words in it, without those of elements in it.
    pub fn said(&self) -> String {
        let words = self.inside.iter().filter_map(|inside| match inside {
            Inside::Words(words) => Some(words.as_str()),
            Inside::Element(_) => None,
        });
        words.collect()
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.attributes.push((name, value.into()));
        self
    }

    pub(crate) fn words(mut self, words: impl Into<String>) -> Element {
        self.inside.push(Inside::Words(words.into()));
        self
    }

    pub(crate) fn holds(mut self, elements: impl IntoIterator<Item = Element>) -> Element {
        self.inside.extend(elements.into_iter().map(Inside::Element));
        self
    }
}

/// A straight line: from and to per cent across, and px down.
pub(crate) fn line(class: &'static str, x: (f64, f64), y: (f64, f64)) -> Element {
    Element::new("line")
        .with("class", class)
        .with("x1", percent(x.0))
        .with("x2", percent(x.1))
        .with("y1", px(y.0))
        .with("y2", px(y.1))
}

/// From edge to edge.
pub(crate) fn level_line(class: &'static str, y: f64) -> Element {
    line(class, (0.0, 100.0), (y, y))
}

/// A box: first and width in per cent across, top and height in px.
pub(crate) fn rect(class: &'static str, x: (f64, f64), y: (f64, f64)) -> Element {
    Element::new("rect")
        .with("class", class)
        .with("x", percent(x.0))
        .with("y", px(y.0))
        .with("width", percent(x.1))
        .with("height", px(y.1))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// Words at a place: per cent across, and px down to the line on which they stand.
pub(crate) fn text(class: &'static str, x: f64, y: f64, anchor: Anchor, words: impl Into<String>) -> Element {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    Element::new("text")
        .with("class", class)
        .with("x", percent(x))
        .with("y", px(y))
        .with("text-anchor", anchor)
        .words(words)
}

//! What stands beside a name: facts, and empty lines for the pen.

use super::{DOCUMENT, Layout, PEN};
use crate::pdf::{
    page::{LEFT, RIGHT, Tone},
    type_set::Font,
};
use pdf_writer::types::StructRole;

/// Room for the label of a fact.
const NAME: f32 = 150.0;

impl Layout {
    /// Empty lines for the pen, beside what they are for.
    pub(super) fn write(&mut self, parts: &[(&str, usize)]) {
        for (name, lines) in parts {
            self.need(PEN * *lines as f32);
            let element = self.element(StructRole::P, DOCUMENT);
            let top = self.y;
            for text in Font::bold(9.0).wrap(name, NAME - 8.0) {
                self.y -= Font::bold(9.0).leading();
                self.line(element, LEFT, Font::bold(9.0), Tone::Ink, &text);
            }
            for line in 1..=*lines {
                self.page().rule(LEFT + NAME, RIGHT, top - PEN * line as f32, 0.4);
            }
            self.y = top - PEN * *lines as f32;
        }
        self.y -= 6.0;
    }

    pub(super) fn facts(&mut self, facts: &[(String, String)]) {
        for (name, value) in facts {
            let names = Font::bold(9.0).wrap(name, NAME - 8.0);
            let values = Font::plain(9.0).wrap(value, RIGHT - LEFT - NAME);
            let leading = Font::plain(9.0).leading();
            self.need(leading * names.len().max(values.len().min(3)) as f32);
            let (left, right) =
                (self.element(StructRole::P, DOCUMENT), self.element(StructRole::P, DOCUMENT));
            for index in 0..names.len().max(values.len()) {
                self.need(leading);
                self.y -= leading;
                if let Some(line) = names.get(index) {
                    self.line(left, LEFT, Font::bold(9.0), Tone::Ink, line);
                }
                if let Some(line) = values.get(index) {
                    self.line(right, LEFT + NAME, Font::plain(9.0), Tone::Ink, line);
                }
            }
            self.y -= 3.0;
            let y = self.y;
            self.page().rule(LEFT, RIGHT, y, 0.4);
        }
        self.y -= 6.0;
    }
}

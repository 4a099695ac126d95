//! A chart on paper: its title and sentence, the drawing, which who listens hears as that sentence, and its key.

use super::{BODY, DOCUMENT, Layout, SMALL};
use crate::{
    doc::Picture,
    pdf::{
        draw::{Area, POINTS, length},
        page::{BOTTOM, LEFT, RIGHT, TOP, Tone},
        type_set::Font,
    },
};
use charts::{Element, Inside};
use pdf_writer::{Rect, types::StructRole};

const TITLE: Font = Font::bold(9.0);
/// From a sign of the key to its words, and from words to the next sign.
const SIGN: f32 = 28.0 * POINTS + 5.0;
const APART: f32 = 16.0;
/// From the middle of a sign down to the line on which its words stand.
const MIDDLE: f32 = 3.0;

/// Title, sentence, drawing and key: they stay together where a page has room for them.
pub(super) fn height(picture: &Picture) -> f32 {
    let lines = |font: Font, text: &str| font.wrap(text, RIGHT - LEFT).len() as f32 * font.leading();
    let words = lines(TITLE, &picture.title) + lines(BODY, &picture.sentence) + lines(SMALL, &picture.part);
    let drawn: f32 =
        picture.drawn.iter().filter(|one| one.tag == "svg").map(|one| length(one, "height")).sum();
    let key: usize = picture.drawn.iter().map(|one| key_rows(one).len()).sum();
    (words + drawn + key as f32 * SMALL.leading() + 24.0).min(TOP - BOTTOM)
}

impl Layout {
    pub(super) fn picture(&mut self, picture: &Picture) {
        self.need(height(picture));
        self.block_text(StructRole::P, &picture.title, TITLE, Tone::Ink, 0.0);
        self.block_text(StructRole::P, &picture.sentence, BODY, Tone::Ink, 0.0);
        if !picture.part.is_empty() {
            self.block_text(StructRole::P, &picture.part, SMALL, Tone::Soft, 0.0);
        }
        for element in &picture.drawn {
            match element.tag {
                "svg" => self.drawing(element, &picture.sentence),
                _ => self.key(element),
            }
        }
        self.y -= 8.0;
    }

    fn drawing(&mut self, drawing: &Element, sentence: &str) {
        let high = length(drawing, "height");
        self.need(high);
        let area = Area { left: LEFT, top: self.y - 2.0, width: RIGHT - LEFT };
        let figure = self.element(StructRole::Figure, DOCUMENT);
        self.elements[figure].says =
            Some((sentence.to_owned(), Rect::new(LEFT, area.top - high, RIGHT, area.top)));
        let page = self.pages.len() - 1;
        let begun = self.page().within(figure, StructRole::Figure.to_name());
        self.elements[figure].marks.extend(begun.map(|mark| (page, mark)));
        area.draw(&mut self.page().content, drawing);
        self.y -= high + 4.0;
    }

    fn key(&mut self, key: &Element) {
        for row in key_rows(key) {
            self.need(SMALL.leading());
            self.y -= SMALL.leading();
            for Sign { left, sign, words } in row {
                let area = Area { left, top: self.y + MIDDLE + 9.0 * POINTS, width: 28.0 * POINTS };
                self.page().meaningless(|content| area.draw(content, sign));
                let element = self.element(StructRole::P, DOCUMENT);
                self.line(element, left + SIGN, SMALL, Tone::Soft, &words);
            }
        }
    }
}

/// A sign of a key, its left edge, and its words.
struct Sign<'a> {
    left: f32,
    sign: &'a Element,
    words: Vec<u8>,
}

/// As many side by side as there is room for. Nothing for what is no key.
fn key_rows(key: &Element) -> Vec<Vec<Sign<'_>>> {
    let mut rows: Vec<Vec<Sign<'_>>> = Vec::new();
    let mut x = RIGHT;
    for line in key.all().into_iter().filter(|element| element.tag == "li") {
        let Some(Inside::Element(sign)) = line.inside.first() else { continue };
        let words = super::super::type_set::encode(&line.said());
        let wide = SIGN + SMALL.width(&words);
        if x + wide > RIGHT {
            x = LEFT;
            rows.push(Vec::new());
        }
        rows.iter_mut()
            .last()
            .into_iter()
            .for_each(|row| row.push(Sign { left: x, sign, words: words.clone() }));
        x += wide + APART;
    }
    rows
}

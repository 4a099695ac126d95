//! Lays a document out on pages: wraps text, keeps headings with what follows, splits tables and repeats their heads.

mod beside;
mod columns;
mod picture;
#[cfg(test)]
mod tests;

use super::{
    page::{BOTTOM, Draft, Element, LEFT, RIGHT, TOP, Tone},
    type_set::Font,
};
use crate::{
    doc::{Block, Cell, Doc, Section, Table},
    html::is_number,
};
use columns::{Columns, begins, table_begins};
use pdf_writer::{Name, Rect, types::StructRole};
use std::collections::BTreeMap;

const BODY: Font = Font::plain(9.5);
const SMALL: Font = Font::plain(7.5);
const CELL: Font = Font::plain(8.0);
const HEAD: Font = Font::bold(8.0);
const HEADING: Font = Font::bold(10.0);
const CAPTION: Font = Font::bold(8.5);
const PAD: f32 = 4.0;
/// Height of an empty line for the pen.
const PEN: f32 = 26.0;
/// Lines of a paragraph that stay with the heading before it.
const KEPT: usize = 3;

/// A section in the outline: its id, title, level, page and height on the page.
pub struct Mark {
    pub id: String,
    pub title: String,
    pub level: u8,
    pub page: usize,
    pub y: f32,
}

pub struct Layout {
    pub pages: Vec<Draft>,
    pub elements: Vec<Element>,
    pub marks: Vec<Mark>,
    y: f32,
    watermark: Option<Vec<u8>>,
    /// Page that each section begins on.
    pub places: BTreeMap<String, usize>,
}

/// The root of the structure.
pub const DOCUMENT: usize = 0;

impl Layout {
    pub fn of(doc: &Doc) -> Layout {
        let watermark = doc.watermark.as_deref().map(super::type_set::encode);
        let root = Element::new(StructRole::Document, 0);
        let mut layout = Layout {
            pages: vec![Draft::new(watermark.as_deref())],
            watermark,
            elements: vec![root],
            marks: Vec::new(),
            y: TOP,
            places: BTreeMap::new(),
        };
        layout.block_text(StructRole::H1, &doc.title, Font::bold(20.0), Tone::Ink, 0.0);
        layout.block_text(StructRole::P, &doc.running, Font::plain(8.5), Tone::Soft, 0.0);
        if let Some(watermark) = &doc.watermark {
            layout.block_text(StructRole::P, watermark, Font::bold(9.5), Tone::Ink, 0.0);
        }
        for section in &doc.sections {
            layout.section(doc, section);
        }
        layout.page_numbers();
        layout.pages.iter_mut().for_each(Draft::close);
        layout
    }

    fn element(&mut self, role: StructRole, parent: usize) -> usize {
        let number = self.elements.len();
        self.elements.push(Element::new(role, parent));
        self.elements[parent].children.push(number);
        number
    }

    fn page(&mut self) -> &mut Draft {
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn new_page(&mut self) {
        self.page().close();
        self.pages.push(Draft::new(self.watermark.as_deref()));
        self.y = TOP;
    }

    /// Goes on to the next page unless so much room is left.
    fn need(&mut self, height: f32) {
        if self.y - height < BOTTOM && self.y < TOP {
            self.new_page();
        }
    }

    fn line(&mut self, element: usize, x: f32, font: Font, tone: Tone, text: &[u8]) {
        let (y, number) = (self.y, self.pages.len() - 1);
        let tag = self.elements[element].role.to_name();
        let begun = self.page().text(element, tag, (x, y), font, tone, text);
        self.elements[element].marks.extend(begun.map(|mark| (number, mark)));
    }

    /// A paragraph with room after it.
    fn block_text(&mut self, role: StructRole, text: &str, font: Font, tone: Tone, indent: f32) {
        let element = self.element(role, DOCUMENT);
        self.text_of(element, text, font, tone, indent);
        self.y -= font.size * 0.45;
    }

    fn text_of(&mut self, element: usize, text: &str, font: Font, tone: Tone, indent: f32) {
        for line in font.wrap(text, RIGHT - LEFT - indent) {
            self.need(font.leading());
            self.y -= font.leading();
            self.line(element, LEFT + indent, font, tone, &line);
        }
    }

    fn section(&mut self, doc: &Doc, section: &Section) {
        let font = if section.level == 2 { Font::bold(14.0) } else { Font::bold(11.5) };
        if section.new_page && self.y < TOP {
            self.new_page();
        }
        // A heading alone at the foot of a page belongs to the next one.
        let lines = font.wrap(&section.title, RIGHT - LEFT).len() as f32;
        let first = section.blocks.first().map_or(60.0, begins);
        self.need(font.leading() * (lines + 0.5) + 16.0 + first);
        if self.y < TOP {
            self.y -= 12.0;
        }
        if section.level == 2 {
            let y = self.y;
            self.page().rule(LEFT, RIGHT, y, 1.6);
            self.y -= 4.0;
        }
        let (page, y) = (self.pages.len() - 1, self.y);
        self.places.insert(section.id.clone(), page);
        self.marks.push(Mark {
            id: section.id.clone(),
            title: section.title.clone(),
            level: section.level,
            page,
            y,
        });
        let role = if section.level == 2 { StructRole::H2 } else { StructRole::H3 };
        self.block_text(role, &section.title, font, Tone::Ink, 0.0);
        for (index, block) in section.blocks.iter().enumerate() {
            if let Block::Heading(text) = block {
                let lines = HEADING.wrap(text, RIGHT - LEFT).len() as f32;
                let next = section.blocks.get(index + 1).map_or(44.0, begins);
                self.need(HEADING.leading() * (lines + 0.5) + 5.0 + next);
            }
            self.block(doc, block, section.level);
        }
    }

    fn block(&mut self, doc: &Doc, block: &Block, level: u8) {
        match block {
            Block::Para(text) => self.block_text(StructRole::P, text, BODY, Tone::Ink, 0.0),
            Block::Note(text) => self.note(text),
            Block::Quote(text) => self.block_text(StructRole::BlockQuote, text, BODY, Tone::Ink, 16.0),
            Block::Heading(text) => {
                self.y -= 5.0;
                let role = if level == 2 { StructRole::H3 } else { StructRole::H4 };
                self.block_text(role, text, HEADING, Tone::Ink, 0.0);
            }
            Block::List(lines) => self.list(lines),
            Block::Links(links) => {
                for link in links {
                    let more =
                        if link.more.is_empty() { String::new() } else { format!(" \u{2013} {}", link.more) };
                    self.link(&link.to, &link.text, &more);
                }
                self.y -= 4.0;
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Write(parts) => self.write(parts),
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => self.picture(picture),
            Block::Contents => {
                let links: Vec<_> = doc.chapters().collect();
                links.iter().for_each(|link| self.link(&link.to, &link.text, ""));
            }
        }
    }

    fn note(&mut self, text: &str) {
        let height = BODY.wrap(text, RIGHT - LEFT - 12.0).len() as f32 * BODY.leading();
        self.need(height + 8.0);
        let y = self.y;
        if height < TOP - BOTTOM {
            self.page().fill(LEFT, y - height - 5.0, 3.0, height + 4.0, [0.70, 0.36, 0.0]);
        }
        self.block_text(StructRole::P, text, BODY, Tone::Ink, 12.0);
        self.y -= 3.0;
    }

    fn list(&mut self, lines: &[String]) {
        let list = self.element(StructRole::L, DOCUMENT);
        for text in lines {
            let item = self.element(StructRole::LI, list);
            let body = self.element(StructRole::LBody, item);
            let wrapped = BODY.wrap(text, RIGHT - LEFT - 14.0);
            for (index, line) in wrapped.iter().enumerate() {
                self.need(BODY.leading());
                self.y -= BODY.leading();
                if index == 0 {
                    self.line(body, LEFT + 4.0, BODY, Tone::Ink, &[0x95]);
                }
                self.line(body, LEFT + 14.0, BODY, Tone::Ink, line);
            }
        }
        self.y -= 4.0;
    }

    /// A line that leads to a section, with the number of its page at the end.
    fn link(&mut self, to: &str, text: &str, more: &str) {
        let element = self.element(StructRole::P, DOCUMENT);
        let lines = BODY.wrap(&format!("{text}{more}"), RIGHT - LEFT - 60.0);
        let last = lines.len().saturating_sub(1);
        for (index, line) in lines.iter().enumerate() {
            self.need(BODY.leading());
            self.y -= BODY.leading();
            self.line(element, LEFT, BODY, Tone::Link, line);
            let y = self.y;
            let rect = Rect::new(LEFT, y - 2.0, RIGHT, y + BODY.size);
            let page = self.page();
            page.links.push((rect, to.to_owned()));
            if index == last {
                page.late.push((element, y, to.to_owned()));
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let element = self.element(StructRole::Table, DOCUMENT);
        self.need(table_begins(table));
        let caption = self.element(StructRole::Caption, element);
        self.text_of(caption, &table.caption, CAPTION, Tone::Ink, 0.0);
        if !table.basis.is_empty() {
            self.text_of(caption, &table.basis, SMALL, Tone::Soft, 0.0);
        }
        self.y -= 4.0;
        let columns = Columns::of(table);
        let heads: Vec<Vec<Vec<u8>>> =
            table.heads.iter().enumerate().map(|(at, head)| HEAD.wrap(head, columns.inner(at))).collect();
        let row = self.element(StructRole::TR, element);
        self.head_row(Some(row), &columns, &heads, table);
        for cells in &table.rows {
            let lines: Vec<Vec<Vec<u8>>> =
                cells.iter().enumerate().map(|(at, cell)| CELL.wrap(&cell.text, columns.inner(at))).collect();
            let row = self.element(StructRole::TR, element);
            self.body_row(row, &columns, &heads, table, cells, &lines);
        }
        self.y -= 8.0;
    }

    /// The head of a table; without `row` it is a repeat, which means nothing.
    fn head_row(&mut self, row: Option<usize>, columns: &Columns, heads: &[Vec<Vec<u8>>], table: &Table) {
        let most = heads.iter().map(Vec::len).max().unwrap_or(1);
        let height = most as f32 * HEAD.leading() + PAD;
        let y = self.y;
        self.page().fill(LEFT, y - height, RIGHT - LEFT, height, [0.95, 0.965, 0.96]);
        for (at, lines) in heads.iter().enumerate() {
            let element = row.map(|row| self.element(StructRole::TH, row));
            for (index, line) in lines.iter().enumerate() {
                let x = columns.x(at, is_number(table, at), HEAD, line);
                self.y = y - (index + 1) as f32 * HEAD.leading();
                match element {
                    Some(element) => self.line(element, x, HEAD, Tone::Ink, line),
                    None => {
                        let baseline = self.y;
                        self.page().repeat(x, baseline, HEAD, line);
                    }
                }
            }
        }
        self.y = y - height;
        let y = self.y;
        self.page().rule(LEFT, RIGHT, y, 1.0);
    }

    fn body_row(
        &mut self,
        row: usize,
        columns: &Columns,
        heads: &[Vec<Vec<u8>>],
        table: &Table,
        cells: &[Cell],
        lines: &[Vec<Vec<u8>>],
    ) {
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        let elements: Vec<usize> = (0..cells.len())
            .map(|at| self.element(if at == 0 { StructRole::TH } else { StructRole::TD }, row))
            .collect();
        let mut done = 0;
        while done < most {
            let fits = ((self.y - BOTTOM - PAD) / CELL.leading()).floor().max(0.0) as usize;
            let whole_page = ((TOP - BOTTOM) / CELL.leading()) as usize - 6;
            // A row is split only where it is longer than a page.
            let is_short = most <= whole_page;
            if fits == 0 || (is_short && fits < most - done && self.y < TOP - 60.0) {
                self.new_page();
                self.head_row(None, columns, heads, table);
                continue;
            }
            let now = fits.min(most - done);
            let top = self.y;
            for (at, cell) in cells.iter().enumerate() {
                for (index, line) in lines[at].iter().enumerate().skip(done).take(now) {
                    self.y = top - (index - done + 1) as f32 * CELL.leading();
                    let x = columns.x(at, cell.number, CELL, line);
                    let tone = if cell.to.is_some() { Tone::Link } else { Tone::Ink };
                    self.line(elements[at], x, CELL, tone, line);
                    if let Some(to) = &cell.to {
                        let y = self.y;
                        let rect = Rect::new(x, y - 2.0, x + CELL.width(line), y + CELL.size);
                        self.page().links.push((rect, to.clone()));
                    }
                }
            }
            done += now;
            self.y = top - now as f32 * CELL.leading() - PAD;
            let y = self.y;
            self.page().rule(LEFT, RIGHT, y, 0.4);
        }
    }

    /// Numbers of pages at the end of lines that lead to them.
    fn page_numbers(&mut self) {
        for page in 0..self.pages.len() {
            for (element, y, to) in std::mem::take(&mut self.pages[page].late) {
                let Some(number) = self.places.get(&to).map(|place| (place + 1).to_string()) else {
                    continue;
                };
                let text = number.as_bytes();
                let x = RIGHT - BODY.width(text);
                let tag = self.elements[element].role.to_name();
                let begun = self.pages[page].text(element, tag, (x, y), BODY, Tone::Ink, text);
                self.elements[element].marks.extend(begun.map(|mark| (page, mark)));
            }
        }
    }
}

impl Draft {
    /// The head of a table again, on its next page.
    fn repeat(&mut self, x: f32, y: f32, font: Font, text: &[u8]) {
        self.close();
        self.content.begin_marked_content(Name(b"Artifact"));
        self.plain(x, y, font, text);
        self.content.end_marked_content();
    }
}

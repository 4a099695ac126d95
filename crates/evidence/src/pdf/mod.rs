//! The pack as a PDF: real text in built-in fonts, tagged, with title, author and language, links, an outline, and
//! period and page number on every page. The same document gives the same bytes.

mod draw;
mod layout;
mod page;
mod type_set;

use crate::doc::Doc;
use chrono::{Datelike, Timelike};
use domain::time::Instant;
use flate2::{Compression, write::ZlibEncoder};
use layout::{DOCUMENT, Layout, Mark};
use page::{Draft, Element, HEIGHT, LEFT, RIGHT, WIDTH};
use pdf_writer::{
    Date, Filter, Finish, Name, Pdf, Rect, Ref, TextStr,
    types::{ActionType, AnnotationType, StructRole, TabOrder, TableHeaderScope},
};
use std::{collections::BTreeMap, io::Write};
use type_set::{Font, encode};

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const PLAIN: Ref = Ref::new(4);
const BOLD: Ref = Ref::new(5);
const OUTLINE: Ref = Ref::new(6);
const TREE: Ref = Ref::new(7);
const FIRST_FREE: i32 = 8;

/// Where each thing stands in the file.
struct Refs {
    page: Vec<Ref>,
    content: Vec<Ref>,
    /// Elements of each page by their numbers.
    parents: Vec<Ref>,
    element: Vec<Ref>,
    outline: Vec<Ref>,
    next: i32,
}

impl Refs {
    fn of(layout: &Layout) -> Refs {
        let mut next = FIRST_FREE;
        let mut some = |count: usize| -> Vec<Ref> {
            let first = next;
            next += i32::try_from(count).unwrap_or(i32::MAX - next);
            (first..next).map(Ref::new).collect()
        };
        let pages = layout.pages.len();
        let (page, content, parents) = (some(pages), some(pages), some(pages));
        let element = some(layout.elements.len());
        let outline = some(layout.marks.len());
        Refs { page, content, parents, element, outline, next }
    }

    fn one(&mut self) -> Ref {
        self.next += 1;
        Ref::new(self.next - 1)
    }
}

/// How many pages it has.
pub fn pages(doc: &Doc) -> usize {
    Layout::of(doc).pages.len()
}

/// The whole file.
pub fn file(doc: &Doc, made_at: Instant) -> Vec<u8> {
    let mut layout = Layout::of(doc);
    let mut refs = Refs::of(&layout);
    let mut pdf = Pdf::new();
    pdf.set_version(1, 7);
    catalog(&mut pdf, &layout);
    info(&mut pdf, doc, made_at);
    pdf.pages(PAGES)
        .kids(refs.page.iter().copied())
        .count(i32::try_from(refs.page.len()).unwrap_or(i32::MAX));
    for (id, name) in [(PLAIN, &b"Helvetica"[..]), (BOLD, &b"Helvetica-Bold"[..])] {
        pdf.type1_font(id).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    let places: BTreeMap<String, (usize, f32)> =
        layout.marks.iter().map(|mark| (mark.id.clone(), (mark.page, mark.y))).collect();
    let pages = std::mem::take(&mut layout.pages);
    let count = pages.len();
    let running = Font::plain(7.5).wrap(&doc.running, RIGHT - LEFT);
    for (number, mut draft) in pages.into_iter().enumerate() {
        let foot = encode(&format!("{} | Page {} of {count}", doc.title, number + 1));
        draft.furniture(&running[..running.len().min(3)], &foot);
        page(&mut pdf, &mut refs, number, draft, &places);
    }
    structure(&mut pdf, &layout.elements, &refs);
    outline(&mut pdf, &layout.marks, &refs);
    pdf.finish()
}

fn catalog(pdf: &mut Pdf, layout: &Layout) {
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(PAGES).lang(TextStr("en-GB"));
    catalog.mark_info().marked(true);
    catalog.viewer_preferences().display_doc_title(true);
    if !layout.marks.is_empty() {
        catalog.outlines(OUTLINE);
    }
    catalog.pair(Name(b"StructTreeRoot"), TREE);
}

fn info(pdf: &mut Pdf, doc: &Doc, made_at: Instant) {
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    let date = Date::new(u16::try_from(made_at.year()).unwrap_or(0))
        .month(small(made_at.month()))
        .day(small(made_at.day()))
        .hour(small(made_at.hour()))
        .minute(small(made_at.minute()))
        .second(small(made_at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let mut info = pdf.document_info(INFO);
    info.title(TextStr(&doc.title)).author(TextStr(&doc.author)).subject(TextStr(&doc.running));
    info.creator(TextStr("Noticed")).creation_date(date);
}

fn page(
    pdf: &mut Pdf,
    refs: &mut Refs,
    number: usize,
    draft: Draft,
    places: &BTreeMap<String, (usize, f32)>,
) {
    let known: Vec<(Rect, usize, f32)> = draft
        .links
        .iter()
        .filter_map(|(rect, to)| places.get(to).map(|(page, y)| (*rect, *page, *y)))
        .collect();
    let links: Vec<Ref> = known.iter().map(|_| refs.one()).collect();
    let mut page = pdf.page(refs.page[number]);
    page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(PAGES).contents(refs.content[number]);
    page.struct_parents(i32::try_from(number).unwrap_or(i32::MAX)).tab_order(TabOrder::StructureOrder);
    if !links.is_empty() {
        page.annotations(links.iter().copied());
    }
    let mut resources = page.resources();
    let mut fonts = resources.fonts();
    fonts.pair(Name(b"P"), PLAIN).pair(Name(b"B"), BOLD);
    fonts.finish();
    resources.finish();
    page.finish();
    for (id, (rect, target, y)) in links.into_iter().zip(known) {
        let mut annotation = pdf.annotation(id);
        annotation.subtype(AnnotationType::Link).rect(rect).border(0.0, 0.0, 0.0, None);
        annotation.contents(TextStr(&format!("Go to page {}", target + 1)));
        annotation.action().action_type(ActionType::GoTo).destination().page(refs.page[target]).xyz(
            LEFT,
            y + 20.0,
            None,
        );
    }
    let content = draft.content.finish();
    let packed = deflate(content.as_slice());
    pdf.stream(refs.content[number], &packed).filter(Filter::FlateDecode);
    let elements = draft.marks.iter().map(|element| refs.element[*element]);
    pdf.indirect(refs.parents[number]).array().items(elements);
}

fn structure(pdf: &mut Pdf, elements: &[Element], refs: &Refs) {
    let mut tree = pdf.indirect(TREE).start::<pdf_writer::writers::StructTreeRoot<'_>>();
    tree.child(refs.element[DOCUMENT]);
    let mut parents = tree.parent_tree();
    let mut nums = parents.nums();
    for (number, array) in refs.parents.iter().enumerate() {
        nums.insert(i32::try_from(number).unwrap_or(i32::MAX), *array);
    }
    nums.finish();
    parents.finish();
    tree.parent_tree_next_key(i32::try_from(refs.parents.len()).unwrap_or(i32::MAX));
    tree.finish();
    for (number, element) in elements.iter().enumerate() {
        let mut written = pdf.struct_element(refs.element[number]);
        written.kind(element.role);
        written.parent(if number == DOCUMENT { TREE } else { refs.element[element.parent] });
        let mut children = written.children();
        for (page, mark) in &element.marks {
            children.marked_content_ref().page(refs.page[*page]).marked_content_id(*mark);
        }
        for child in &element.children {
            children.struct_element(refs.element[*child]);
        }
        children.finish();
        if let Some((said, place)) = &element.says {
            written.alt(TextStr(said));
            written.attributes().push().layout().bbox(*place);
        }
        if element.role == StructRole::TH {
            let first_of_row = elements[element.parent].children.first() == Some(&number);
            let is_head = elements[elements[element.parent].parent].children.get(1) == Some(&element.parent);
            let scope =
                if first_of_row && !is_head { TableHeaderScope::Row } else { TableHeaderScope::Column };
            written.attributes().push().table().scope(scope);
        }
    }
}

/// Chapters, with their parts below them.
fn outline(pdf: &mut Pdf, marks: &[Mark], refs: &Refs) {
    let chapters: Vec<usize> = (0..marks.len()).filter(|at| marks[*at].level == 2).collect();
    let (Some(first), Some(last)) = (chapters.first(), chapters.last()) else { return };
    let count = i32::try_from(chapters.len()).unwrap_or(i32::MAX);
    pdf.outline(OUTLINE).first(refs.outline[*first]).last(refs.outline[*last]).count(count);
    for (place, at) in chapters.iter().enumerate() {
        let end = chapters.get(place + 1).copied().unwrap_or(marks.len());
        let parts: Vec<usize> = (at + 1..end).collect();
        let mut item = pdf.outline_item(refs.outline[*at]);
        item.title(TextStr(&marks[*at].title)).parent(OUTLINE);
        item.dest().page(refs.page[marks[*at].page]).xyz(LEFT, marks[*at].y + 20.0, None);
        if place > 0 {
            item.prev(refs.outline[chapters[place - 1]]);
        }
        if let Some(next) = chapters.get(place + 1) {
            item.next(refs.outline[*next]);
        }
        if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
            item.first(refs.outline[*first]).last(refs.outline[*last]);
            // Closed until somebody opens it.
            item.count(-i32::try_from(parts.len()).unwrap_or(i32::MAX));
        }
        item.finish();
        for part in &parts {
            let mut item = pdf.outline_item(refs.outline[*part]);
            item.title(TextStr(&marks[*part].title)).parent(refs.outline[*at]);
            item.dest().page(refs.page[marks[*part].page]).xyz(LEFT, marks[*part].y + 20.0, None);
            if part > &parts[0] {
                item.prev(refs.outline[*part - 1]);
            }
            if *part + 1 < end {
                item.next(refs.outline[*part + 1]);
            }
        }
    }
}

/// Into memory, which takes every byte.
fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(packed) => packed,
        Err(error) => unreachable!("a list in memory does not take a byte: {error}"),
    }
}

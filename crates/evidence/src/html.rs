//! The pack as one HTML file: no script, no outside address, its style in one element, made to be printed.

use crate::{
    doc::{Block, Cell, Doc, Link, Picture, Section, Table},
    words,
};
use charts::{Element, Inside};
use std::fmt::Write;
use sync::{base64url, hash::Hash};

const STYLE: &str = include_str!("pack.css");

/// The whole page. `pages`: of the PDF, the first part and all.
pub fn page(doc: &Doc, pages: [usize; 2]) -> String {
    let mut out = String::with_capacity(64 * 1024);
    out.push_str("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"robots\" content=\"noindex\">\n");
    push(&mut out, &["<meta name=\"author\" content=\"", &escape(&doc.author), "\">\n"]);
    push(
        &mut out,
        &["<title>", &escape(&doc.title), "</title>\n<style>", &style(doc), "</style>\n</head>\n<body>\n"],
    );
    out.push_str("<a class=\"skip\" href=\"#main\">Go to the pack</a>\n");
    paper(&mut out, pages);
    if let Some(watermark) = &doc.watermark {
        push(&mut out, &["<p class=\"watermark\" aria-hidden=\"true\">", &escape(watermark), "</p>\n"]);
    }
    push(
        &mut out,
        &[
            "<header>\n<h1>",
            &escape(&doc.title),
            "</h1>\n<p class=\"running\">",
            &escape(&doc.running),
            "</p>\n",
        ],
    );
    if let Some(watermark) = &doc.watermark {
        push(&mut out, &["<p class=\"running\">", &escape(watermark), "</p>\n"]);
    }
    out.push_str("</header>\n<main id=\"main\">\n");
    for (place, section) in doc.sections.iter().enumerate() {
        if place == doc.first {
            out.push_str("<div class=\"rest\">\n");
        }
        section_html(&mut out, doc, section);
    }
    if doc.first < doc.sections.len() {
        out.push_str("</div>\n");
    }
    push(&mut out, &["</main>\n<footer><p>", &escape(&doc.running), "</p></footer>\n</body>\n</html>\n"]);
    out
}

/// What is printed is chosen by an address inside the page, because no script may run: `#first-part` leaves the rest
/// out, on the screen too, so that what is seen is what is printed.
fn paper(out: &mut String, [first, all]: [usize; 2]) {
    if first >= all {
        return;
    }
    // A browser sets its letters wider than the PDF: an eighth more.
    let pages = |number: usize| words::count(number + number.div_ceil(8), "page", "pages");
    out.push_str("<nav class=\"paper\" aria-label=\"Printing\">\n<ul>\n");
    for (to, what, number) in [("first-part", "Print the first part", first), ("all-parts", "Print all", all)]
    {
        push(out, &["<li><a href=\"#", to, "\">", what, " (about ", &pages(number), ")</a></li>\n"]);
    }
    out.push_str("</ul>\n</nav>\n");
    for (id, said) in [
        ("first-part", "Only the first part is here now. Print it with the menu of your browser."),
        ("all-parts", "All of it is here now. Print it with the menu of your browser."),
    ] {
        push(out, &["<p class=\"paper-said\" id=\"", id, "\" tabindex=\"-1\">", said, "</p>\n"]);
    }
}

/// What a strict `style-src` names: `sha256-...` of the style element of a page that `page` wrote.
pub fn style_sha256(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<style>")?;
    let (style, _) = rest.split_once("</style>")?;
    let text = base64url::encode(Hash::of(&[style.as_bytes()]).as_bytes());
    Some(format!("sha256-{}=", text.replace('-', "+").replace('_', "/")))
}

/// The fixed style, and the line that a printer sets at the head of every page.
fn style(doc: &Doc) -> String {
    let mut line = doc.running.clone();
    if let Some(watermark) = &doc.watermark {
        line = format!("{watermark} | {line}");
    }
    STYLE.replace("RUNNING", &css_text(&line))
}

/// Every letter but the plainest as an escape, so that no name can end the text or the element.
fn css_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '.' | ',' | '-' | '|') {
            out.push(letter);
        } else {
            let written = write!(out, "\\{:x} ", u32::from(letter));
            debug_assert!(written.is_ok());
        }
    }
    out
}

fn section_html(out: &mut String, doc: &Doc, section: &Section) {
    let level = section.level.clamp(2, 3);
    let class = if section.new_page { " class=\"new-page\"" } else { "" };
    let id = escape(&section.id);
    push(out, &["<section id=\"", &id, "\"", class, " aria-labelledby=\"", &id, "-h\">\n"]);
    let tag = if level == 2 { "h2" } else { "h3" };
    push(out, &["<", tag, " id=\"", &id, "-h\">", &escape(&section.title), "</", tag, ">\n"]);
    for block in &section.blocks {
        block_html(out, doc, block, level);
    }
    out.push_str("</section>\n");
}

fn block_html(out: &mut String, doc: &Doc, block: &Block, level: u8) {
    match block {
        Block::Para(text) => push(out, &["<p>", &escape(text), "</p>\n"]),
        Block::Note(text) => push(out, &["<p class=\"note\">", &escape(text), "</p>\n"]),
        Block::Quote(text) => push(out, &["<blockquote>", &escape(text), "</blockquote>\n"]),
        Block::Heading(text) => {
            let tag = if level == 2 { "h3" } else { "h4" };
            push(out, &["<", tag, ">", &escape(text), "</", tag, ">\n"]);
        }
        Block::List(lines) => {
            out.push_str("<ul>\n");
            lines.iter().for_each(|line| push(out, &["<li>", &escape(line), "</li>\n"]));
            out.push_str("</ul>\n");
        }
        Block::Links(links) => links_html(out, links.iter()),
        Block::Facts(facts) => {
            out.push_str("<dl>\n");
            for (name, value) in facts {
                push(out, &["<div><dt>", &escape(name), "</dt><dd>", &escape(value), "</dd></div>\n"]);
            }
            out.push_str("</dl>\n");
        }
        Block::Write(parts) => {
            out.push_str("<dl>\n");
            for (name, lines) in parts {
                let lines = "<span class=\"pen\"></span>".repeat(*lines);
                push(out, &["<div><dt>", &escape(name), "</dt><dd>", &lines, "</dd></div>\n"]);
            }
            out.push_str("</dl>\n");
        }
        Block::Table(table) => table_html(out, table),
        Block::Picture(picture) => picture_html(out, picture),
        Block::Contents => {
            let links: Vec<Link> = doc.chapters().collect();
            out.push_str("<nav aria-label=\"Contents\">\n");
            links_html(out, links.iter());
            out.push_str("</nav>\n");
        }
    }
}

fn picture_html(out: &mut String, picture: &Picture) {
    push(out, &["<figure>\n<figcaption><b>", &escape(&picture.title), "</b> ", &escape(&picture.sentence)]);
    if !picture.part.is_empty() {
        push(out, &[" ", &escape(&picture.part)]);
    }
    out.push_str("</figcaption>\n");
    for element in &picture.drawn {
        element_html(out, element);
        out.push('\n');
    }
    out.push_str("</figure>\n");
}

fn element_html(out: &mut String, element: &Element) {
    push(out, &["<", element.tag]);
    for (name, value) in &element.attributes {
        push(out, &[" ", name, "=\"", &escape(value), "\""]);
    }
    out.push('>');
    for inside in &element.inside {
        match inside {
            Inside::Words(words) => out.push_str(&escape(words)),
            Inside::Element(element) => element_html(out, element),
        }
    }
    push(out, &["</", element.tag, ">"]);
}

fn links_html<'a>(out: &mut String, links: impl Iterator<Item = &'a Link>) {
    out.push_str("<ul class=\"links\">\n");
    for link in links {
        push(out, &["<li><a href=\"#", &escape(&link.to), "\">", &escape(&link.text), "</a>"]);
        if !link.more.is_empty() {
            push(out, &[" \u{2013} ", &escape(&link.more)]);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

/// A table of no more rows is not split over two pages. A longer one would leave half a page empty; where it is split,
/// its caption, its head and no row alone stand at the end of a page.
const SHORT: usize = 12;

fn table_html(out: &mut String, table: &Table) {
    push(
        out,
        &[
            "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"",
            &escape(&table.caption),
            if table.rows.len() <= SHORT { "\"><table class=\"short\">\n" } else { "\"><table>\n" },
        ],
    );
    push(out, &["<caption><span class=\"cap\">", &escape(&table.caption)]);
    if !table.basis.is_empty() {
        push(out, &["<span class=\"basis\">", &escape(&table.basis), "</span>"]);
    }
    out.push_str("</span></caption>\n<thead><tr>");
    for (column, head) in table.heads.iter().enumerate() {
        let class = if is_number(table, column) { " class=\"n\"" } else { "" };
        push(out, &["<th scope=\"col\"", class, ">", &escape(head), "</th>"]);
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            cell_html(out, cell, column == 0);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn cell_html(out: &mut String, cell: &Cell, is_head: bool) {
    let class = if cell.number { " class=\"n\"" } else { "" };
    let (open, close) = if is_head { ("<th scope=\"row\"", "</th>") } else { ("<td", "</td>") };
    push(out, &[open, class, ">"]);
    match &cell.to {
        Some(to) => push(out, &["<a href=\"#", &escape(to), "\">", &escape(&cell.text), "</a>"]),
        None => out.push_str(&escape(&cell.text)),
    }
    out.push_str(close);
}

pub(crate) fn is_number(table: &Table, column: usize) -> bool {
    table.rows.first().and_then(|row| row.get(column)).is_some_and(|cell| cell.number)
}

fn push(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
}

/// For text and for attribute values in double quotes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if letter.is_control() && letter != '\n' && letter != '\t' => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

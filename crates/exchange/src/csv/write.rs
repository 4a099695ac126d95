//! A table as text: RFC 4180 with CRLF, UTF-8. A spreadsheet must never run what somebody typed.

use super::{Cell, Table};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use std::borrow::Cow;

/// A spreadsheet takes a cell that begins with one of these for a formula.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];
/// Tells a spreadsheet that the file is UTF-8.
const MARK: &str = "\u{feff}";

/// The text of a table. `mark`: with the byte order mark that older spreadsheets need to see UTF-8.
pub fn to_text(table: &Table, mark: bool) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(Vec::new());
    let header: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let mut written = writer.write_record(&header);
    for row in &table.rows {
        written = written.and_then(|()| writer.write_record(row.iter().map(text)));
    }
    // Rows are all of one length and a list in memory takes every byte: neither step can fail.
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    let body = String::from_utf8(bytes).unwrap_or_default();
    if mark { [MARK, &body].concat() } else { body }
}

fn text(cell: &Cell) -> String {
    let text = cell.to_string();
    if cell.is_text() { guarded(&text).into_owned() } else { text }
}

/// Words that a spreadsheet would run get an apostrophe in front.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(["'", text].concat()) } else { Cow::Borrowed(text) }
}

/// Takes off the apostrophe that `guarded` put on, and no other.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

/// Also with apostrophes or blanks in front, so that `unguarded` gives back what was there.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches(['\'', ' ']).starts_with(FORMULA)
}

//! Reads a table back: header and rows as text, with the apostrophes of `write` taken off.

use csv::ReaderBuilder;

/// Why a text is no table, with the line where it went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: u64,
    pub sentence: String,
}

/// Header and rows. Rows may be shorter or longer than the header.
/// # Errors  A text that is no CSV.
pub fn read(text: &str) -> Result<(Vec<String>, Vec<Vec<String>>), Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let row = |row: &csv::StringRecord| row.iter().map(|cell| super::unguarded(cell).to_owned()).collect();
    let header = reader.headers().map(row).map_err(|error| fault(&error))?;
    let rows = reader.records().map(|read| read.map(|read| row(&read)).map_err(|error| fault(&error)));
    Ok((header, rows.collect::<Result<_, _>>()?))
}

fn fault(error: &csv::Error) -> Fault {
    let line = error.position().map_or(1, csv::Position::line);
    Fault { line, sentence: format!("Line {line} is no row of a table that we can read.") }
}

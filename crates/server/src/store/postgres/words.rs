//! Values, rows and errors as PostgreSQL says them. Texts may hold a zero character, which PostgreSQL does not take:
//! it is written with a mark before it.

use crate::store::{Row, StoreError, Value, row::Cell};
use sqlx::{
    Decode, Postgres, Row as _, TypeInfo, ValueRef,
    postgres::{PgArguments, PgRow, PgValueRef},
    query::Query,
};
use std::{borrow::Cow, fmt::Write};

/// A character that stands for nothing in any script.
const MARK: char = '\u{10FFFE}';
/// The first of its bytes.
const MARK_BEGINS: u8 = 0xF4;
const DISK_FULL: &str = "53100";
const LOCK_NOT_AVAILABLE: &str = "55P03";

pub fn query<'a>(sql: &'static str, values: &[Value<'_>]) -> Query<'a, Postgres, PgArguments> {
    values.iter().fold(sqlx::query(sql), |query, value| match *value {
        Value::Text(text) => query.bind(text.map(marked)),
        Value::Number(number) => query.bind(number),
        Value::Bytes(bytes) => query.bind(bytes),
    })
}

pub fn rows(found: Result<Vec<PgRow>, sqlx::Error>) -> Result<Vec<Row>, StoreError> {
    let row = |row: PgRow| {
        let cells = (0..row.len()).map(|place| cell(&row, place)).collect::<Result<Vec<Cell>, _>>();
        cells.map(Row::new)
    };
    found.map_err(failed)?.into_iter().map(row).collect()
}

fn cell(row: &PgRow, place: usize) -> Result<Cell, StoreError> {
    fn decoded<'r, T: Decode<'r, Postgres>>(value: PgValueRef<'r>) -> Result<T, StoreError> {
        T::decode(value).map_err(|error| StoreError::Damaged(error.to_string()))
    }
    let value = row.try_get_raw(place).map_err(failed)?;
    if value.is_null() {
        return Ok(Cell::Empty);
    }
    let kind = value.type_info().into_owned();
    match kind.name() {
        "TEXT" => decoded(value).map(unmarked).map(Cell::Text),
        "INT8" => decoded(value).map(Cell::Number),
        "BYTEA" => decoded(value).map(Cell::Bytes),
        other => Err(StoreError::Damaged(format!("a cell is {other}"))),
    }
}

pub fn failed(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(|error| error.code()).unwrap_or_default();
    match error {
        _ if code == DISK_FULL => StoreError::Full,
        _ if code == LOCK_NOT_AVAILABLE => StoreError::Busy,
        sqlx::Error::PoolClosed | sqlx::Error::PoolTimedOut => StoreError::Busy,
        other => StoreError::Database(other),
    }
}

/// A text between quotes.
pub fn literal(text: &str) -> String {
    format!("'{}'", marked(text).replace('\'', "''"))
}

/// A name between quotes.
pub fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap_or_default();
        hex
    })
}

pub fn marked(text: &str) -> Cow<'_, str> {
    // Few texts have a byte with which the mark begins. All bytes are looked at, many at once.
    let may_hold = text.bytes().fold(false, |found, byte| found | (byte == 0) | (byte == MARK_BEGINS));
    if !may_hold || !text.contains(['\0', MARK]) {
        return Cow::Borrowed(text);
    }
    let mut all = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\0' => all.extend([MARK, '0']),
            MARK => all.extend([MARK, '1']),
            other => all.push(other),
        }
    }
    Cow::Owned(all)
}

fn unmarked(text: String) -> String {
    if !text.contains(MARK) {
        return text;
    }
    let mut all = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            MARK if letters.next() == Some('0') => all.push('\0'),
            other => all.push(other),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_as_it_went() {
        for text in ["", "plain", "a\0b", "\0", "\u{10FFFE}", "\u{10FFFE}0\0\u{10FFFE}\u{10FFFE}1", "ß\0é"]
        {
            assert!(!marked(text).contains('\0'));
            assert_eq!(marked(text) == text, !text.contains(['\0', MARK]));
            assert_eq!(unmarked(marked(text).into_owned()), text);
        }
    }

    #[test]
    fn a_quote_does_not_end_a_literal() {
        assert_eq!(literal("x'; DROP TABLE event; --"), "'x''; DROP TABLE event; --'");
        assert_eq!(name("od\"d"), "\"od\"\"d\"");
        assert_eq!(hex(&[0, 255, 16]), "00ff10");
    }
}

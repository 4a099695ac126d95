//! Dictionaries: words that mean something to a reader, which chance alone would not find. Verbs, fields and codes
//! come from the rules themselves.

use super::Files;
use anyhow::Result;
use domain::{
    category::CATEGORIES,
    fields::{Field, Kind},
    verbs::VERBS,
    vocabulary::CodeList,
};
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Write};

const IMPORT: &str = include_str!("../../../exchange/src/import/words.json");
/// Ends of ranges, forms of dates, and what upsets readers.
const ODD: [&str; 22] = [
    "null",
    "true",
    "-1",
    "0",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "-9223372036854775808",
    "1e999",
    "1e-7",
    "\\u0000",
    "\\ud800",
    "\u{feff}",
    "[[[[[[[[",
    "1970-01-01T00:00:00Z",
    "2026-03-29T01:30:00+00:00",
    "+262142-12-31T23:59:59Z",
    "-262143-01-01T00:00:00Z",
    "2026-03-02T08:00:60Z",
    "2024-02-29",
];
const WIRE: [&str; 24] = [
    "protocol",
    "tenant",
    "device",
    "epoch",
    "server_epoch",
    "nonce",
    "events",
    "bytes",
    "sig",
    "receipts",
    "hash",
    "outcome",
    "accepted",
    "duplicate",
    "quarantined",
    "retry",
    "rows",
    "judgement",
    "head",
    "witness",
    "reset",
    "noticed_rescue",
    "photo",
    "offset_ms",
];
const LISTS: [&str; 12] = [
    "31/12/2025",
    "1.2.25",
    "2025-01-02",
    "10:00",
    "7pm",
    "24:00",
    "=1+1",
    "\"\"",
    ";",
    "\t",
    "\r\n",
    "R14;R15",
];

pub fn dictionaries() -> Result<Files> {
    let mut known = BTreeSet::new();
    for verb in VERBS {
        known.insert(verb.name);
        fields(verb.fields, &mut known);
    }
    for category in CATEGORIES {
        known.insert(category.id);
        known.insert(category.subtype);
        codes(category.subtypes, &mut known);
        fields(category.fields, &mut known);
    }
    let quoted: Vec<String> = known.iter().chain(&WIRE).map(|word| format!("\"{word}\"")).collect();
    let json = quoted.iter().map(String::as_str).chain(ODD);
    let (mut import, read) = (BTreeSet::new(), serde_json::from_str(IMPORT)?);
    texts(&read, &mut import);
    let list = import.iter().map(String::as_str).chain(LISTS);
    Ok(Files::from([
        ("dictionaries/json.dict".to_owned(), written(json)),
        ("dictionaries/list.dict".to_owned(), written(list)),
    ]))
}

fn fields(fields: &'static [Field], known: &mut BTreeSet<&'static str>) {
    for field in fields {
        known.insert(field.name);
        match &field.kind {
            Kind::Code(list) | Kind::Codes(list) => codes(list, known),
            Kind::CodeMap(keys, values) => {
                codes(keys, known);
                codes(values, known);
            }
            Kind::Group(group) => self::fields(group, known),
            Kind::GroupMap(keys, group) => {
                codes(keys, known);
                self::fields(group, known);
            }
            _ => {}
        }
    }
}

fn codes(list: &'static CodeList, known: &mut BTreeSet<&'static str>) {
    known.extend(list.codes.iter().map(|code| code.code));
}

/// Keys and texts.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Array(all) => all.iter().for_each(|value| texts(value, found)),
        Value::Object(all) => {
            found.extend(all.keys().cloned());
            all.values().for_each(|value| texts(value, found));
        }
        _ => {}
    }
}

/// One word a line in quotes; what is no plain letter is written as its number.
fn written<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut text = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        text.push('"');
        for byte in word.bytes() {
            match byte {
                b' '..=b'~' if byte != b'"' && byte != b'\\' => text.push(char::from(byte)),
                _ => write!(text, "\\x{byte:02X}").unwrap_or_default(),
            }
        }
        text.push_str("\"\n");
    }
    text.into_bytes()
}

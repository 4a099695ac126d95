//! Which column of a file is which field of ours.

use super::words::words;
use domain::{category::CATEGORIES, verbs::REPORT};
use std::{borrow::Cow, collections::BTreeMap};

pub(super) struct Columns {
    header: Vec<String>,
    /// Field -> place in the row.
    places: BTreeMap<String, usize>,
    pub unused: Vec<String>,
}

/// Read beside the fields of step 1: how a row of our own files ended, and its id.
const BESIDE: [&str; 2] = ["record", "state"];

impl Columns {
    /// # Errors  One sentence where the file has no date or no category, or a column twice.
    pub fn of(header: &[String]) -> Result<Columns, String> {
        let mut columns = Columns { header: header.to_vec(), places: BTreeMap::new(), unused: Vec::new() };
        for (place, name) in header.iter().enumerate() {
            match field_of(&plain(name)) {
                Some(field) if columns.places.contains_key(&field) => {
                    return Err(format!("Two columns could be {field}. Rename or remove \"{name}\"."));
                }
                Some(field) => {
                    columns.places.insert(field, place);
                }
                None if !name.trim().is_empty() => columns.unused.push(name.clone()),
                None => {}
            }
        }
        if !columns.has("date") && !columns.has("occurred_at") {
            return Err(
                "No column says when it happened. Name one of them \"date\", for example 26/06/2025."
                    .to_owned(),
            );
        }
        if !columns.has("category") {
            return Err(
                "No column says what it is about. Name one of them \"category\", with Medicines, Place or equipment, or \
                 Distress or behaviour in each row."
                    .to_owned(),
            );
        }
        Ok(columns)
    }

    pub fn has(&self, field: &str) -> bool {
        self.places.contains_key(field)
    }

    /// What stands in the column of a field; nothing where it is blank or there is none.
    pub fn cell<'a>(&self, cells: &'a [String], field: &str) -> Option<&'a str> {
        cells.get(*self.places.get(field)?).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The file's own name for a field.
    pub fn name<'a>(&'a self, field: &'a str) -> &'a str {
        self.places.get(field).and_then(|place| self.header.get(*place)).map_or(field, |name| name.trim())
    }
}

fn field_of(name: &str) -> Option<String> {
    let named = words().columns.iter().find(|(_, names)| names.iter().any(|known| known == name));
    if let Some((field, _)) = named {
        return Some(field.clone());
    }
    let step_1 =
        REPORT.iter().chain(CATEGORIES.iter().flat_map(|spec| spec.fields)).any(|field| field.name == name);
    let is_read = (step_1 && name != "identity") || BESIDE.contains(&name);
    is_read.then(|| name.to_owned())
}

/// "What happened?" -> `what_happened`.
fn plain(name: &str) -> String {
    let words = name.to_lowercase();
    let words = words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

/// The same table with commas: spreadsheets also write semicolons and tabs.
pub(super) fn with_commas(text: &str) -> Cow<'_, str> {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: char| header.matches(mark).count();
    let mark = [';', '\t'].into_iter().find(|mark| count(*mark) > count(','));
    let Some(mark) = mark else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let (mut quoted, mut cell) = (false, String::new());
    let end = |cell: &mut String, out: &mut String| {
        let needs = cell.contains(',') && !cell.starts_with('"');
        if needs {
            out.extend(["\"", &cell.replace('"', "\"\""), "\""]);
        } else {
            out.push_str(cell);
        }
        cell.clear();
    };
    for letter in text.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                cell.push(letter);
            }
            letter if letter == mark && !quoted => {
                end(&mut cell, &mut out);
                out.push(',');
            }
            '\r' | '\n' if !quoted => {
                end(&mut cell, &mut out);
                out.push(letter);
            }
            letter => cell.push(letter),
        }
    }
    end(&mut cell, &mut out);
    Cow::Owned(out)
}

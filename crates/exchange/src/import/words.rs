//! Words of other lists for our codes, as data.

use domain::vocabulary::CodeList;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Words {
    /// Our field -> names of columns.
    pub columns: BTreeMap<String, Vec<String>>,
    pub category: BTreeMap<String, String>,
    pub kind: BTreeMap<String, String>,
    pub harm: BTreeMap<String, String>,
    pub yes_no: BTreeMap<String, bool>,
    /// Code of `kind` -> what it says about the facts.
    pub facts_of_kind: BTreeMap<String, BTreeMap<String, String>>,
    /// States of our own files whose rows are not read in.
    pub ended_elsewhere: Vec<String>,
}

pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> =
        LazyLock::new(|| serde_json::from_str(include_str!("words.json")).unwrap_or_default());
    &WORDS
}

/// The code that a cell means: a code, its label, or a word of another list.
pub(super) fn code(list: &CodeList, others: Option<&BTreeMap<String, String>>, cell: &str) -> Option<String> {
    let cell = cell.trim();
    let known = list.codes.iter().find(|known| {
        known.code.eq_ignore_ascii_case(cell)
            || known.label.eq_ignore_ascii_case(cell)
            || same_words(known.code, cell)
    });
    known.map(|known| known.code.to_owned()).or_else(|| {
        let lower = cell.to_lowercase().replace(['_', '-'], " ");
        others?.get(lower.trim()).cloned()
    })
}

/// `wrong_dose` and "Wrong dose".
fn same_words(code: &str, cell: &str) -> bool {
    code.len() == cell.len()
        && code.bytes().zip(cell.bytes()).all(|(one, other)| {
            one.eq_ignore_ascii_case(&other) || (one == b'_' && matches!(other, b' ' | b'-'))
        })
}

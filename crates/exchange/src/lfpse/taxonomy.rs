//! The code maps as data, so that a newer taxonomy is a newer file.

use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taxonomy {
    pub version: String,
    pub source: String,
    pub note: String,
    /// Name of a list -> code -> words.
    pub lists: BTreeMap<String, BTreeMap<String, String>>,
    /// In the order of their form.
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub field: String,
    pub section: String,
    pub asks: String,
    #[serde(default)]
    pub list: Option<String>,
    /// Asked only where a fact has one of these codes.
    #[serde(default)]
    pub only_for: Option<OnlyFor>,
    /// The first that gives an answer counts, or `all` of them.
    #[serde(default)]
    pub by: Vec<By>,
    #[serde(default)]
    pub all: bool,
    #[serde(default)]
    pub special: Option<Special>,
    /// Why we do not know.
    #[serde(default)]
    pub unknown: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlyFor {
    pub fact: String,
    pub codes: Vec<String>,
}

/// Our code of a fact -> their code, or their words where we do not hold the number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct By {
    pub fact: String,
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Special {
    Text,
    Today,
    Date,
    Time,
}

/// The taxonomy that comes with the product; an empty one could not be read.
pub fn built_in() -> &'static Taxonomy {
    static BUILT_IN: LazyLock<Taxonomy> = LazyLock::new(|| {
        Taxonomy::read(include_str!("taxonomy-v5.json")).unwrap_or_else(|sentence| Taxonomy {
            version: String::new(),
            source: String::new(),
            note: sentence,
            lists: BTreeMap::new(),
            questions: Vec::new(),
        })
    });
    &BUILT_IN
}

impl Taxonomy {
    /// # Errors  A sentence where the text is no taxonomy, or a map gives a code that its list does not have.
    pub fn read(text: &str) -> Result<Taxonomy, String> {
        let taxonomy: Taxonomy = serde_json::from_str(text).map_err(|error| {
            format!("This file is no LFPSE code map that we can read (line {}).", error.line())
        })?;
        for question in &taxonomy.questions {
            let Some(name) = &question.list else { continue };
            let Some(list) = taxonomy.lists.get(name) else {
                return Err(format!(
                    "{} asks for the list {name}, which is not in the file.",
                    question.field
                ));
            };
            let unknown =
                question.by.iter().flat_map(|by| by.map.values()).find(|code| !list.contains_key(*code));
            if let Some(code) = unknown {
                return Err(format!(
                    "{} has the code {code}, which is not in the list {name}.",
                    question.field
                ));
            }
        }
        Ok(taxonomy)
    }
}

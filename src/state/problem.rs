//! What went wrong, in words for people: what happened and what to do.

use domain::refusal::{Code, Refusal};

/// Something that could not be done. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub sentence: String,
    pub code: Option<Code>,
    /// The field at fault, where one field is at fault.
    pub field: Option<String>,
}

impl Problem {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: None, field: None }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self { sentence: refusal.code.sentence().to_owned(), code: Some(refusal.code), field: refusal.field }
    }
}

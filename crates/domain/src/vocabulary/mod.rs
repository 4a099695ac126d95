//! Code lists: every code that the product stores, with its plain-English label.
//! A code that is not listed is refused. Codes are never removed, only retired.
//! Lists of one category live in that category's folder.

mod shared;

pub use shared::*;

/// One code list.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeList {
    /// Name in `vocabularies.yaml`, for example `error_type`.
    pub name: &'static str,
    pub codes: &'static [Code],
}

/// One code and what staff read for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    pub code: &'static str,
    pub label: &'static str,
    /// One more sentence; empty when the label says enough.
    pub help: &'static str,
    /// Facts about the code that rules need: `("pir", "wrong_dose")`, `("parent", "organisation")`.
    pub facts: &'static [(&'static str, &'static str)],
}

/// A code and its label; `helped` and `with` add the rest.
pub const fn code(code: &'static str, label: &'static str) -> Code {
    Code { code, label, help: "", facts: &[] }
}

impl CodeList {
    pub fn find(&self, code: &str) -> Option<&'static Code> {
        self.codes.iter().find(|known| known.code == code)
    }

    pub fn has(&self, code: &str) -> bool {
        self.find(code).is_some()
    }

    /// The label of a code, or the code itself when an older app meets a newer code.
    pub fn label<'a>(&self, code: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.find(code).map_or(code, |known| known.label)
    }

    /// The place of a code in its list, for lists that are in a meaningful order.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|known| known.code == code)
    }
}

impl Code {
    pub(crate) const fn helped(self, help: &'static str) -> Code {
        Code { help, ..self }
    }

    pub(crate) const fn with(self, facts: &'static [(&'static str, &'static str)]) -> Code {
        Code { facts, ..self }
    }

    pub fn fact(&self, name: &str) -> Option<&'static str> {
        self.facts.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

//! What a category teaches: actions to start from, and examples for those who practise.

use super::{CategorySpec, behaviour, environment, medication};
use crate::{
    directory::Directory,
    fields,
    record::{Facts, Kind},
    time::Instant,
    vocabulary::{ACTION_KIND, CONTROL_STRENGTH, CodeList},
};
use serde_json::{Map, Value};

/// An action to start from that comes with the product; the person changes it before it is saved.
#[derive(Debug)]
pub struct Template {
    /// Stays when the words change: a provider that left it out does not get it back.
    pub id: &'static str,
    /// Subtypes or triggers that it fits; empty: any record of the category.
    pub of: &'static [&'static str],
    pub text: &'static str,
    /// Code of `control_strength`.
    pub strength: &'static str,
    /// Code of `action_kind`.
    pub kind: &'static str,
}

/// Something that could have happened at a home, with the facts that say what it is.
#[derive(Debug)]
pub struct Example {
    pub words: &'static str,
    /// Step 1 fields that decide the kind.
    pub facts: &'static [(&'static str, &'static str)],
}

/// One idea, a provider's own or one that comes with the product, as it is offered in step 4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub text: String,
    /// Code of `control_strength`.
    pub strength: String,
    /// Code of `action_kind`.
    pub kind: String,
}

pub(super) const fn template(
    id: &'static str,
    of: &'static [&'static str],
    strength: &'static str,
    kind: &'static str,
    text: &'static str,
) -> Template {
    Template { id, of, text, strength, kind }
}

pub(super) const fn example(words: &'static str, facts: &'static [(&'static str, &'static str)]) -> Example {
    Example { words, facts }
}

/// Beside the specs, so that a build that plans no actions leaves them out.
static TEMPLATES: [(&str, &[Template]); 3] = [
    ("medication", medication::templates::TEMPLATES),
    ("environment", environment::templates::TEMPLATES),
    ("behaviour", behaviour::templates::TEMPLATES),
];

impl CategorySpec {
    /// Actions to start from in step 4.
    pub fn templates(&self) -> &'static [Template] {
        TEMPLATES.iter().find(|(id, _)| *id == self.id).map(|(_, templates)| *templates).unwrap_or_default()
    }

    /// What an idea can be for: the subtypes, and what came before where the report asks for it.
    pub fn causes(&self) -> impl Iterator<Item = &'static CodeList> {
        let triggers = self.fields.iter().find_map(|field| match (field.name, &field.kind) {
            ("triggers", fields::Kind::Codes(list)) => Some(*list),
            _ => None,
        });
        [self.subtypes].into_iter().chain(triggers)
    }

    /// Actions to start from at a site: the provider's own first, then those that come with the product and are not
    /// left out there. Of each the closest to the report first, and of those the strongest.
    pub fn ideas_for(&self, directory: &Directory, site: &str, facts: &Facts) -> Vec<Offered> {
        let fits = |of: &[&str]| {
            of.is_empty()
                || of.iter().any(|code| {
                    facts.subtype() == Some(code) || facts.list("triggers").any(|one| one == *code)
                })
        };
        let mut found: Vec<(bool, bool, usize, Offered)> = Vec::new();
        let mut put = |is_shipped: bool, of: &[&str], text: &str, strength: &str, kind: &str| {
            // A code that a newer app knows would stand in the form without a choice to go with it.
            let Some(rank) = CONTROL_STRENGTH.position(strength).filter(|_| ACTION_KIND.has(kind)) else {
                return;
            };
            if fits(of) {
                let idea = Offered { text: text.into(), strength: strength.into(), kind: kind.into() };
                found.push((is_shipped, of.is_empty(), rank, idea));
            }
        };
        for own in directory.ideas_of(self.id, site) {
            let of: Vec<&str> = own.of.iter().map(String::as_str).collect();
            put(false, &of, &own.text, &own.strength, &own.kind);
        }
        for shipped in self.templates().iter().filter(|one| !directory.is_left_out(one.id, site)) {
            put(true, shipped.of, shipped.text, shipped.strength, shipped.kind);
        }
        found.sort_by_key(|(is_shipped, for_all, rank, _)| (*is_shipped, *for_all, *rank));
        found.into_iter().map(|(.., idea)| idea).collect()
    }
}

/// The idea of this id that comes with the product.
pub fn shipped(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().flat_map(|(_, templates)| *templates).find(|template| template.id == id)
}

impl Example {
    /// What it is, by the rule that judges every report.
    pub fn kind(&self, category: &str, at: Instant) -> Kind {
        let mut fields: Map<String, Value> =
            self.facts.iter().map(|(name, code)| ((*name).to_owned(), Value::from(*code))).collect();
        fields.insert("category".into(), category.into());
        Facts::new(fields, at).kind()
    }
}

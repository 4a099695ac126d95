//! What a category teaches: actions to start from, and examples for those who practise.

use super::{CategorySpec, behaviour, environment, medication};
use crate::{
    record::{Facts, Kind},
    time::Instant,
};
use serde_json::{Map, Value};

/// An action to start from; the person changes it before it is saved.
#[derive(Debug)]
pub struct Template {
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

pub(super) const fn template(
    of: &'static [&'static str],
    strength: &'static str,
    kind: &'static str,
    text: &'static str,
) -> Template {
    Template { of, text, strength, kind }
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

    /// Actions that fit a report, the closest first, and of those the strongest first.
    pub fn templates_for(&self, facts: &Facts) -> Vec<&'static Template> {
        let fits = |template: &&Template| {
            template.of.is_empty()
                || template.of.iter().any(|code| {
                    facts.subtype() == Some(code) || facts.list("triggers").any(|one| one == *code)
                })
        };
        let strength = |template: &Template| match template.strength {
            "stronger" => 0,
            "intermediate" => 1,
            _ => 2,
        };
        let mut templates: Vec<_> = self.templates().iter().filter(fits).collect();
        templates.sort_by_key(|template| (template.of.is_empty(), strength(template)));
        templates
    }
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

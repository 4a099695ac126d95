//! The words of the story: what is planned, said, decided and found about each sort of thing. Only reads them; the
//! words are data in the folder beside this file.

#[cfg(test)]
mod tests;

use anyhow::{Context, Result};
use domain::record::Record;
use serde::Deserialize;
use std::collections::BTreeMap;

pub struct Words {
    things: Vec<Thing>,
    pub decisions: Decisions,
    /// Rule of an alert -> why it is set aside.
    pub alerts: BTreeMap<String, Vec<String>>,
    categories: BTreeMap<String, Category>,
    /// Verdict -> what is noted with it.
    pub results: BTreeMap<String, Vec<String>>,
}

/// How bad it could get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Danger {
    Low,
    Medium,
    High,
}

/// One sort of thing that happens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    category: String,
    /// Subtypes, or triggers; empty: whatever else is in the category.
    of: Vec<String>,
    risk: Danger,
    /// Text and strength.
    pub plans: Vec<(String, String)>,
    /// What the reporter is told.
    pub thanks: Vec<String>,
}

/// What goes for a whole category.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub factors: Vec<String>,
    /// Strength of an action -> what shows that it was done.
    pub evidence: BTreeMap<String, Vec<String>>,
    /// What shows a result.
    pub shown_by: Vec<String>,
    pub no_action: Vec<String>,
    pub waiting: Vec<String>,
    pub weak: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// Who or what found it, in words.
    caught: BTreeMap<String, String>,
    made_safe: BTreeMap<String, String>,
    reasons: Vec<Saying>,
    /// Around the reason of a decision that takes the place of an earlier one.
    pub again: Vec<String>,
    /// Why the council is told where it only might have to be.
    pub referred: Vec<String>,
    /// Why a body that might have to be told is not.
    bodies: Vec<Saying>,
}

/// Words for the cases that it fits: all that it names must hold.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Saying {
    outcome: Option<String>,
    body: Option<String>,
    kind: Option<String>,
    category: Option<String>,
    of: Vec<String>,
    luck: bool,
    say: Vec<String>,
}

/// A decision, or the part of it about one body.
pub struct Case<'a> {
    pub record: &'a Record,
    pub outcome: &'a str,
    /// Bodies that it is about.
    pub bodies: &'a [&'a str],
}

/// Medicines with which a small mistake can do great harm.
const DANGEROUS: [&str; 6] =
    ["insulin", "anticoagulant", "controlled_drug", "methotrexate", "lithium", "parkinsons"];

impl Words {
    pub fn read() -> Result<Words> {
        Ok(Words {
            things: serde_json::from_str(include_str!("words/things.json")).context("things")?,
            decisions: serde_json::from_str(include_str!("words/decisions.json")).context("decisions")?,
            alerts: serde_json::from_str(include_str!("words/alerts.json")).context("alerts")?,
            categories: serde_json::from_str(include_str!("words/categories.json")).context("categories")?,
            results: serde_json::from_str(include_str!("words/results.json")).context("results")?,
        })
    }

    /// What fits the record: its subtype, one of its triggers, or else its category.
    pub fn thing(&self, record: &Record) -> Option<&Thing> {
        let facts = &record.facts;
        let mut of_category = self.things.iter().filter(|thing| thing.category == facts.category());
        of_category.find(|thing| {
            thing.of.is_empty()
                || thing.of.iter().any(|code| {
                    facts.subtype() == Some(code) || facts.list("triggers").any(|trigger| trigger == *code)
                })
        })
    }

    pub fn category(&self, record: &Record) -> Option<&Category> {
        self.categories.get(record.facts.category())
    }

    pub fn danger(&self, record: &Record) -> Danger {
        let group = record.facts.code("risk_group").unwrap_or_default();
        if DANGEROUS.contains(&group) {
            return Danger::High;
        }
        self.thing(record).map_or(Danger::Low, |thing| thing.risk)
    }

    pub fn reason(&self, case: &Case<'_>) -> String {
        self.decisions.said(&self.decisions.reasons, case)
    }

    pub fn body_reason(&self, case: &Case<'_>) -> String {
        self.decisions.said(&self.decisions.bodies, case)
    }
}

impl Decisions {
    fn said(&self, sayings: &[Saying], case: &Case<'_>) -> String {
        let facts = &case.record.facts;
        let said = sayings.iter().find(|saying| saying.fits(case));
        let salt = case.bodies.concat();
        let text = said.and_then(|saying| chosen(&saying.say, &[&case.record.id, &salt]));
        let named = |words: &BTreeMap<String, String>, field: &str| {
            words.get(facts.code(field).unwrap_or_default()).or_else(|| words.get("")).cloned()
        };
        let label = case.record.spec().map(|spec| spec.subtypes.label(facts.subtype().unwrap_or_default()));
        text.map_or("", String::as_str)
            .replace("{caught}", &named(&self.caught, "caught_by").unwrap_or_default())
            .replace("{made_safe}", &named(&self.made_safe, "made_safe").unwrap_or_default())
            .replace("{what}", &label.unwrap_or_default().to_lowercase())
    }
}

impl Saying {
    fn fits(&self, case: &Case<'_>) -> bool {
        let is = |wanted: &Option<String>, real: &str| wanted.as_ref().is_none_or(|wanted| wanted == real);
        let facts = &case.record.facts;
        is(&self.outcome, case.outcome)
            && self.body.as_ref().is_none_or(|body| case.bodies.contains(&body.as_str()))
            && is(&self.kind, case.record.kind.code())
            && is(&self.category, facts.category())
            && (self.of.is_empty() || self.of.iter().any(|code| facts.subtype() == Some(code)))
            && (!self.luck || facts.is_luck())
    }
}

/// One of the items: always the same for the same words.
pub fn chosen<'a, T>(items: &'a [T], by: &[&str]) -> Option<&'a T> {
    let many = u64::try_from(items.len()).ok().filter(|many| *many > 0)?;
    usize::try_from(number_of(by) % many).ok().and_then(|index| items.get(index))
}

/// True for one in so many.
pub fn one_in(many: u64, by: &[&str]) -> bool {
    number_of(by).is_multiple_of(many)
}

/// FNV-1a with its bits mixed, so that ids that are nearly alike fall far apart.
fn number_of(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

//! What makes two records alike: the parts of a key, as data. A record with several people or triggers has a key
//! for each. `other` and `unknown` never make a key. Source: model.md sections 3 and 11.2.

use super::Rule;
use crate::record::{Facts, Record};

/// Records with the same key are alike in the eyes of a rule.
#[derive(Debug)]
pub struct Alike {
    pub rule: Rule,
    pub parts: &'static [Part],
}

/// One part of a key; parts are joined with `/`.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    Category,
    /// The subtype, unless it is "something else".
    Subtype,
    /// One code of a step 1 field.
    Code(&'static str),
    /// Each code of a step 1 list.
    Codes(&'static str),
    /// A name that the site gives, for example of a place.
    Name(&'static str),
    /// Each name of a step 1 list.
    Names(&'static str),
    Shift,
    /// Each cause that a decision in force names, of this or an earlier round.
    Factor,
    /// `all`, where luck caught it.
    Luck,
}

/// What is looked at in every category; each category adds its own.
pub static EVERYWHERE: [Alike; 5] = [
    Alike { rule: Rule::SameTypeSamePlace, parts: &[Part::Category, Part::Subtype, Part::Name("location")] },
    Alike { rule: Rule::SamePerson, parts: &[Part::Names("people")] },
    Alike { rule: Rule::SameShift, parts: &[Part::Category, Part::Shift] },
    Alike { rule: Rule::SameFactor, parts: &[Part::Factor] },
    Alike { rule: Rule::CaughtByLuck, parts: &[Part::Luck] },
];

/// The same thing came back: same category and subtype, and one of these in common.
pub(super) static COMES_BACK: [&[Part]; 4] = [
    &[Part::Category, Part::Subtype, Part::Name("location")],
    &[Part::Category, Part::Subtype, Part::Code("risk_group")],
    &[Part::Category, Part::Subtype, Part::Name("asset")],
    &[Part::Category, Part::Subtype, Part::Names("people")],
];

/// The same repair: the same equipment, or without equipment the same hazard in the same place.
pub(super) static SAME_ASSET: &[Part] = &[Part::Name("asset")];
pub(super) static SAME_SPOT: &[Part] = &[Part::Subtype, Part::Name("location")];

/// Calls `found` with each key of a record; with none when a part is missing.
pub(super) fn each_key(record: &Record, parts: &[Part], found: &mut dyn FnMut(&str)) {
    let mut key = String::with_capacity(48);
    walk(record, parts, &mut key, found);
}

fn walk(record: &Record, parts: &[Part], key: &mut String, found: &mut dyn FnMut(&str)) {
    let Some((part, rest)) = parts.split_first() else { return found(key) };
    let start = key.len();
    let mut step = |value: &str| {
        if value.is_empty() {
            return;
        }
        if start > 0 {
            key.push('/');
        }
        key.push_str(value);
        walk(record, rest, key, found);
        key.truncate(start);
    };
    let facts = &record.facts;
    match *part {
        Part::Category => step(facts.category()),
        Part::Subtype => facts.particular_subtype().into_iter().for_each(step),
        Part::Code(name) => {
            facts.code(name).filter(|code| Facts::is_particular(code)).into_iter().for_each(step);
        }
        Part::Codes(name) => facts.list(name).filter(|code| Facts::is_particular(code)).for_each(step),
        Part::Name(name) => facts.code(name).into_iter().for_each(step),
        Part::Names(name) => facts.list(name).for_each(step),
        Part::Shift => step(facts.shift()),
        Part::Factor => record
            .decisions
            .iter()
            .filter(|decision| decision.is_effective())
            .flat_map(|decision| decision.body.factors())
            .map(String::as_str)
            .filter(|factor| Facts::is_particular(factor))
            .for_each(step),
        Part::Luck if facts.is_luck() => step("all"),
        Part::Luck => {}
    }
}

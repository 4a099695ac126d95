//! What of an event's fields tells nobody's name: codes, dates, numbers, yes or no, and ids that are known here.
//! By the kind of the field; words that somebody typed, and ids of staff, are left out whatever their field is called.

use crate::{
    category,
    directory::Directory,
    event::Event,
    fields::{self, Field, Kind, ListOf},
    patterns::{self, Rule},
    register::Register,
    verbs,
    vocabulary::CodeList,
};
use serde_json::{Map, Value};

/// A verb that is not known here keeps nothing.
pub(super) fn fields_of(event: &Event, register: &Register) -> Map<String, Value> {
    let Some(spec) = verbs::find(&event.verb) else { return Map::new() };
    let sieve = Sieve { event, register };
    match spec.name {
        _ if spec.makes_record() => sieve.step_1(&event.with),
        _ => sieve.group(&event.with, &[spec.fields]),
    }
}

struct Sieve<'a> {
    event: &'a Event,
    register: &'a Register,
}

impl Sieve<'_> {
    fn group(&self, with: &Map<String, Value>, lists: &[&[Field]]) -> Map<String, Value> {
        let known = |name: &str| lists.iter().flat_map(|list| list.iter()).find(|field| field.name == name);
        with.iter()
            .filter_map(|(name, value)| Some((name.clone(), self.value(&known(name)?.kind, value)?)))
            .collect()
    }

    /// Fields of a report, or changes of them, whatever the category was or becomes.
    fn step_1(&self, with: &Map<String, Value>) -> Map<String, Value> {
        let own = category::CATEGORIES.into_iter().map(|spec| spec.fields);
        let lists: Vec<&[Field]> = [verbs::REPORT].into_iter().chain(own).collect();
        self.group(with, &lists)
    }

    fn value(&self, kind: &Kind, value: &Value) -> Option<Value> {
        if value.is_null() {
            return Some(Value::Null);
        }
        match kind {
            Kind::Text | Kind::Texts | Kind::Staff | Kind::Photos => None,
            Kind::Code(_) | Kind::Codes(_) | Kind::Instant | Kind::Date | Kind::Bool => as_it_is(kind, value),
            Kind::Whole { .. } | Kind::Number { .. } => as_it_is(kind, value),
            Kind::Id => value.as_str().filter(|id| self.is_id(id)).map(Value::from),
            Kind::Alert => value.as_str().filter(|name| self.is_alert(name)).map(Value::from),
            Kind::Period => value.as_str().filter(|text| is_period(text)).map(Value::from),
            Kind::Listed(list) => value.as_str().filter(|code| self.is_listed(*list, code)).map(Value::from),
            Kind::Group(fields) => Some(Value::Object(self.group(value.as_object()?, &[fields]))),
            Kind::CodeMap(keys, values) => keyed(keys, value, |item| as_it_is(&Kind::Code(values), item)),
            Kind::GroupMap(keys, fields) => {
                keyed(keys, value, |item| Some(Value::Object(self.group(item.as_object()?, &[fields]))))
            }
            Kind::Changes => Some(Value::Object(self.step_1(value.as_object()?))),
        }
    }

    fn is_id(&self, id: &str) -> bool {
        self.register.event(id).is_some() || self.register.record(id).is_some()
    }

    /// Keys hold codes and ids, but for places, assets and units, which people may type, and for persons.
    fn is_alert(&self, name: &str) -> bool {
        let site = &self.event.site;
        let Some((rule, key)) = patterns::name_parts(name) else { return false };
        let last = key.rsplit('/').next().unwrap_or_default();
        let is_open = match rule {
            Rule::SameTypeSamePlace => self.is_listed(ListOf::Places, last),
            Rule::SameAsset => self.is_listed(ListOf::Assets, key),
            Rule::Silence => key == "main" || self.is_listed(ListOf::Units, key),
            _ => !rule.spec().names_person,
        };
        is_open && self.register.alert(site, name).is_some()
    }

    fn is_listed(&self, list: ListOf, code: &str) -> bool {
        let directory = self.register.directory();
        let Directory { sites, places, assets, .. } = directory;
        let site = &self.event.site;
        match list {
            ListOf::Units => sites.get(site).is_some_and(|site| site.units.iter().any(|unit| unit == code)),
            // A room tells who lives there.
            ListOf::Places => {
                places.get(code).is_some_and(|place| place.site == *site) && !directory.is_home(code)
            }
            ListOf::Assets => {
                assets.get(code).is_some_and(|asset| asset.site == *site && !directory.is_home(&asset.place))
            }
        }
    }
}

/// Only in its right form: what was set aside may hold anything.
fn as_it_is(kind: &Kind, value: &Value) -> Option<Value> {
    fields::fault(kind, value).is_none().then(|| value.clone())
}

fn keyed(keys: &CodeList, value: &Value, inner: impl Fn(&Value) -> Option<Value>) -> Option<Value> {
    let map = value.as_object()?;
    let kept = map.iter().filter(|(key, _)| keys.has(key));
    Some(Value::Object(kept.filter_map(|(key, item)| Some((key.clone(), inner(item)?))).collect()))
}

/// `2026`, `2026-06` or `2026-Q2`.
fn is_period(text: &str) -> bool {
    text.len() <= 7 && text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '-' | 'Q'))
}

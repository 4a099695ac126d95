//! Step 1: the AdverseEvent. A near miss or a danger is `potential`, everything else `actual`.

use super::{
    Build,
    parts::{absent, coding, concept, extension, identifier, not_asked, system},
};
use domain::{
    category::{behaviour, environment, medication},
    event::Author,
    record::{Kind, Record, Reporter},
    vocabulary::{self as v, CodeList},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::LazyLock};

/// Codes of FHIR for ours, as dated data.
#[derive(Debug, Deserialize)]
struct Categories {
    system: String,
    of_subtype: BTreeMap<String, String>,
    of_category: BTreeMap<String, String>,
}

static CATEGORIES: LazyLock<Option<Categories>> =
    LazyLock::new(|| serde_json::from_str(include_str!("categories.json")).ok());

/// Fields that say whether it happened at all.
const ACTUAL: [&str; 2] = ["happened", "reached"];

/// Fields of step 1 that go into extensions because R4 has no place for them.
const CODED: [(&str, &CodeList); 16] = [
    ("happened", &v::HAPPENED),
    ("reached", &v::REACHED),
    ("harm", &v::HARM),
    ("hands_on", &v::HANDS_ON),
    ("concern", &v::CONCERN),
    ("caught_by", &v::CAUGHT_BY),
    ("defence", &v::DEFENCE),
    ("stage", &medication::MEDICATION_STAGE),
    ("risk_group", &medication::RISK_GROUP),
    ("made_safe", &environment::MADE_SAFE),
    ("outcome", &behaviour::BEHAVIOUR_OUTCOME),
    ("shift", &v::SHIFT),
    ("triggers", &behaviour::BEHAVIOUR_TRIGGER),
    ("early_signs", &behaviour::EARLY_SIGN),
    ("strategies", &behaviour::STRATEGY),
    ("restrictive_types", &behaviour::RESTRICTIVE_TYPE),
];

impl Build<'_> {
    pub(super) fn adverse_event(&mut self, record: &Record) -> Value {
        let subject = self.subject(record);
        let location = self.place(record);
        let suspect = self.suspect(record).map(|instance| json!([{"instance": instance}]));
        let recorder = match &record.reporter {
            Reporter::Named(who) => self.role(&Author::Staff(who.clone()), &record.site, record.reported_at),
            Reporter::Confidential(_) | Reporter::Anonymous => Value::Null,
        };
        let unanswered = record.unanswered();
        let extensions = self.extensions(record, &unanswered);
        let is_open = ACTUAL.iter().any(|field| unanswered.contains(field));
        let facts = &record.facts;
        let name = self.name(&record.id).to_owned();
        let detected = facts.occurred_at().min(record.reported_at);
        let [date, detected, recorded] =
            [facts.occurred_at(), detected, record.reported_at].map(|at| self.moment(record, at));
        self.add("AdverseEvent", &name, || {
            json!({
                "extension": extensions,
                "identifier": identifier("record", &name),
                "actuality": (!is_open).then(|| actuality(record.kind)),
                "_actuality": is_open.then(absent),
                "category": [category(record)],
                "event": event(record),
                "subject": subject,
                "date": date,
                "detected": detected,
                "recordedDate": recorded,
                "location": location,
                "recorder": recorder,
                "suspectEntity": suspect,
            })
        })
    }

    pub(super) fn event_reference(&self, record: &str) -> Value {
        json!({"reference": format!("AdverseEvent/{}", super::parts::id(self.name(record)))})
    }

    fn extensions(&self, record: &Record, unanswered: &[&str]) -> Vec<Value> {
        let facts = &record.facts;
        let mut all = vec![
            extension("kind", "valueCodeableConcept", concept(&v::KIND, Some(record.kind.code()))),
            extension("state", "valueCodeableConcept", concept(&v::STATE, Some(record.state.code()))),
            extension("ncc-merp", "valueCode", record.national().ncc_merp.into()),
        ];
        if record.imported.is_some() {
            all.push(extension("imported", "valueBoolean", true.into()));
        }
        for (field, list) in CODED {
            let name = field.replace('_', "-");
            if unanswered.contains(&field) {
                all.push(extension(&name, "valueCodeableConcept", not_asked()));
                continue;
            }
            let one = facts.code(field).into_iter();
            let codes = one.chain(facts.list(field));
            all.extend(codes.map(|code| extension(&name, "valueCodeableConcept", concept(list, Some(code)))));
        }
        let effective = record.decisions.iter().filter(|decision| decision.is_effective());
        let mut factors: Vec<&String> = effective.flat_map(|decision| decision.body.factors()).collect();
        factors.sort();
        factors.dedup();
        all.extend(factors.into_iter().map(|factor| {
            extension("contributing-factor", "valueCodeableConcept", concept(&v::FACTOR, Some(factor)))
        }));
        if self.pack.selection.identified {
            all.push(extension("what-happened", "valueString", facts.text("text").into()));
            let done = facts.list("immediate_actions");
            all.extend(done.map(|done| extension("mitigating-action", "valueString", done.into())));
        }
        all
    }
}

fn actuality(kind: Kind) -> &'static str {
    match kind {
        Kind::Hazard | Kind::NearMiss => "potential",
        _ => "actual",
    }
}

fn category(record: &Record) -> Value {
    let facts = &record.facts;
    let subtype = record.said_subtype().unwrap_or_default();
    let theirs = CATEGORIES.as_ref().and_then(|map| {
        let code = map.of_subtype.get(subtype).or_else(|| map.of_category.get(facts.category()))?;
        Some(json!({"system": map.system, "code": code}))
    });
    json!({"coding": [theirs, coding(&v::CATEGORY, facts.category())], "text": v::CATEGORY.label(facts.category())})
}

fn event(record: &Record) -> Value {
    let Some((spec, subtype)) = record.spec().zip(record.facts.subtype()) else { return Value::Null };
    if record.said_subtype().is_none() {
        return not_asked();
    }
    let label = spec.subtypes.label(subtype);
    json!({"coding": [{"system": system(spec.subtypes.name), "code": subtype, "display": label}], "text": label})
}

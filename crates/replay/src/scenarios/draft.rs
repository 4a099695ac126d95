//! From a line of a scenario file to an event as its author's device writes it.

use super::{
    file,
    ids::{Ids, Sort},
    knowledge::Knowledge,
    text,
};
use chrono::Duration;
use domain::{
    category,
    event::{Author, Event},
    notification,
    time::Instant,
};
use serde_json::{Map, Value};

/// Fields whose value is an id: verb, field, what it names.
const NAMES: [(&str, &str, Sort); 11] = [
    ("mark_duplicate", "of", Sort::Record),
    ("link", "to", Sort::Record),
    ("answer_audit", "record", Sort::Record),
    ("answer_audit", "audit", Sort::Event),
    ("sign_audit", "audit", Sort::Event),
    ("complete_action", "action", Sort::Event),
    ("verify_action", "action", Sort::Event),
    ("link_alert", "action", Sort::Event),
    ("answer", "question", Sort::Event),
    ("answer_provider", "question", Sort::Event),
    ("end_outage", "outage", Sort::Event),
];

/// Text fields in which a plain year such as `2026` may stand.
const PERIODS: [&str; 2] = ["period", "month"];

/// What is known about the moment of writing.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Device clock minus server clock, now.
    pub clock_min: i64,
    /// The same at the last contact; none before the first.
    pub offset_min: Option<i64>,
    pub seen: u32,
}

/// The event, with real ids, as written by a device that knows `knowledge`.
pub fn event(line: &file::Event, site: &str, moment: Moment, ids: &Ids, category: Option<&str>) -> Event {
    let id = line.same_id_as.as_deref().unwrap_or(&line.id);
    Event {
        id: ids.real(Sort::Event, id).into(),
        verb: line.verb.clone(),
        site: site.into(),
        record: line.record.as_deref().map(|record| ids.real(Sort::Record, record).into()),
        by: Author::from(line.by.as_str()),
        device: line.device().into(),
        with: with(line, ids, category).into(),
        seen: moment.seen,
        device_time: line.at + Duration::minutes(moment.clock_min),
        offset_ms: moment.offset_min.map(|minutes| minutes * 60_000),
    }
}

/// The author's own corrected time: before the first contact the offset counts as 0.
pub fn corrected_at(event: &Event) -> Instant {
    event.device_time - Duration::milliseconds(event.offset_ms.unwrap_or_default())
}

/// The fields of the verb, with real ids and every asked question answered.
pub fn with(line: &file::Event, ids: &Ids, category: Option<&str>) -> Map<String, Value> {
    let mut with = line.with.clone();
    for (name, value) in &mut with {
        let Some(said) = text::of(value) else { continue };
        if PERIODS.contains(&name.as_str()) {
            *value = Value::String(said);
        } else if name == "alert" {
            *value = Value::String(ids.real_alert(&said));
        } else if let Some(sort) = sort_of(&line.verb, name) {
            *value = Value::String(ids.real(sort, &said).to_owned());
        }
    }
    if let Some(answers) = with.get_mut("answers").and_then(Value::as_object_mut)
        && let Some(others) = answers.remove("others")
    {
        for question in asked(category) {
            answers.entry(question).or_insert_with(|| others.clone());
        }
    }
    with
}

fn sort_of(verb: &str, field: &str) -> Option<Sort> {
    if (verb, field) == ("resolve", "keep") {
        return Some(Sort::Event);
    }
    NAMES.iter().find(|(of, name, _)| (*of, *name) == (verb, field)).map(|(_, _, sort)| *sort)
}

fn asked(category: Option<&str>) -> impl Iterator<Item = &'static str> {
    let spec = category.and_then(category::find);
    spec.into_iter().flat_map(notification::questions_for).map(|question| question.id.as_str())
}

/// The category of a record as its author knows it, or as the file reports it.
pub fn category<'a>(
    line: &file::Event,
    scenario: &'a file::Scenario,
    known: &'a Knowledge,
    ids: &Ids,
) -> Option<&'a str> {
    let record = line.record.as_deref()?;
    let known = known.register.record(ids.real(Sort::Record, record)).map(|record| record.facts.category());
    known.or_else(|| report_of(scenario, record)?.with.get("category")?.as_str())
}

/// The event that introduces a record in the file.
pub fn report_of<'a>(scenario: &'a file::Scenario, record: &str) -> Option<&'a file::Event> {
    scenario.events.iter().find(|event| event.verb == "report" && event.record.as_deref() == Some(record))
}

/// The site of an event: its own, that of its record's report, or the only one.
pub fn site<'a>(line: &'a file::Event, scenario: &'a file::Scenario) -> &'a str {
    let of_record = || report_of(scenario, line.record.as_deref()?)?.site.as_deref();
    let only = || scenario.sites.first().map(|site| site.id.as_str());
    line.site.as_deref().or_else(of_record).or_else(only).unwrap_or_default()
}

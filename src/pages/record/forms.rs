//! The small forms of a record, one per verb, as data. `?do=` of the address opens one.

mod all;

use super::form::{
    Ask,
    Look::{Date, Moment},
    date_answer, time_answer,
};
use domain::{
    record::Record,
    time::{Instant, london_date},
};
use serde_json::{Map, Value};

#[derive(Debug)]
pub struct FormSpec {
    /// What stands after `?do=`.
    pub id: &'static str,
    pub verb: &'static str,
    pub title: &'static str,
    /// A sentence before the questions; may be empty.
    pub intro: &'static str,
    /// Field that `?about=` fills: the action, question or outage.
    pub about: &'static str,
    pub fields: &'static [Ask],
    pub button: &'static str,
    /// What is said when it is saved.
    pub done: &'static str,
}

pub use all::FORMS;

pub fn find(id: &str) -> Option<&'static FormSpec> {
    FORMS.iter().find(|form| form.id == id)
}

impl FormSpec {
    /// What this record is asked.
    pub fn asks(&self, record: &Record) -> Vec<Ask> {
        let logs = record.spec().map(|spec| spec.destinations(4)).unwrap_or_default();
        let asked = |ask: &&Ask| ask.only_for.is_empty() || logs.contains(&ask.only_for);
        self.fields.iter().filter(asked).copied().collect()
    }

    /// What stands in the form before anything is typed.
    pub fn start(&self, record: &Record, about: Option<&str>, now: Instant) -> Map<String, Value> {
        let mut start = Map::new();
        let mut put = |name: &str, value: Value| drop(start.insert(name.to_owned(), value));
        if let (Some(about), "body") = (about, self.about) {
            put("body", about.into());
        }
        if let (Some(kind), "kind") = (about, self.about) {
            put("kind", kind.into());
        }
        for ask in self.fields {
            match ask.look {
                Moment if ask.name != "started_at" => {
                    put(ask.name, date_answer(london_date(now)));
                    put(&format!("{}-time", ask.name), time_answer(now));
                }
                Date if ask.name == "done_on" => put(ask.name, date_answer(london_date(now))),
                _ => {}
            }
        }
        match self.id {
            "tell" => put("text", starter(record).into()),
            "plan" => put("kind", "corrective".into()),
            // What was thought when an action was planned, by whoever planned it.
            "finish" => {
                let planned = record.actions.iter().rev().filter(|action| action.current);
                let thought = planned.map(|action| &action.just_culture).find(|answer| !answer.is_empty());
                if let Some(answer) = thought {
                    put("just_culture", answer.as_str().into());
                }
            }
            "outage" => {
                let at = record.facts.occurred_at();
                put("started_at", date_answer(london_date(at)));
                put("started_at-time", time_answer(at));
            }
            _ => {}
        }
        start
    }
}

/// The first words of a message to the reporter.
pub fn starter(record: &Record) -> String {
    let done: Vec<&str> = record
        .actions
        .iter()
        .filter(|action| action.done.is_some())
        .map(|action| action.text.trim_end_matches('.'))
        .collect();
    let what = record.said_subtype().and_then(|code| Some(record.spec()?.subtypes.label(code)));
    let noticed = match what {
        Some(what) => format!("Thank you. You noticed: {}.", crate::text::review::record::lower_first(what)),
        None => "Thank you for telling us.".to_owned(),
    };
    if done.is_empty() {
        format!("{noticed} ")
    } else {
        format!("{noticed} So we did this: {}.", done.join("; "))
    }
}

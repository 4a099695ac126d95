//! Step 3: who must be told. Questions, suggestions and the checks of a decision.
//! The rules are dated data (`notification/*.json`); this reads them. Nothing here is legal advice.

mod check;
mod help;
mod second;
mod then;
mod times;

use crate::{
    category::CategorySpec,
    record::{BodyDecision, Kind, Record},
    time::Instant,
    vocabulary,
};
pub use check::check;
pub use help::{BodyHelp, Help, QuestionHelp, help};
pub use second::second_look;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::{collections::BTreeMap, sync::OnceLock};
pub use then::reasons_then;
pub use times::{TellBy, keep_until, tell_by};

/// A dated set of questions and rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    pub version: String,
    /// Month in which the rules were last checked against their sources.
    pub checked: String,
    pub note: String,
    pub questions: Vec<Question>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Code of `question`.
    pub id: String,
    /// Asked for every category; otherwise the category says that it asks it.
    pub common: bool,
    pub words: String,
}

/// When a question is answered yes (or something else is known), these bodies are suggested.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub id: String,
    #[serde(default)]
    pub question: Option<String>,
    #[serde(default)]
    pub also: Option<Also>,
    pub needed: Vec<String>,
    pub consider: Vec<String>,
    pub source: String,
}

/// What makes a row true besides the answer to its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Also {
    UtilityOutage,
    SafetyDeviceOutage,
    RestrictivePractice,
    RepeatAlert,
}

/// How strongly a body is suggested; the strongest of all rows wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suggestion {
    NotNeeded,
    Consider,
    Needed,
}

impl Suggestion {
    pub fn code(self) -> &'static str {
        match self {
            Suggestion::NotNeeded => "not_needed",
            Suggestion::Consider => "consider",
            Suggestion::Needed => "needed",
        }
    }

    pub fn from_code(code: &str) -> Suggestion {
        match code {
            "needed" => Suggestion::Needed,
            "consider" => Suggestion::Consider,
            _ => Suggestion::NotNeeded,
        }
    }
}

/// Body -> suggestion, for every body.
pub type Suggestions = BTreeMap<String, Suggestion>;

/// The rules in force.
pub fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| match serde_json::from_str(include_str!("notification/rules-2026-11.json")) {
        Ok(rules) => rules,
        Err(error) => unreachable!("the built-in rule set does not read: {error}"),
    })
}

/// The questions asked for a category, in order.
pub fn questions_for(spec: &CategorySpec) -> impl Iterator<Item = &'static Question> {
    rules().questions.iter().filter(|question| question.common || spec.asks.contains(&question.id.as_str()))
}

/// A row that holds, for showing why a body is suggested.
#[derive(Clone, Copy, Debug)]
pub struct Reason {
    pub row: &'static Row,
    pub suggestion: Suggestion,
}

/// What the answers suggest about each body, as known at the author's corrected time.
/// `repeat`: the record is in an alert that counts as a repeated low-level concern.
/// Source: model.md section 8.2.
pub fn suggest(
    record: &Record,
    answers: &BTreeMap<String, String>,
    now: Instant,
    repeat: bool,
) -> Suggestions {
    let mut suggestions: Suggestions =
        vocabulary::BODY.codes.iter().map(|body| (body.code.to_owned(), Suggestion::NotNeeded)).collect();
    for (body, reason) in reasons(record, answers, now, repeat) {
        let strongest = suggestions.entry(body.to_owned()).or_insert(Suggestion::NotNeeded);
        *strongest = (*strongest).max(reason.suggestion);
    }
    suggestions
}

/// Every body that is suggested with the row that suggests it.
pub fn reasons<'a>(
    record: &'a Record,
    answers: &'a BTreeMap<String, String>,
    now: Instant,
    repeat: bool,
) -> impl Iterator<Item = (&'static str, Reason)> + 'a {
    rules().rows.iter().filter_map(move |row| Some((row, row.holds(record, answers, now, repeat)?))).flat_map(
        |(row, strength)| {
            let needed =
                row.needed.iter().map(move |body| (body.as_str(), Reason { row, suggestion: strength }));
            let consider = row
                .consider
                .iter()
                .map(move |body| (body.as_str(), Reason { row, suggestion: Suggestion::Consider }));
            needed.chain(consider)
        },
    )
}

impl Row {
    /// How strongly the row speaks for the bodies it calls needed; none when it does not hold.
    fn holds(
        &self,
        record: &Record,
        answers: &BTreeMap<String, String>,
        now: Instant,
        repeat: bool,
    ) -> Option<Suggestion> {
        let answer = self.question.as_ref().and_then(|question| answers.get(question)).map(String::as_str);
        let known = self.also.is_some_and(|also| also.is_known(record, now, repeat));
        if !known && answer == Some("unsure") {
            return Some(Suggestion::Consider);
        }
        if !known && answer != Some("y") {
            return None;
        }
        let question = self.question.as_deref().unwrap_or_default();
        let softened = record.spec().is_some_and(|spec| (spec.rules.softens)(&record.facts, question));
        Some(if softened { Suggestion::Consider } else { Suggestion::Needed })
    }
}

impl Also {
    fn is_known(self, record: &Record, now: Instant, repeat: bool) -> bool {
        let long_outage = |utility| {
            record.outages.iter().any(|outage| outage.is_utility() == utility && outage.is_over_24h(now))
        };
        match self {
            Also::UtilityOutage => long_outage(true),
            Also::SafetyDeviceOutage => long_outage(false),
            Also::RestrictivePractice => record.kind == Kind::RestrictivePractice,
            Also::RepeatAlert => repeat,
        }
    }
}

/// What a decision event decided about every body: its own word, else its suggestion.
pub fn decided(with: &Map<String, Value>) -> BTreeMap<String, BodyDecision> {
    let group = |name: &str| with.get(name).and_then(Value::as_object);
    vocabulary::BODY
        .codes
        .iter()
        .map(|body| {
            let suggested = group("suggests").and_then(|map| map.get(body.code)).and_then(Value::as_str);
            let suggested = suggested.unwrap_or("not_needed");
            let own = group("bodies").and_then(|map| map.get(body.code)).and_then(Value::as_object);
            let needed = own.and_then(|own| own.get("needed")).and_then(Value::as_bool);
            let reason = own.and_then(|own| own.get("reason")).and_then(Value::as_str).unwrap_or_default();
            (
                body.code.to_owned(),
                BodyDecision {
                    suggested: suggested.to_owned(),
                    needed: needed.unwrap_or(suggested == "needed"),
                    reason: reason.to_owned(),
                },
            )
        })
        .collect()
}

//! Help with the questions: plain words, examples, and what the law does not say. Dated data beside the rules
//! (`help-2026-11.json`); this reads it. Nothing here is legal advice.

use serde::Deserialize;
use std::sync::OnceLock;

/// A dated set of help.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    pub version: String,
    /// Version of the rule set that it goes with.
    pub rules: String,
    /// Month in which it was last checked against its sources.
    pub checked: String,
    pub questions: Vec<QuestionHelp>,
    pub bodies: Vec<BodyHelp>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionHelp {
    /// Code of `question`.
    pub id: String,
    /// What it means, in a sentence or two.
    pub explain: String,
    /// Answer yes.
    pub yes: Vec<String>,
    /// Looks alike, and is no yes here.
    pub no: Vec<String>,
    /// What the law does not say, or says otherwise than people think.
    pub silent: Vec<String>,
    /// Common knowledge without a source at hand: check before you rely on it.
    #[serde(default)]
    pub unsure: Vec<String>,
    pub source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyHelp {
    /// Code of `body`.
    pub id: String,
    /// How they are told.
    pub how: String,
    #[serde(default)]
    pub silent: String,
}

impl Help {
    pub fn question(&self, id: &str) -> Option<&QuestionHelp> {
        self.questions.iter().find(|question| question.id == id)
    }

    pub fn body(&self, id: &str) -> Option<&BodyHelp> {
        self.bodies.iter().find(|body| body.id == id)
    }
}

/// The help in force.
pub fn help() -> &'static Help {
    static HELP: OnceLock<Help> = OnceLock::new();
    HELP.get_or_init(|| match serde_json::from_str(include_str!("help-2026-11.json")) {
        Ok(help) => help,
        Err(error) => unreachable!("the built-in help does not read: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{notification::rules, vocabulary::BODY};

    #[test]
    fn every_question_and_every_body_has_its_help() {
        assert_eq!(help().rules, rules().version, "help belongs to the rules in force");
        for question in &rules().questions {
            let help = help().question(&question.id).unwrap_or_else(|| panic!("{}", question.id));
            let lists = [&help.yes, &help.no, &help.silent];
            assert!(lists.iter().all(|list| !list.is_empty()) && !help.source.is_empty(), "{}", question.id);
            let all = lists.into_iter().chain([&help.unsure]).flatten().chain([&help.explain]);
            assert!(all.clone().all(|words| words.ends_with('.')), "{}: whole sentences", question.id);
        }
        assert!(BODY.codes.iter().all(|body| help().body(body.code).is_some()));
        assert_eq!(help().questions.len(), rules().questions.len());
    }

    #[test]
    fn without_delay_is_never_a_number_of_hours_for_the_regulator() {
        let cqc = help().body("cqc").expect("help");
        assert!(cqc.silent.contains("no number of hours"), "{}", cqc.silent);
        let candour = help().body("duty_of_candour").expect("help");
        assert!(candour.silent.contains("moderate harm") && candour.silent.contains("NHS"));
    }
}

//! A quick record: what is known is said, and what is not known is said to be not known.
//! Its kind stays open, so the reviewer asks the reporter before anything is judged.

use super::{CategorySpec, Question, QuestionKind};
use crate::verbs::REPORT;
use serde_json::{Map, Value, json};

/// Codes that say that something is not known or not on the list, the most honest first.
const NOT_KNOWN: [&str; 3] = ["unsure", "unknown", "other"];

type Answers = Map<String, Value>;
type Set = Vec<(&'static str, Value)>;

impl CategorySpec {
    /// Questions that even a quick record asks: a report needs the answer, and there is no code for "not known".
    pub fn quick_questions(&self) -> Vec<&'static Question> {
        let must = |question: &&Question| self.is_needed(question) && question.not_known().is_none();
        self.walk(&Answers::new()).into_iter().filter(must).collect()
    }

    /// The answers of a whole report: every answer that a report needs and nobody gave becomes "not known".
    pub fn quick(&self, answers: &Answers) -> Answers {
        let mut whole = answers.clone();
        let unknown = |question: &Question| self.is_needed(question).then(|| question.not_known()).flatten();
        while let Some((question, set)) =
            self.missing(&whole).into_iter().find_map(|question| Some((question, unknown(question)?)))
        {
            self.answer(question, set, &mut whole);
        }
        whole
    }

    /// The answers without those that only say "not known": their questions are asked again for the details.
    pub fn without_not_known(&self, answers: &Answers) -> Answers {
        let mut known = answers.clone();
        for question in self.questions.iter().filter(|question| self.is_needed(question)) {
            let says = |set: &Set| set.iter().all(|(field, value)| known.get(*field) == Some(value));
            if NOT_KNOWN.into_iter().filter_map(|code| question.answer_of(code)).any(|set| says(&set)) {
                self.answer(question, [], &mut known);
            }
        }
        known
    }

    /// Fields that only say "not known" because nobody has been asked yet: those of a report whose other questions stand
    /// open, as a quick record leaves them. Of a report that was asked about everything, none: there it is an answer.
    pub fn unanswered(&self, report: &Answers) -> Vec<&'static str> {
        let is_open = |question: &&Question| question.stays();
        if !report.values().any(says_not_known) || !self.missing(report).iter().any(is_open) {
            return Vec::new();
        }
        let known = self.without_not_known(report);
        let needed = self.questions.iter().filter(|question| self.is_needed(question));
        let gone = |field: &&str| report.contains_key(*field) && !known.contains_key(*field);
        needed.flat_map(Question::fields).filter(gone).collect()
    }

    /// A report cannot be made without a field of this question.
    fn is_needed(&self, question: &Question) -> bool {
        let mut fields = REPORT.iter().chain(self.fields).filter(|field| field.required);
        fields.any(|field| question.fields().contains(&field.name))
    }
}

fn says_not_known(value: &Value) -> bool {
    match value {
        Value::String(code) => NOT_KNOWN.contains(&code.as_str()),
        Value::Array(all) => all.iter().any(says_not_known),
        _ => false,
    }
}

impl Question {
    /// Its answer is a code. Words, people and places are left out for some readers and go with time: that they are not
    /// there does not say that nobody was asked.
    fn stays(&self) -> bool {
        match self.kind {
            QuestionKind::One { .. } | QuestionKind::Flags { .. } => true,
            QuestionKind::Many { free, .. } => !free,
            QuestionKind::Person | QuestionKind::Place | QuestionKind::Asset | QuestionKind::Words => false,
        }
    }

    fn not_known(&self) -> Option<Set> {
        NOT_KNOWN.into_iter().find_map(|code| self.answer_of(code))
    }

    /// The answer that sets a field of this question to this code.
    fn answer_of(&self, code: &str) -> Option<Set> {
        match self.kind {
            QuestionKind::One { tiles, more } => {
                let tile = tiles.iter().find(|tile| tile.sets.iter().any(|(_, value)| *value == code));
                let listed =
                    || more.and_then(|(field, list)| Some(vec![(field, json!(list.find(code)?.code))]));
                tile.map(|tile| tile.answer().collect()).or_else(listed)
            }
            QuestionKind::Many { field, tiles, .. } => {
                let choice = tiles.iter().find(|choice| choice.code == code)?;
                Some(vec![(field, json!([choice.code]))])
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CATEGORIES, find};
    use crate::{fields, record::Kind, verbs::REPORT};
    use serde_json::{Map, json};

    #[test]
    fn a_quick_record_is_a_whole_report_of_an_open_kind() {
        for spec in CATEGORIES {
            let mut known = Map::from_iter([("category".to_owned(), json!(spec.id))]);
            for question in spec.quick_questions() {
                let no = question.answer_of("no").unwrap();
                spec.answer(question, no, &mut known);
            }
            let whole = spec.quick(&known);
            let problems = fields::problems(&whole, &[REPORT, spec.fields]);
            assert!(problems.is_empty(), "{} {whole:?}: {problems:?}", spec.id);
            let facts = super::super::tests::facts(serde_json::Value::Object(whole));
            assert_eq!(facts.kind(), Kind::Unclassified, "{}", spec.id);
        }
    }

    #[test]
    fn what_is_known_stays_as_it_was_said() {
        let spec = find("medication").unwrap();
        let reached = spec.question("reached").unwrap();
        let mut known = Map::new();
        spec.answer(reached, reached.answer_of("no").unwrap(), &mut known);
        let whole = spec.quick(&known);
        assert_eq!(whole["reached"], "no");
        assert_eq!(whole["error_type"], "other");
        assert!(!whole.contains_key("caught_by"), "nobody said how it was noticed");
    }

    #[test]
    fn the_details_of_a_quick_record_are_asked_again() {
        for spec in CATEGORIES {
            let quick = spec.quick(&Map::from_iter([("text".to_owned(), json!("It was wet."))]));
            let known = spec.without_not_known(&quick);
            assert_eq!(known, Map::from_iter([("text".to_owned(), json!("It was wet."))]), "{}", spec.id);
        }
    }

    #[test]
    fn what_nobody_was_asked_is_no_answer_and_what_was_said_is_one() {
        let spec = find("medication").unwrap();
        let said = Map::from_iter([("text".to_owned(), json!("Two tablets were in the pot."))]);
        let quick = spec.quick(&said);
        assert_eq!(quick["error_type"], "other");
        assert_eq!(spec.unanswered(&quick), ["happened", "reached", "error_type"]);
        // The carer said whom it reached, and nothing else.
        let reached = spec.question("reached").unwrap();
        let mut known = said;
        spec.answer(reached, reached.answer_of("no").unwrap(), &mut known);
        assert_eq!(spec.unanswered(&spec.quick(&known)), ["error_type"]);
        // Asked about everything, "Not sure" and "Something else" are what they say.
        let mut whole = quick;
        while let Some(question) = spec.missing(&whole).into_iter().next() {
            let set: Vec<_> = match question.kind {
                super::QuestionKind::One { tiles: [first, ..], .. } => first.answer().collect(),
                super::QuestionKind::Many { field, .. } => vec![(field, json!([]))],
                _ => question.fields().into_iter().map(|field| (field, json!("x"))).collect(),
            };
            spec.answer(question, set, &mut whole);
        }
        assert!(spec.unanswered(&whole).is_empty(), "{whole:?}");
    }

    #[test]
    fn words_that_are_left_out_do_not_make_an_answer_open() {
        let spec = find("medication").unwrap();
        let said = json!({"happened": "something_happened", "reached": "unsure", "error_type": "other",
            "caught_by": "colleague", "immediate_actions": ["Told the senior"]});
        let mut report = said.as_object().unwrap().clone();
        assert!(spec.unanswered(&report).is_empty());
        // As a reader without words has it, or anybody once its time is over.
        report.remove("immediate_actions");
        assert!(spec.unanswered(&report).is_empty(), "{:?}", spec.unanswered(&report));
        report.remove("caught_by");
        assert_eq!(spec.unanswered(&report), ["happened", "reached", "error_type"]);
    }

    #[test]
    fn hands_on_is_asked_even_in_a_quick_record() {
        let asked = |id| {
            find(id).unwrap().quick_questions().into_iter().map(|question| question.id).collect::<Vec<_>>()
        };
        assert_eq!(asked("behaviour"), ["held"]);
        assert!(asked("medication").is_empty());
        assert!(asked("environment").is_empty());
    }
}

//! A report that somebody wrote elsewhere, as answers of this form: to be recorded again under another name.

use super::{CategorySpec, Question};
use crate::{fields, verbs::REPORT};
use serde_json::{Map, Value};

impl CategorySpec {
    /// The answers in the fields of a report that this form has a question for. What the form does not ask, what does
    /// not read and what is not asked after these answers is left out; nothing is added.
    pub fn answers_in(&self, report: &Map<String, Value>) -> Map<String, Value> {
        let known = |name: &str| REPORT.iter().chain(self.fields).find(|field| field.name == name);
        let answer = |name: &'static str| {
            let value = report.get(name).filter(|value| !value.is_null())?;
            fields::fault(&known(name)?.kind, value).is_none().then(|| (name.to_owned(), value.clone()))
        };
        let mut answers = self.questions.iter().flat_map(Question::fields).filter_map(answer).collect();
        self.drop_unasked(&mut answers);
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CATEGORIES, find};
    use serde_json::{Map, Value, json};

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[track_caller]
    fn check(category: &str, report: Value, expected: Value) {
        assert_eq!(Value::Object(find(category).unwrap().answers_in(&map(report))), expected);
    }

    #[test]
    fn what_the_form_asks_is_taken_over_and_nothing_else() {
        let answers = json!({
            "happened": "something_happened", "reached": "yes", "harm": "unsure", "error_type": "wrong_dose",
            "risk_group": "controlled_drug", "people": ["R-014"], "caught_by": "colleague", "immediate_actions": [],
            "text": "Took out 5 mg.", "location": "room-14", "concern": "very", "good_catch": true,
        });
        let mut report = map(answers.clone());
        report.extend(map(json!({
            "category": "medication", "identity": "confidential", "occurred_at": "2026-11-03T14:05:00Z",
            "unit": "north", "shift": "late", "medicine": "Morphine", "hazard": "fire", "photos": [{ "hash": "x" }],
            "colour": "red", "stage": null,
        })));
        check("medication", report.into(), answers);
    }

    #[test]
    fn what_does_not_read_or_is_not_asked_any_more_is_asked_again() {
        let report = json!({ "happened": "something_happened", "reached": "no", "harm": "some", "error_type": "of_2031",
            "caught_by": 7, "immediate_actions": "told", "people": "R-014", "text": ["a"] });
        check("medication", report, json!({ "happened": "something_happened", "reached": "no" }));
        check("environment", json!({}), json!({}));
    }

    #[test]
    fn a_report_of_each_form_comes_back_whole() {
        for spec in CATEGORIES {
            let mut answers = Map::new();
            for question in spec.quick_questions() {
                if let super::super::QuestionKind::One { tiles: [first, ..], .. } = question.kind {
                    spec.answer(question, first.answer(), &mut answers);
                }
            }
            let whole = spec.quick(&answers);
            assert_eq!(spec.answers_in(&whole), whole, "{}", spec.id);
        }
    }
}

//! From what was chosen on the page to a decision: what is suggested, what is sent, and what is missing.
//! Names in the form: `q.death` a question, `body.cqc` told or not, `why.cqc` the reason.

use crate::{text::review::body, ui::FieldError};
use domain::{
    category::CategorySpec,
    notification::{self, Suggestion, Suggestions},
    record::{BodyDecision, Notification, Record},
    refusal::Code,
    time::Instant,
    vocabulary::BODY,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub type Typed = Map<String, Value>;

pub const QUESTION: &str = "q.";
pub const BODY_OF: &str = "body.";
pub const WHY: &str = "why.";

fn code<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Question -> y, n or unsure.
pub fn answers(typed: &Typed) -> BTreeMap<String, String> {
    typed
        .iter()
        .filter_map(|(name, value)| {
            Some((name.strip_prefix(QUESTION)?.to_owned(), value.as_str()?.to_owned()))
        })
        .filter(|(_, answer)| !answer.is_empty())
        .collect()
}

/// Somebody died, was hurt or badly hurt, or that is not sure.
pub fn tells_of_harm(typed: &Typed) -> bool {
    ["q.death", "q.harm", "q.serious_injury"].iter().any(|name| matches!(code(typed, name), "y" | "unsure"))
}

pub fn suggestions(typed: &Typed, record: &Record, now: Instant, repeat: bool) -> Suggestions {
    notification::suggest(record, &answers(typed), now, repeat)
}

/// Why each body is suggested, one sentence per rule.
pub fn reasons(typed: &Typed, record: &Record, now: Instant, repeat: bool, wanted: &str) -> Vec<String> {
    let answers = answers(typed);
    notification::reasons(record, &answers, now, repeat)
        .filter(|(body, _)| *body == wanted)
        .map(|(_, reason)| {
            let answer = reason.row.question.as_ref().and_then(|id| answers.get(id)).map(String::as_str);
            body::why(reason.row, answer)
        })
        .collect()
}

/// What a body is decided to be: the person's own word, else the suggestion.
pub fn needed(typed: &Typed, body: &str, suggestion: Suggestion) -> bool {
    match code(typed, &format!("{BODY_OF}{body}")) {
        "y" => true,
        "n" => false,
        _ => suggestion == Suggestion::Needed,
    }
}

/// The decision as it would be now, for the times by which bodies must be told.
pub fn as_decided(typed: &Typed, suggestions: &Suggestions) -> Notification {
    let bodies = suggestions.iter().map(|(body, suggestion)| {
        let decision = BodyDecision {
            suggested: suggestion.code().to_owned(),
            needed: needed(typed, body, *suggestion),
            reason: String::new(),
        };
        (body.clone(), decision)
    });
    Notification {
        answers: answers(typed),
        outcome: String::new(),
        reason: String::new(),
        bodies: bodies.collect(),
        advice_from: String::new(),
        wider_risk: String::new(),
        finding: String::new(),
        rules: String::new(),
        revises: false,
    }
}

/// The fields of the verb.
pub fn with(typed: &Typed) -> Map<String, Value> {
    let mut with = Map::new();
    with.insert("answers".into(), json!(answers(typed)));
    let bodies: Map<String, Value> = BODY
        .codes
        .iter()
        .filter_map(|body| {
            let chosen = code(typed, &format!("{BODY_OF}{}", body.code));
            let reason = code(typed, &format!("{WHY}{}", body.code)).trim();
            let needed = match chosen {
                "y" => true,
                "n" => false,
                _ => return None,
            };
            Some((body.code.to_owned(), json!({ "needed": needed, "reason": reason })))
        })
        .collect();
    if !bodies.is_empty() {
        with.insert("bodies".into(), Value::Object(bodies));
    }
    for name in ["outcome", "reason", "advice_from", "wider_risk", "finding"] {
        let text = code(typed, name).trim();
        if !text.is_empty() {
            with.insert(name.to_owned(), text.into());
        }
    }
    with
}

/// From this many on, the questions without an answer are one line at the top of the page.
const MANY: usize = 4;

/// What the top of the page says: many open questions are one line that leads to the first of them. Beside each
/// question it says what is missing.
pub fn at_the_top(problems: Vec<FieldError>) -> Vec<FieldError> {
    let (open, mut others): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| problem.id.starts_with(QUESTION));
    match open.first() {
        Some(first) if open.len() >= MANY => {
            let words = format!("Answer the {} open questions", open.len());
            others.insert(0, FieldError::new(first.id.clone(), words));
            others
        }
        _ => open.into_iter().chain(others).collect(),
    }
}

/// Everything that is missing, at once. The rest is for the domain to say.
pub fn missing(
    typed: &Typed,
    spec: &CategorySpec,
    suggestions: &Suggestions,
    revises: bool,
) -> Vec<FieldError> {
    let answers = answers(typed);
    let mut problems = Vec::new();
    if answers.get("death").is_none_or(|answer| answer != "y") {
        let open = body::questions(spec).into_iter().filter(|id| !answers.contains_key(*id));
        problems.extend(
            open.map(|id| {
                FieldError::new(format!("{QUESTION}{id}"), format!("Answer: {}", body::question(id)))
            }),
        );
    }
    let outcome = code(typed, "outcome");
    if outcome != "seek_advice" {
        for (body, suggestion) in in_order(suggestions) {
            let chosen = code(typed, &format!("{BODY_OF}{body}"));
            let differs = match suggestion {
                Suggestion::Consider => true,
                Suggestion::Needed => chosen == "n",
                Suggestion::NotNeeded => chosen == "y",
            };
            let name = BODY.label(body);
            if *suggestion == Suggestion::Consider && chosen.is_empty() {
                problems.push(FieldError::new(
                    format!("{BODY_OF}{body}"),
                    format!("Select if this body must be told: {name}"),
                ));
            }
            if differs && code(typed, &format!("{WHY}{body}")).trim().is_empty() {
                problems.push(FieldError::new(format!("{WHY}{body}"), format!("Say why: {name}")));
            }
        }
    }
    if outcome.is_empty() {
        problems.push(FieldError::new("outcome", "Select a decision"));
    }
    let needs_reason = revises || matches!(outcome, "not_notifiable" | "potential_risk_monitor");
    if needs_reason && code(typed, "reason").trim().is_empty() {
        problems.push(FieldError::new("reason", "Say why"));
    }
    problems
}

/// The strongest first, as they stand on the page.
pub fn in_order(suggestions: &Suggestions) -> Vec<(&String, &Suggestion)> {
    let mut bodies: Vec<(&String, &Suggestion)> = suggestions.iter().collect();
    bodies.sort_by_key(|(body, strength)| (std::cmp::Reverse(**strength), BODY.position(body)));
    bodies
}

/// Beside which input a refusal stands.
pub fn beside(problem: &crate::state::Problem) -> String {
    let field = problem.field.clone().unwrap_or_default();
    match problem.code {
        Some(Code::QuestionUnanswered | Code::ReclassifyFirst) => format!("{QUESTION}{field}"),
        Some(Code::BodyUndecided | Code::NotSentYet) => format!("{BODY_OF}{field}"),
        Some(Code::BodyReasonMissing) => format!("{WHY}{field}"),
        _ if field.is_empty() => "outcome".to_owned(),
        _ => field,
    }
}

/// What an earlier decision said, for a form that changes it.
pub fn from_decision(decision: &Notification) -> Typed {
    let mut typed = Typed::new();
    for (question, answer) in &decision.answers {
        typed.insert(format!("{QUESTION}{question}"), answer.clone().into());
    }
    for (body, decided) in &decision.bodies {
        if decided.needed != (decided.suggested == "needed") || !decided.reason.is_empty() {
            typed.insert(format!("{BODY_OF}{body}"), if decided.needed { "y" } else { "n" }.into());
            typed.insert(format!("{WHY}{body}"), decided.reason.clone().into());
        }
    }
    typed.insert("outcome".into(), decision.outcome.clone().into());
    for (name, text) in [("wider_risk", &decision.wider_risk), ("finding", &decision.finding)] {
        typed.insert(name.to_owned(), text.clone().into());
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::category;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
    }

    fn ids(typed: &Typed, suggestions: &[(&str, Suggestion)]) -> Vec<String> {
        let suggestions =
            suggestions.iter().map(|(body, strength)| ((*body).to_owned(), *strength)).collect();
        let spec = category::find("medication").expect("medication");
        missing(typed, spec, &suggestions, false).into_iter().map(|error| error.id).collect()
    }

    #[test]
    fn after_a_death_the_other_questions_may_stay_open() {
        let death = typed(&[("q.death", "y"), ("outcome", "notify_now")]);
        assert!(ids(&death, &[("cqc", Suggestion::Needed)]).is_empty());
        let open = typed(&[("q.death", "n"), ("outcome", "notify_now")]);
        assert!(ids(&open, &[]).contains(&"q.harm".to_owned()));
    }

    #[test]
    fn what_is_missing_is_asked_in_the_words_of_the_question() {
        let spec = category::find("environment").expect("environment");
        let told = missing(&Typed::new(), spec, &Suggestions::new(), false);
        let told: Vec<String> = told.into_iter().map(|error| error.message).collect();
        for question in notification::questions_for(spec) {
            assert!(told.contains(&format!("Answer: {}", question.words)), "{}", question.id);
        }
    }

    #[test]
    fn many_open_questions_are_one_line_at_the_top() {
        let spec = category::find("medication").expect("medication");
        let told = |typed: &Typed| {
            let problems = at_the_top(missing(typed, spec, &Suggestions::new(), false));
            problems.into_iter().map(|error| (error.id, error.message)).collect::<Vec<_>>()
        };
        let all = told(&Typed::new());
        let number = body::questions(spec).len();
        assert_eq!(all[0], ("q.death".to_owned(), format!("Answer the {number} open questions")));
        assert!(all[1..].iter().all(|(id, _)| !id.starts_with(QUESTION)), "{all:?}");

        let mut few = Typed::new();
        for id in body::questions(spec).into_iter().skip(2) {
            few.insert(format!("{QUESTION}{id}"), "n".into());
        }
        let few = told(&few);
        assert_eq!(few[0].1, "Answer: Did anyone die?");
        assert_eq!(few[1].0, "q.harm");
    }

    #[test]
    fn a_body_to_think_about_needs_a_choice_and_a_reason() {
        let base = [("q.death", "y"), ("outcome", "notify_now")];
        let suggested = [("police", Suggestion::Consider)];
        assert_eq!(ids(&typed(&base), &suggested), ["body.police", "why.police"], "both at once");
        let only_why = typed(&[&base[..], &[("why.police", "No crime")]].concat());
        assert_eq!(ids(&only_why, &suggested), ["body.police"]);
        let chosen = typed(&[&base[..], &[("body.police", "n")]].concat());
        assert_eq!(ids(&chosen, &suggested), ["why.police"]);
        let reasoned = typed(&[&base[..], &[("body.police", "n"), ("why.police", "No crime")]].concat());
        assert!(ids(&reasoned, &suggested).is_empty());
    }

    #[test]
    fn only_bodies_that_somebody_chose_are_sent() {
        let sent = with(&typed(&[
            ("q.death", "n"),
            ("body.cqc", "y"),
            ("why.cqc", " Asked "),
            ("outcome", "notify_now"),
        ]));
        assert_eq!(sent.get("bodies"), Some(&json!({"cqc": {"needed": true, "reason": "Asked"}})));
        assert_eq!(sent.get("answers"), Some(&json!({"death": "n"})));
    }
}

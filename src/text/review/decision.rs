//! What a decision of a step said, as labels and words.

use super::{body, levels, record::lower_first};
use crate::text::common;
use domain::{
    directory::Directory,
    record::{Count, DecisionBody, Notification, OutcomeReview, RiskReview, StepDecision},
    time::parse_date,
    vocabulary::{self as list, CodeList},
};
use serde_json::{Map, Value};

/// The just-culture question, short.
pub const SAME_DONE: &str = "Would another competent person have done the same?";

/// Name of a decision: "Risk reviewed".
pub fn title(decision: &StepDecision) -> &'static str {
    match &decision.body {
        DecisionBody::Risk(_) => "Risk reviewed",
        DecisionBody::Returned { .. } => "Sent back with a question",
        DecisionBody::Notification(notification) if notification.revises => "Decision changed",
        DecisionBody::Notification(_) => "Decided who must be told",
        DecisionBody::Finished(_) => "Actions finished",
        DecisionBody::NoAction { .. } => "No action needed",
        DecisionBody::Outcome(_) => "Result recorded",
    }
}

/// What it said; what was not answered is left out.
pub fn rows(body: &DecisionBody, directory: &Directory) -> Vec<(&'static str, String)> {
    let all = match body {
        DecisionBody::Risk(review) => risk(review),
        DecisionBody::Returned { question } => vec![("Question", question.clone())],
        DecisionBody::Notification(decision) => notification(decision),
        DecisionBody::Finished(finished) => {
            let mut rows =
                vec![("Note", finished.note.clone()), ("Next audit looks at", finished.audit_sample.clone())];
            rows.extend(plan(&finished.plan));
            rows.push(("What made it more likely", labels(&list::FACTOR, &finished.factors)));
            rows.push(("Why it happened", finished.whys.join(" Because: ")));
            rows.push((SAME_DONE, list::JUST_CULTURE.label(&finished.just_culture).to_owned()));
            rows
        }
        DecisionBody::NoAction { reason, factors } => {
            vec![("Why", reason.clone()), ("What made it more likely", labels(&list::FACTOR, factors))]
        }
        DecisionBody::Outcome(review) => outcome(review, directory),
    };
    all.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

fn risk(review: &RiskReview) -> Vec<(&'static str, String)> {
    let near_miss = review.confirms_near_miss.map(|yes| if yes { "Yes" } else { "No" }.to_owned());
    let could_be = format!(
        "Most likely: {}. At worst: {}.",
        lower_first(levels::word(&levels::POTENTIAL, review.potential_most_likely)),
        lower_first(levels::word(&levels::POTENTIAL, review.potential_worst)),
    );
    vec![
        ("Is it a near miss?", near_miss.unwrap_or_default()),
        ("Risk", list::BAND.label(review.band().code()).to_owned()),
        ("What could have happened", could_be),
        ("How likely again", levels::word(&levels::LIKELIHOOD, review.likelihood).to_owned()),
        ("Done straight away", review.interim.clone()),
        ("Note", review.note.clone()),
        ("What made it more likely", labels(&list::FACTOR, &review.factors)),
    ]
}

fn notification(decision: &Notification) -> Vec<(&'static str, String)> {
    let bodies = |needed: bool| {
        let named = decision.bodies.iter().filter(move |(_, body)| body.needed == needed);
        named.filter(move |(_, body)| needed || body.suggested != "not_needed" || !body.reason.is_empty())
    };
    let names = |needed| {
        let names: Vec<&str> = bodies(needed).map(|(body, _)| list::BODY.label(body)).collect();
        common::list(&names)
    };
    let reasons: Vec<String> = bodies(true)
        .chain(bodies(false))
        .filter(|(_, body)| !body.reason.is_empty())
        .map(|(code, body)| format!("{}: {}.", list::BODY.label(code), body.reason.trim_end_matches('.')))
        .collect();
    let answered = |wanted: &str| {
        let ids = decision.answers.iter().filter(|(_, answer)| *answer == wanted);
        let words: Vec<String> = ids.map(|(id, _)| body::question(id).to_owned()).collect();
        words.join(" ")
    };
    vec![
        ("Decision", list::NOTIFICATION_OUTCOME.label(&decision.outcome).to_owned()),
        ("Why", decision.reason.clone()),
        ("Must be told", names(true)),
        ("Thought about, need not be told", names(false)),
        ("Reasons", reasons.join(" ")),
        ("Yes to", answered("y")),
        ("Not sure about", answered("unsure")),
        ("Wider risk", decision.wider_risk.clone()),
        ("Finding", decision.finding.clone()),
        ("Advice from", decision.advice_from.clone()),
        ("Rule set", decision.rules.clone()),
    ]
}

fn plan(plan: &Map<String, Value>) -> Vec<(&'static str, String)> {
    const PLAN: [(&str, &str); 6] = [
        ("section", "Part of the support plan"),
        ("version", "New version"),
        ("changed", "Changed on"),
        ("person_involved", "The person took part"),
        ("family_told", "The family was told"),
        ("stomp_flag", "Medicine to be reviewed (STOMP)"),
    ];
    let words = |value: &Value| match value {
        Value::Bool(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
        Value::String(text) => parse_date(text).map_or_else(|| text.clone(), common::day),
        other => other.to_string(),
    };
    PLAN.into_iter().filter_map(|(name, label)| Some((label, words(plan.get(name)?)))).collect()
}

fn outcome(review: &OutcomeReview, directory: &Directory) -> Vec<(&'static str, String)> {
    let supervision = review.supervision.as_ref().map(|supervision| {
        let date = supervision.date.map(|date| format!(", {}", common::day(date))).unwrap_or_default();
        let name = directory.staff_name(&supervision.staff);
        let result =
            if supervision.result.is_empty() { String::new() } else { format!(": {}", supervision.result) };
        format!("{name}{date}{result}")
    });
    vec![
        ("Did it work?", list::VERDICT.label(&review.verdict).to_owned()),
        ("What was counted", review.measure.clone()),
        ("Before", count(&review.baseline)),
        ("After", count(&review.value)),
        ("Looked at", lower_first(list::REVIEW_POINT.label(&review.review))),
        ("How we know", labels(&list::EVIDENCE_SOURCE, &review.evidence)),
        ("Supervision", supervision.unwrap_or_default()),
        ("Note", review.note.clone()),
    ]
}

/// "3 in 28 days".
pub fn count(count: &Count) -> String {
    let unit = lower_first(list::MEASURE_UNIT.label(&count.unit));
    match count.per {
        Some(per) if unit.is_empty() => format!("{} per {per}", count.count),
        Some(1.0) => format!("{} in 1 {}", count.count, unit.trim_end_matches('s')),
        Some(per) => format!("{} in {per} {unit}", count.count),
        None => count.count.to_string(),
    }
}

pub fn labels(list: &'static CodeList, codes: &[String]) -> String {
    let labels: Vec<&str> = codes.iter().map(|code| list.label(code)).collect();
    labels.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_under_the_question_that_was_asked() {
        let decision = Notification {
            answers: [
                ("safety_device_24h".to_owned(), "y".to_owned()),
                ("police".to_owned(), "unsure".to_owned()),
            ]
            .into(),
            outcome: "notify_now".into(),
            reason: String::new(),
            bodies: Default::default(),
            advice_from: String::new(),
            wider_risk: String::new(),
            finding: String::new(),
            rules: String::new(),
            revises: false,
        };
        let rows = notification(&decision);
        let said = |key: &str| rows.iter().find(|(label, _)| *label == key).map(|(_, words)| words.as_str());
        assert_eq!(said("Yes to"), Some(body::question("safety_device_24h")));
        assert_eq!(
            said("Not sure about"),
            Some("Was it reported to, or is it being looked at by, the police?")
        );
    }
}

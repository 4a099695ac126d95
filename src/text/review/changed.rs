//! What a later notification decision says otherwise than the one before.

use super::{body::question as words, record::lower_first};
use crate::text::common;
use domain::{
    record::Notification,
    vocabulary::{ANSWER, BODY, NOTIFICATION_OUTCOME, QUESTION},
};

/// One sentence for each difference; none where only the words of the reasons differ.
pub fn changes(before: &Notification, after: &Notification) -> Vec<String> {
    let mut lines = Vec::new();
    if before.outcome != after.outcome {
        lines.push(format!(
            "Decision: from \u{201c}{}\u{201d} to \u{201c}{}\u{201d}.",
            NOTIFICATION_OUTCOME.label(&before.outcome),
            NOTIFICATION_OUTCOME.label(&after.outcome)
        ));
    }
    let needed =
        |decision: &Notification, body: &str| decision.bodies.get(body).is_some_and(|body| body.needed);
    let moved = |to: bool| -> Vec<&'static str> {
        let codes = BODY.codes.iter().filter(|body| {
            needed(before, body.code) != needed(after, body.code) && needed(after, body.code) == to
        });
        codes.map(|body| body.label).collect()
    };
    for (to, words) in [(true, "Now to be told"), (false, "No longer to be told")] {
        let names = moved(to);
        if !names.is_empty() {
            lines.push(format!("{words}: {}.", common::list(&names)));
        }
    }
    let answer = |decision: &Notification, question: &str| {
        decision.answers.get(question).map_or("no answer".to_owned(), |code| lower_first(ANSWER.label(code)))
    };
    for question in QUESTION.codes {
        let (was, is) = (answer(before, question.code), answer(after, question.code));
        if was != is {
            lines.push(format!("{} From {was} to {is}.", words(question.code)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::record::BodyDecision;

    fn decision(outcome: &str, death: &str, cqc: bool) -> Notification {
        let body = BodyDecision { suggested: "not_needed".into(), needed: cqc, reason: String::new() };
        Notification {
            answers: [("police".to_owned(), death.to_owned())].into(),
            outcome: outcome.into(),
            reason: String::new(),
            bodies: [("cqc".to_owned(), body)].into(),
            advice_from: String::new(),
            wider_risk: String::new(),
            finding: String::new(),
            rules: "rules-2026-11".into(),
            revises: false,
        }
    }

    #[test]
    fn a_revision_says_what_is_different() {
        let (before, after) = (decision("not_notifiable", "n", false), decision("notify_now", "y", true));
        assert_eq!(
            changes(&before, &after),
            [
                "Decision: from \u{201c}Nobody needs to be told\u{201d} to \u{201c}Tell them now\u{201d}.",
                "Now to be told: Care Quality Commission.",
                "Was it reported to, or is it being looked at by, the police? From no to yes.",
            ]
        );
        assert!(changes(&before, &before).is_empty());
    }
}

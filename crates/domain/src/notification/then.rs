//! Why a body was suggested when a decision was made. What was suggested is stored with the decision and is never worked
//! out again: alerts and outages that became known later explain nothing of it. Source: model.md section 8.2.

use super::{Also, Reason, Suggestion, reasons};
use crate::{
    record::{Notification, Record},
    time::Instant,
};

/// The rows that speak for what was suggested about a body. `at`: the corrected time of the decision.
/// No row that says more than what is stored is among them: it did not hold then. The row of a pattern is, where no other
/// row explains what is stored; beside another one nothing says whether the author's device knew of a pattern.
pub fn reasons_then(record: &Record, decision: &Notification, at: Instant, body: &str) -> Vec<Reason> {
    let stored = decision.bodies.get(body).map_or("", |body| body.suggested.as_str());
    let stored = Suggestion::from_code(stored);
    let rows = reasons(record, &decision.answers, at, true);
    let held = rows.filter(|(about, reason)| *about == body && reason.suggestion <= stored);
    let is_pattern = |reason: &Reason| reason.row.also == Some(Also::RepeatAlert);
    let (pattern, mut others): (Vec<Reason>, Vec<Reason>) =
        held.map(|(_, reason)| reason).partition(is_pattern);
    let is_explained = others.iter().any(|reason| reason.suggestion == stored);
    // A reader who gets no answers cannot tell what they explained.
    if !is_explained && !decision.answers.is_empty() {
        others.extend(pattern);
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        directory::{Directory, Site},
        ids::RecordId,
        register::Register,
        testing::received,
        time::parse_instant,
    };
    use serde_json::{Value, json};
    use std::sync::Arc;

    /// The rows of a decision that carries these answers and suggestions.
    fn rows(answers: Value, suggests: Value, body: &str) -> Vec<&'static str> {
        let mut directory = Directory::default();
        directory.sites.insert("elm".into(), Site::default());
        let mut register = Register::new(Arc::new(directory));
        let report = json!({"category": "environment", "happened": "nothing_yet", "hazard": "power"});
        let told = json!({"answers": answers, "outcome": "not_notifiable", "reason": "No harm", "suggests": suggests});
        let outage = json!({"what": "electricity", "started_at": "2026-06-01T08:00Z"});
        let events = [(1, "report", report), (2, "assess_notification", told), (3, "start_outage", outage)];
        for (seq, verb, with) in events {
            let at = parse_instant("2026-06-03T09:00Z").expect("a time");
            let mut received = received(seq, verb, at, with);
            received.event.record = Some("r".into());
            received.judgement.version = Some(seq);
            register.take(Arc::new(received));
        }
        let record = register.record(&RecordId::from("r")).expect("r");
        let step = record.notification_decision().expect("a decision");
        let reasons = reasons_then(record, record.notification().expect("it"), step.at, body);
        reasons.into_iter().map(|reason| reason.row.id.as_str()).collect()
    }

    #[test]
    fn a_pattern_known_then_is_shown_and_one_known_later_is_not() {
        let no = || json!({"harm": "n", "abuse": "n"});
        let consider = || json!({"council_safeguarding": "consider"});
        assert_eq!(rows(no(), consider(), "council_safeguarding"), ["P1"]);
        assert_eq!(rows(no(), json!({}), "council_safeguarding"), [""; 0]);
        assert_eq!(rows(json!({"harm": "y"}), consider(), "council_safeguarding"), ["Q2"]);
        assert_eq!(rows(json!({}), consider(), "council_safeguarding"), [""; 0], "who gets no answers");
    }

    #[test]
    fn an_outage_that_was_not_known_then_explains_nothing() {
        let no = || json!({"utility_24h": "n"});
        assert_eq!(rows(no(), json!({"cqc": "needed"}), "cqc"), ["Q14"]);
        assert_eq!(rows(no(), json!({}), "cqc"), [""; 0]);
    }
}

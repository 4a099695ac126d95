//! What the domain does not do yet: alerts, audits, oversight and measures. Named, left out, and nothing more.
//! Everything else of a scenario is still compared. When the domain does one of them, its line here goes.

use super::{
    compare::Difference,
    file::{Event, Scenario},
    looks,
};
use serde_json::Value;

/// Verbs that the domain takes but does not act on yet.
const VERBS: [&str; 8] = [
    "open_audit",
    "answer_audit",
    "sign_audit",
    "sign_oversight",
    "record_denominator",
    "link_alert",
    "dismiss_alert",
    "snooze_alert",
];

/// Refusals that an alert can cause: a repeat closed with weaker actions only, and a repeat that suggests
/// `consider` for council safeguarding.
const CAUSED_BY_ALERTS: [&str; 4] =
    ["weak_only_needs_reason", "body_undecided", "body_reason_missing", "outcome_contradicts_bodies"];
const SUGGESTED_BY_ALERTS: &str = "council_safeguarding";

pub fn is_verb(verb: &str) -> bool {
    VERBS.contains(&verb)
}

pub fn is_check(check: &str) -> bool {
    looks::find(check).is_none_or(|check| check.look.is_none())
}

/// The refusal that the file expects of an event, where an alert that is not there yet can be its cause.
/// The event is then not written: the rest of the scenario goes on as if it had been refused.
pub fn refusal_by_alert(scenario: &Scenario, line: &Event) -> Option<String> {
    let expected = scenario.expect.iter().filter(|expectation| expectation.check == "event");
    let of_line = expected.filter(|expectation| expectation.of.as_str() == Some(&line.id));
    let mut codes = of_line.filter_map(|expectation| expectation.is.get("code")?.as_str());
    let code = codes.find(|code| CAUSED_BY_ALERTS.contains(code))?;
    let about_a_body = line.verb == "assess_notification" || line.verb == "revise_notification";
    (!about_a_body || !decides_with_reason(line)).then(|| code.to_owned())
}

fn decides_with_reason(line: &Event) -> bool {
    let bodies = line.with.get("bodies").and_then(Value::as_object);
    let decided = bodies.and_then(|bodies| bodies.get(SUGGESTED_BY_ALERTS));
    decided.and_then(|decided| decided.get("reason")).is_some()
}

/// A suggestion that only an alert makes.
pub fn explains(difference: &Difference) -> bool {
    let of_body = difference.path.split('.').any(|part| part == SUGGESTED_BY_ALERTS);
    of_body && difference.expected == "consider" && difference.got == "not_needed"
}

/// An expected list without the lines that are left out: audits and oversights on the overdue list.
pub fn without(expected: &Value) -> (Value, Option<&'static str>) {
    let Value::Array(items) = expected else { return (expected.clone(), None) };
    let is_later = |item: &Value| item.get("audit").is_some() || item.get("oversight").is_some();
    if !items.iter().any(is_later) {
        return (expected.clone(), None);
    }
    let kept = items.iter().filter(|item| !is_later(item)).cloned().collect();
    (kept, Some("overdue audits and oversights"))
}

//! The checks of a notification decision, in their order. Source: model.md section 8.3.

use super::{Suggestion, Suggestions, decided, questions_for};
use crate::{
    event::Event,
    record::{Kind, Record, answers},
    refusal::{Code, Refusal},
};
use serde_json::Value;

/// `suggestions`: as the author sees them; `None` on arrival, where the author's own view of them holds.
/// The caller has looked at an outcome that a revision cannot have and at the open conflict (check 1).
/// # Errors  the code of the first failing check, with the question or the body.
pub fn check(record: &Record, event: &Event, suggestions: Option<&Suggestions>) -> Result<(), Refusal> {
    let outcome = event.text("outcome").unwrap_or_default();
    let seeks_advice = outcome == "seek_advice";
    check_answers(record, event)?;
    if let Some(suggestions) = suggestions.filter(|_| !seeks_advice) {
        check_bodies(event, suggestions, outcome)?;
    }
    let needs_reason = matches!(outcome, "not_notifiable" | "potential_risk_monitor");
    if (needs_reason || event.verb == "revise_notification") && event.text("reason").is_none() {
        return Err(Refusal::of(Code::ReasonMissing, "reason"));
    }
    if outcome == "already_notified"
        && let Some((body, _)) =
            decided(&event.with).into_iter().find(|(body, decision)| decision.needed && !record.is_sent(body))
    {
        return Err(Refusal::of(Code::NotSentYet, body));
    }
    Ok(())
}

fn check_answers(record: &Record, event: &Event) -> Result<(), Refusal> {
    let answers = answers(&event.with);
    let answer = |question: &str| answers.get(question).map(String::as_str);
    if answer("death") != Some("y")
        && let Some(spec) = record.spec()
        && let Some(open) = questions_for(spec).find(|question| answer(&question.id).is_none())
    {
        return Err(Refusal::of(Code::QuestionUnanswered, open.id.as_str()));
    }
    let harmless = matches!(record.kind, Kind::Hazard | Kind::NearMiss | Kind::NoHarmIncident);
    match answer("harm") {
        Some("y") if harmless => Err(Refusal::of(Code::ReclassifyFirst, "harm")),
        Some("n") if record.kind == Kind::Incident => Err(Refusal::of(Code::ReclassifyFirst, "harm")),
        _ => Ok(()),
    }
}

fn check_bodies(event: &Event, suggestions: &Suggestions, outcome: &str) -> Result<(), Refusal> {
    let named = event.with.get("bodies").and_then(Value::as_object);
    let own = |body: &str| named.and_then(|bodies| bodies.get(body)).and_then(Value::as_object);
    if let Some((body, _)) = suggestions
        .iter()
        .find(|(body, suggestion)| **suggestion == Suggestion::Consider && own(body).is_none())
    {
        return Err(Refusal::of(Code::BodyUndecided, body.as_str()));
    }
    for (body, suggestion) in suggestions {
        let Some(decision) = own(body) else { continue };
        let needed = decision.get("needed").and_then(Value::as_bool).unwrap_or_default();
        let agrees = match suggestion {
            Suggestion::Needed => needed,
            Suggestion::NotNeeded => !needed,
            Suggestion::Consider => false,
        };
        let reason = decision.get("reason").and_then(Value::as_str).unwrap_or_default();
        if !agrees && reason.trim().is_empty() {
            return Err(Refusal::of(Code::BodyReasonMissing, body.as_str()));
        }
    }
    let any_needed = decided(&event.with).values().any(|decision| decision.needed);
    let contradicts = match outcome {
        "not_notifiable" | "potential_risk_monitor" => any_needed,
        "notify_now" | "already_notified" => !any_needed,
        _ => false,
    };
    if contradicts { Err(Refusal::of(Code::OutcomeContradictsBodies, "outcome")) } else { Ok(()) }
}

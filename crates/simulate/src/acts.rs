//! What people do next: a report, or a step of a record that they see. The rules of `domain` say whether they may.
//! Every text carries a mark of its provider, site and author, by which the oracle of privacy finds it anywhere.

use crate::chance::Chance;
use domain::{
    ids::RecordId,
    notification::{self, Suggestion},
    pathway::State,
    record::{Kind, Record},
    register::Register,
    time::{Instant, add_days, london_date},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One event to be.
#[derive(Clone, Debug)]
pub struct Act {
    pub verb: &'static str,
    pub site: String,
    pub record: RecordId,
    pub with: Map<String, Value>,
}

/// Who acts, and when.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    pub provider: usize,
    pub staff: &'a str,
    pub site: &'a str,
    pub now: Instant,
}

/// The mark in every text.
pub fn mark(provider: usize, site: &str) -> String {
    format!("taint:{provider}:{site}:")
}

fn words(who: Who<'_>, chance: &mut Chance) -> String {
    let length = if chance.happens(3) { chance.below(6_000) } else { chance.below(90) };
    format!("{}{}:{}", mark(who.provider, who.site), who.staff, "word ".repeat(length / 5))
}

fn act(verb: &'static str, site: &str, record: &RecordId, with: Value) -> Option<Act> {
    let Value::Object(with) = with else { return None };
    Some(Act { verb, site: site.to_owned(), record: record.clone(), with })
}

pub fn report(who: Who<'_>, chance: &mut Chance) -> Option<Act> {
    let text = words(who, chance);
    let mut with = match chance.below(4) {
        0 | 1 => json!({
            "category": "medication", "happened": "something_happened", "reached": "no",
            "error_type": chance.pick(&["wrong_dose", "wrong_time"])?,
        }),
        2 => json!({ "category": "environment", "happened": "nothing_yet", "hazard": "slip_trip_surface" }),
        _ => json!({
            "category": "behaviour", "happened": "something_happened", "reached": "no", "hands_on": "no",
            "behaviour_type": "throwing", "triggers": ["noise"],
        }),
    };
    with["text"] = json!(text);
    if chance.happens(10) {
        with["identity"] = json!("confidential");
    }
    if chance.happens(10) {
        with["reached"] = json!("unsure");
        with["happened"] = json!("something_happened");
    }
    act("report", who.site, &RecordId::from(chance.id()), with)
}

/// A step of a record, or something beside the steps. `None` when there is nothing to do to it.
pub fn step(who: Who<'_>, register: &Register, record: &Record, chance: &mut Chance) -> Option<Act> {
    if chance.happens(15) {
        return beside(who, record, chance);
    }
    let make = |verb, with| act(verb, &record.site, &record.id, with);
    if let Some((step, rivals)) = record.conflicts.iter().next() {
        let keep = chance.pick(rivals)?;
        return make("resolve", json!({ "step": step, "keep": keep, "reason": words(who, chance) }));
    }
    match record.state {
        State::AwaitingRiskReview if record.kind == Kind::Unclassified || chance.happens(10) => {
            make("return_for_correction", json!({ "question": words(who, chance) }))
        }
        State::AwaitingRiskReview if chance.happens(4) => {
            make("withdraw", json!({ "reason": words(who, chance) }))
        }
        State::AwaitingRiskReview if chance.happens(4) => {
            let other = register.of_site(&record.site).find(|other| other.id != record.id)?;
            make("mark_duplicate", json!({ "of": other.id }))
        }
        State::AwaitingRiskReview => {
            let mut with = json!({
                "potential_most_likely": chance.between(1, 3), "potential_worst": chance.between(3, 5),
                "likelihood": chance.between(1, 4), "note": words(who, chance),
            });
            if record.spec()?.needs_confirmation {
                with["confirms_near_miss"] = json!("y");
            }
            make("review_risk", with)
        }
        State::Returned => {
            make("resubmit", json!({ "changes": { "reached": "no" }, "text": words(who, chance) }))
        }
        State::AwaitingNotificationDecision => {
            make("assess_notification", assessed(who, register, record, chance)?)
        }
        State::AwaitingAction => action(who, record, chance),
        State::AwaitingOutcome if record.current_outcome().is_some() && chance.happens(70) => {
            make("close", json!({ "reason": words(who, chance), "weak_reason": words(who, chance) }))
        }
        State::AwaitingOutcome => make(
            "record_outcome",
            json!({
                "measure": words(who, chance), "baseline": { "count": 2 }, "value": { "count": 1 }, "review": "28d",
                "verdict": chance.pick(&["improved", "sustained", "no_change"])?, "evidence": ["audit"],
            }),
        ),
        State::Closed | State::Withdrawn | State::Duplicate if chance.happens(40) => {
            make("reopen", json!({ "reason": words(who, chance) }))
        }
        State::Closed | State::Withdrawn | State::Duplicate => beside(who, record, chance),
    }
}

fn action(who: Who<'_>, record: &Record, chance: &mut Chance) -> Option<Act> {
    let make = |verb, with| act(verb, &record.site, &record.id, with);
    if let Some(body) = record.unsent_bodies().next() {
        return make("record_sent", json!({ "body": body, "sent_at": who.now.to_rfc3339() }));
    }
    let current: Vec<_> = record.actions.iter().filter(|action| action.current).collect();
    if let Some(open) = current.iter().find(|action| action.done.is_none()) {
        return make("complete_action", json!({ "action": open.id, "note": words(who, chance) }));
    }
    let needs_check = record.spec().is_some_and(|spec| spec.needs_verification);
    if let Some(done) = current.iter().find(|action| needs_check && action.verified.is_none()) {
        return make("verify_action", json!({ "action": done.id, "result": "fixed" }));
    }
    if current.is_empty() && chance.happens(60) {
        let due = add_days(london_date(who.now), 7);
        let with =
            json!({ "text": words(who, chance), "owner": who.staff, "due": due, "strength": "stronger" });
        return make("plan_action", with);
    }
    if current.is_empty() {
        return make("no_action_needed", json!({ "reason": words(who, chance) }));
    }
    make("finish_actions", json!({ "note": words(who, chance) }))
}

/// Every question answered, every body to think about decided with a reason.
fn assessed(who: Who<'_>, register: &Register, record: &Record, chance: &mut Chance) -> Option<Value> {
    let answers: BTreeMap<String, String> = notification::questions_for(record.spec()?)
        .map(|question| {
            let holds = question.id == "harm" && record.kind == Kind::Incident;
            (question.id.clone(), if holds { "y" } else { "n" }.to_owned())
        })
        .collect();
    let repeat = register.is_repeat_concern(record);
    let suggested = notification::suggest(record, &answers, who.now, repeat);
    let consider = suggested.iter().filter(|(_, suggestion)| **suggestion == Suggestion::Consider);
    let bodies: Map<String, Value> = consider
        .map(|(body, _)| (body.clone(), json!({ "needed": false, "reason": words(who, chance) })))
        .collect();
    let needed = suggested.values().any(|suggestion| *suggestion == Suggestion::Needed);
    let outcome = if needed { "notify_now" } else { "not_notifiable" };
    Some(json!({ "answers": answers, "outcome": outcome, "reason": words(who, chance), "bodies": bodies }))
}

fn beside(who: Who<'_>, record: &Record, chance: &mut Chance) -> Option<Act> {
    let make = |verb, with| act(verb, &record.site, &record.id, with);
    let open = record.questions.iter().find(|question| question.answer.is_none() && !question.returned);
    match (chance.below(5), open) {
        (0, _) => make("ask", json!({ "text": words(who, chance) })),
        (1, Some(question)) => make("answer", json!({ "question": question.id, "text": words(who, chance) })),
        (2, _) => {
            let changes = json!({ "text": words(who, chance) });
            make("amend", json!({ "changes": changes, "reason": words(who, chance) }))
        }
        (3, _) => make("tell_reporter", json!({ "text": words(who, chance) })),
        _ => make("add_note", json!({ "text": words(who, chance) })),
    }
}

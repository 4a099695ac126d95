//! Marks: remarks beside an event that refuse nothing. Source: model.md section 5.

use super::{is_anonymous, rights};
use crate::{
    directory::Settings,
    event::{Event, Mark},
    record::Record,
    register::Register,
    time::{self, Instant},
    verbs::{self, VerbSpec},
};

/// `stepped_in`, `self_review` and `delegate`.
pub(super) fn of_step(register: &Register, event: &Event, corrected_at: Instant) -> Vec<Mark> {
    let Some(spec) = verbs::find(&event.verb) else { return Vec::new() };
    let record = event.record.as_ref().and_then(|id| register.record(id));
    let mut marks = Vec::new();
    if let Some(record) = record {
        if stepped_in(register, event, spec, record, corrected_at) {
            marks.push(Mark::SteppedIn);
        }
        if is_self_review(event, record) {
            marks.push(Mark::SelfReview);
        }
    }
    if !is_anonymous(event) && rights::needs_delegation(register, event, spec, corrected_at) {
        marks.push(Mark::Delegate);
    }
    marks
}

/// `late_sync` and `clock_skew`.
pub(super) fn of_time(
    settings: &Settings,
    corrected_at: Instant,
    received_at: Instant,
    offset_ms: i64,
) -> impl Iterator<Item = Mark> {
    const MS_PER_MIN: u64 = 60_000;
    let late = received_at - corrected_at > time::minutes(settings.late_sync_min);
    let skewed = offset_ms.unsigned_abs() >= settings.clock_skew_min.saturating_mul(MS_PER_MIN);
    [(late, Mark::LateSync), (skewed, Mark::ClockSkew)]
        .into_iter()
        .filter_map(|(holds, mark)| holds.then_some(mark))
}

/// Completes a step without holding the owner role of that step; resubmits without being the reporter.
fn stepped_in(register: &Register, event: &Event, spec: &VerbSpec, record: &Record, at: Instant) -> bool {
    let Some(step) = spec.completes else { return false };
    if step == 1 {
        return !is_anonymous(event) && !record.reporter.is(&event.by);
    }
    let owner = record.spec().map(|spec| spec.owner(step));
    owner.is_some_and(|owner| !rights::held(register, event, at).all().has(owner))
}

/// Reviews or settles their own work.
fn is_self_review(event: &Event, record: &Record) -> bool {
    let wrote = |decision: Option<&crate::record::StepDecision>| {
        decision.is_some_and(|decision| decision.by == event.by && decision.by.staff().is_some())
    };
    match event.verb.as_str() {
        "review_risk" | "return_for_correction" => record.reporter.is(&event.by),
        "assess_notification" => wrote(record.risk_decision()),
        "finish_actions" | "no_action_needed" => wrote(record.assessment()),
        "record_outcome" => wrote(record.action_decision()),
        "resolve" => {
            let step = event.with.get("step").and_then(serde_json::Value::as_u64).unwrap_or_default();
            let rivals = record.conflict(u8::try_from(step).unwrap_or_default());
            rivals.iter().any(|rival| wrote(record.decision_of(rival)))
        }
        _ => false,
    }
}

//! Does a record belong to a piece of evidence?

use super::{Has, Where};
use domain::{
    pathway::State,
    record::{DecisionBody, Record},
    register::Register,
};
use serde_json::Value;

impl Where {
    pub fn holds(&self, register: &Register, record: &Record) -> bool {
        let (facts, unanswered) = (&record.facts, record.unanswered());
        any(&self.category, |code| facts.category() == code)
            && any(&self.kind, |code| record.kind.code() == code)
            && any(&self.identity, |code| facts.identity() == code)
            && self.fields.iter().all(|(name, codes)| {
                let said = facts.fields.get(name).filter(|_| !unanswered.contains(&name.as_str()));
                any(codes, |code| has_code(said, code))
            })
            && any(&self.factor, |code| factors(record).any(|factor| factor == code))
            && any(&self.alert, |code| {
                register.alerts_with(record).any(|alert| !alert.is_dismissed() && alert.rule.code() == code)
            })
            && any(&self.body, |code| {
                let bodies = record.notification().map(|decision| &decision.bodies);
                bodies.and_then(|bodies| bodies.get(code)).is_some_and(|body| body.needed)
            })
            && any(&self.verdict, |code| record.outcome().is_some_and(|review| review.verdict == code))
            && any(&self.strength, |code| {
                record.actions.iter().any(|action| action.done.is_some() && action.strength == code)
            })
            && any(&self.evidence, |code| sources(record).any(|source| source == code))
            && self.has.iter().all(|has| has.holds(register, record))
    }
}

impl Has {
    fn holds(self, register: &Register, record: &Record) -> bool {
        let plan =
            |name: &str| finished(record).any(|plan| plan.get(name).and_then(Value::as_bool) == Some(true));
        match self {
            Has::RiskReview => record.risk().is_some(),
            Has::Decision => record.notification().is_some(),
            Has::DoneAction => record.actions.iter().any(|action| action.done.is_some()),
            Has::CheckedAction => record.actions.iter().any(|action| action.verified.is_some()),
            // Too early to say is no result yet.
            Has::Outcome => record.outcome().is_some_and(|review| review.verdict != "too_early"),
            Has::ReporterTold => !record.told.is_empty(),
            Has::PlanChanged => finished(record).any(is_changed),
            Has::PersonInvolved => plan("person_involved"),
            Has::FamilyTold => plan("family_told"),
            Has::Supervision => record.outcome().is_some_and(|review| review.supervision.is_some()),
            Has::Alert => register.is_repeat(record),
            Has::Closed => record.state == State::Closed,
        }
    }
}

/// No codes: nothing is asked.
fn any(codes: &[String], holds: impl Fn(&str) -> bool) -> bool {
    codes.is_empty() || codes.iter().any(|code| holds(code))
}

fn has_code(value: Option<&Value>, code: &str) -> bool {
    match value {
        Some(Value::String(text)) => text == code,
        Some(Value::Array(list)) => list.iter().any(|item| item.as_str() == Some(code)),
        Some(Value::Bool(yes)) => code == if *yes { "true" } else { "false" },
        _ => false,
    }
}

fn finished(record: &Record) -> impl Iterator<Item = &serde_json::Map<String, Value>> {
    record.action_decision().into_iter().filter_map(|decision| match &decision.body {
        DecisionBody::Finished(finished) => Some(&finished.plan),
        _ => None,
    })
}

/// Says what of a support plan changed, or when. That somebody took part or was told is no change by itself.
pub(crate) fn is_changed(plan: &serde_json::Map<String, Value>) -> bool {
    let said = |name: &&str| plan.get(*name).is_some_and(|value| !domain::fields::is_empty(value));
    ["section", "version", "changed"].iter().any(said)
}

fn factors(record: &Record) -> impl Iterator<Item = &str> {
    let decisions = [record.risk_decision(), record.action_decision()];
    decisions.into_iter().flatten().flat_map(|decision| decision.body.factors()).map(String::as_str)
}

fn sources(record: &Record) -> impl Iterator<Item = &str> {
    let of_actions = record.actions.iter().filter_map(|action| action.done.as_ref());
    let of_actions = of_actions.flat_map(|done| &done.evidence);
    let of_outcome = record.outcome().into_iter().flat_map(|review| &review.evidence);
    of_actions.chain(of_outcome).map(String::as_str)
}

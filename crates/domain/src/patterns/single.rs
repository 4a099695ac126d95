//! Rules that one decision or one answer of an audit makes true. Source: model.md section 11.3.

use super::{
    Rule,
    board::{Board, Cause, Finding, Known},
};
use crate::{
    category::CategorySpec,
    event::{Event, Received},
    record::{Band, DecisionBody, Record, StepDecision},
    roles::Role,
};

/// `single_high_potential` and `lack_of_improvement`, after a decision or a settled conflict. Of every live record, also
/// one of behaviour that nobody confirmed as a near miss: docs/decisions/052.
pub(super) fn run(board: &mut Board, known: Known<'_>, record: &Record, event: &Event, cause: Cause) {
    let Some(decision) = made_effective(record, event).filter(|_| record.state.is_live()) else { return };
    match &decision.body {
        DecisionBody::Risk(review) if review.band() >= Band::High => {
            note(board, known, record, Rule::SingleHighPotential, None, cause);
            if review.band() == Band::Extreme {
                board.tell(Rule::SingleHighPotential, &record.id, Role::Provider);
            }
        }
        DecisionBody::Outcome(review) if review.goes_back() && raises(record, Rule::LackOfImprovement) => {
            note(board, known, record, Rule::LackOfImprovement, Some(decision), cause);
        }
        _ => {}
    }
}

/// `audit_finding`: an answer of an audit is no.
pub(crate) fn run_finding(
    board: &mut Board,
    known: Known<'_>,
    spec: &'static CategorySpec,
    received: &Received,
) {
    let event = &received.event;
    let text = |name: &str| event.text(name).unwrap_or_default();
    let Some(record) = known.records.get(text("record")) else { return };
    let key = [spec.id, "/", text("item")].concat();
    let finding = Finding {
        rule: Rule::AuditFinding,
        key: &key,
        spec: Some(spec),
        subject: Some(&event.id),
        fresh: &[],
        records: &[record.arrival],
    };
    // An answer of an audit is the site's event, not the record's own.
    board.find(known, &finding, Cause::event(received, None));
}

/// The decision that an event put in force: its own, or the one among rivals that a person kept.
fn made_effective<'a>(record: &'a Record, event: &Event) -> Option<&'a StepDecision> {
    let id = if event.verb == "resolve" { event.text("keep")? } else { &*event.id };
    record.decision_of(id).filter(|decision| decision.is_effective())
}

fn raises(record: &Record, rule: Rule) -> bool {
    record.spec().is_some_and(|spec| spec.raises.contains(&rule))
}

fn note(
    board: &mut Board,
    known: Known<'_>,
    record: &Record,
    rule: Rule,
    subject: Option<&StepDecision>,
    cause: Cause,
) {
    let finding = Finding {
        rule,
        key: &record.id,
        spec: record.spec(),
        subject: subject.map(|decision| &decision.id),
        fresh: &[record.arrival],
        records: &[record.arrival],
    };
    board.find(known, &finding, cause);
}

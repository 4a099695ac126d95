//! Every decision with its author's role, its three times and its marks; decisions that were contested; patterns.

use super::{Part, Teller};
use crate::{
    doc::{Block, Cell, Table},
    labels, words,
};
use domain::{
    event::{Event, Outcome, Received},
    ids::RecordId,
    patterns::Alert,
    record::{Standing, StepDecision},
    time::london_date,
    vocabulary,
};

/// What an event did, in the past tense.
pub(crate) fn deed(event: &Event) -> String {
    let words = match event.verb.as_str() {
        "report" => "Reported",
        "amend" => "Facts corrected",
        "add_note" => "Note added",
        "ask" => "Reporter asked",
        "answer" => "Question answered",
        "review_risk" => "Risk reviewed",
        "return_for_correction" => "Sent back with a question",
        "resubmit" => "Sent in again",
        "assess_notification" => "Decided who must be told",
        "revise_notification" => "Decision changed",
        "record_sent" => {
            return format!("{} told", vocabulary::BODY.label(event.text("body").unwrap_or_default()));
        }
        "plan_action" => "Action planned",
        "complete_action" => "Action done",
        "verify_action" if event.text("result") == Some("fixed") => "Action checked and fixed",
        "verify_action" => "Action checked, not fixed yet",
        "finish_actions" => "Actions finished",
        "no_action_needed" => "No action needed",
        "record_outcome" => "Result recorded",
        "close" => "Closed",
        "reopen" => "Opened again",
        "withdraw" => "Taken back",
        "mark_duplicate" => "Marked as the same as another report",
        "link" => "Linked",
        "tell_reporter" => "Reporter told",
        "start_outage" => "Something stopped working",
        "end_outage" => "Working again",
        "resolve" => "One of two decisions chosen",
        other => return other.replace('_', " "),
    };
    words.to_owned()
}

pub(super) fn part(teller: &Teller<'_>) -> Part {
    let mut table = Table::new(
        "Everything that was written, in the order in which it arrived. Written: the clock of the device. \
         Corrected: that time, moved by as much as this clock differed from the clock of the server",
        &[("What", 4), ("Who", 4), ("Written", 3), ("Arrived", 3), ("Corrected", 3), ("Remarks", 4)],
    );
    for received in &teller.record.events {
        table.row(row(teller, received));
    }
    Part {
        key: "decisions",
        title: "Every decision, with author and times",
        blocks: vec![Block::Table(table)],
    }
}

fn row(teller: &Teller<'_>, received: &Received) -> Vec<Cell> {
    let Received { event, judgement } = received;
    let sealed = teller.cast.seals(&event.by, teller.record);
    let when = |instant| match sealed && !teller.cast.is_identified() {
        true => words::short_day(london_date(instant)),
        false => words::short_moment(instant),
    };
    let arrived = if judgement.seq == 0 { "Not sent yet".to_owned() } else { when(judgement.received_at) };
    let mut remarks: Vec<String> =
        judgement.marks.iter().map(|mark| vocabulary::MARK.label(mark.code()).to_owned()).collect();
    match judgement.result {
        Outcome::SetAside => remarks.push("Kept, not used".into()),
        Outcome::Conflict => remarks.push("Had not seen the other decision".into()),
        Outcome::Applied | Outcome::Refused => {}
    }
    if let Some(standing) = teller.record.decision_of(&event.id).and_then(|step| standing(teller, step)) {
        remarks.push(standing.into());
    }
    vec![
        Cell::from(deed(event)),
        Cell::from(teller.cast.author_in(&event.by, teller.record)),
        Cell::from(when(event.device_time)),
        Cell::from(arrived),
        Cell::from(when(judgement.corrected_at)),
        Cell::from(if remarks.is_empty() { "-".to_owned() } else { remarks.join("; ") }),
    ]
}

fn standing(teller: &Teller<'_>, step: &StepDecision) -> Option<&'static str> {
    match step.standing {
        Standing::Rival => Some("Waits for the manager to choose"),
        Standing::NotKept => Some("Not kept"),
        Standing::Effective { kept: true, .. } => Some("Kept by the manager"),
        Standing::Effective { kept: false, .. } => {
            let record = teller.record;
            let in_force = [
                record.risk_decision(),
                record.notification_decision(),
                record.action_decision(),
                record.outcome_decision(),
            ];
            in_force.into_iter().flatten().any(|decision| decision.id == step.id).then_some("In force")
        }
    }
}

/// Decisions that two people made without knowing of each other.
pub(super) fn contested(teller: &Teller<'_>) -> Option<Part> {
    let record = teller.record;
    let mut blocks = Vec::new();
    for step in 2..=5 {
        let rivals: Vec<&StepDecision> = record
            .decisions
            .iter()
            .filter(|decision| decision.step == step)
            .filter(|decision| decision.kept().is_some() || record.conflict(step).contains(&decision.id))
            .collect();
        if rivals.is_empty() {
            continue;
        }
        let name = words::lower_first(vocabulary::STEP.label(&step.to_string()));
        let lines: Vec<String> = rivals
            .iter()
            .map(|decision| {
                let state = match decision.kept() {
                    Some(true) => "kept",
                    Some(false) => "not kept",
                    None => "waits",
                };
                format!(
                    "{}, {}: {state}",
                    teller.cast.author_in(&decision.by, record),
                    words::moment(decision.at)
                )
            })
            .collect();
        blocks.push(Block::Para(format!(
            "Step {step} ({name}) was decided more than once by people who had not seen each other's decision. \
             Nothing was overwritten."
        )));
        blocks.push(Block::List(lines));
        blocks.push(Block::Para(settled(teller, step)));
    }
    (!blocks.is_empty()).then_some(Part { key: "contested", title: "Decisions that were contested", blocks })
}

fn settled(teller: &Teller<'_>, step: u8) -> String {
    let record = teller.record;
    let is_of = |received: &&std::sync::Arc<Received>| {
        received.event.verb == "resolve"
            && received.event.with.get("step").and_then(serde_json::Value::as_u64) == Some(u64::from(step))
    };
    let Some(received) = record.events.iter().rev().find(is_of) else {
        return "It has not been settled yet.".into();
    };
    let reason = received.event.text("reason").and_then(|text| teller.free(text));
    format!(
        "{} settled it at {}.{}",
        words::doer(&teller.cast.author_in(&received.event.by, record)),
        words::moment(received.judgement.corrected_at),
        reason.map(|reason| format!(" Reason: {reason}")).unwrap_or_default(),
    )
}

/// About one person: only patterns of records that all name them, and none whose key is another person.
fn may_tell(teller: &Teller<'_>, alert: &Alert) -> bool {
    let Some(person) = teller.cast.about() else { return true };
    let is_told =
        |id: &RecordId| teller.register.record(id).is_some_and(|record| teller.cast.may_tell(record));
    // The key is the code, or the code and what the records have in common.
    let rest = alert.key.strip_prefix(person.as_str());
    let is_theirs = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    (is_theirs || !alert.rule.spec().names_person) && alert.records().all(is_told)
}

/// Alerts that list the record.
pub(super) fn patterns(teller: &Teller<'_>) -> Option<Part> {
    let lines: Vec<String> = teller
        .register
        .alerts_with(teller.record)
        .filter(|alert| may_tell(teller, alert))
        .map(|alert| {
            let state = words::lower_first(labels::alert_state(alert.state(teller.now)));
            let late = if alert.late { " A report that arrived late raised it." } else { "" };
            // To one person: the minute could be that of a report by somebody who gave no name.
            let raised = match teller.cast.about() {
                Some(_) => words::day(london_date(alert.raised_at)),
                None => words::moment(alert.raised_at),
            };
            format!(
                "{}: {}, raised {raised}. Now: {state}.{late}",
                vocabulary::ALERT_RULE.label(alert.rule.code()),
                words::count(alert.records().count(), "record", "records"),
            )
        })
        .collect();
    let part = |blocks| Part { key: "patterns", title: "Patterns it belongs to", blocks };
    (!lines.is_empty()).then(|| part(vec![Block::List(lines)]))
}

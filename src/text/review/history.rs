//! What happened to a record, one line per event, in the past tense.

use super::{facts, gone, levels};
use crate::text::common;
use domain::{
    directory::Directory,
    event::{Author, Event, Judgement, Mark, Outcome, Received},
    record::Record,
    refusal::IN_CONFIDENCE_SENTENCE,
    time::parse_date,
    vocabulary as list,
};
use serde_json::{Map, Value};

/// "Risk reviewed".
pub fn title(received: &Received) -> String {
    let words = done(&received.event.verb, &received.event.with);
    match received.judgement.result {
        Outcome::SetAside => format!("Kept but not used: {}", super::record::lower_first(&words)),
        Outcome::Conflict => format!("{words}, not having seen the other decision"),
        _ => words,
    }
}

/// What a verb with these fields does, when it counts.
pub fn done(verb: &str, with: &Map<String, Value>) -> String {
    let text = |field: &str| with.get(field).and_then(Value::as_str).unwrap_or_default();
    let words = match verb {
        "report" => "Reported",
        "import_past" => "Brought in from an older list",
        "amend" => "Facts corrected",
        "add_note" => "Note added",
        "ask" => "Reporter asked",
        "answer" => "Question answered",
        "review_risk" => "Risk reviewed",
        "return_for_correction" => "Sent back with a question",
        "resubmit" => "Sent in again",
        "assess_notification" => "Decided who must be told",
        "revise_notification" => "Decision changed",
        "record_sent" => return format!("{} told", list::BODY.label(text("body"))),
        "plan_action" => "Action planned",
        "complete_action" => "Action done",
        "verify_action" if text("result") == "fixed" => "Action checked and fixed",
        "verify_action" => "Action checked, not fixed yet",
        "finish_actions" => "Actions finished",
        "no_action_needed" => "No action needed",
        "record_outcome" => "Result recorded",
        "close" => "Finished",
        "reopen" => "Opened again",
        "withdraw" => "Taken back",
        "mark_duplicate" => "Marked as the same as another report",
        "link" => "Linked",
        "tell_reporter" => "Reporter told",
        "add_feedback" => "Feedback added",
        "start_outage" => "Something stopped working",
        "end_outage" => "Working again",
        "resolve" => "One decision chosen",
        _ => "Something that this version does not know",
    };
    words.to_owned()
}

/// The key of the dot on the timeline.
pub fn mark(verb: &str) -> &'static str {
    match verb {
        "report" | "import_past" | "resubmit" | "amend" => "report",
        "review_risk" | "return_for_correction" => "review",
        "assess_notification" | "revise_notification" | "record_sent" | "resolve" => "decide",
        "plan_action" | "complete_action" | "verify_action" | "finish_actions" | "no_action_needed" => "act",
        "record_outcome" | "close" => "outcome",
        "start_outage" | "end_outage" => "alert",
        _ => "message",
    }
}

/// Stands for the words of an action, which the verb cannot do without, where this reader gets no words of staff.
pub const NOT_SHOWN: &str = "What was done is not shown to you";

/// What an event said, one sentence per line.
pub fn details(record: &Record, received: &Received, directory: &Directory) -> Vec<String> {
    let Received { event, judgement } = received;
    let mut lines = match event.verb.as_str() {
        "report" | "answer" => text(event, "text"),
        "import_past" => {
            let words = text(event, "text").into_iter();
            words.chain(labelled(event, &[("closed_note", "How it ended")])).collect()
        }
        "amend" | "resubmit" => amended(record, event, directory),
        "review_risk" => risk(&event.with),
        "assess_notification" | "revise_notification" => {
            let outcome = list::NOTIFICATION_OUTCOME.label(event.text("outcome").unwrap_or_default());
            [outcome.to_owned()].into_iter().chain(text(event, "reason")).collect()
        }
        "record_sent" => labelled(event, &[("reference", "Reference"), ("how", "How"), ("proof", "Proof")]),
        "plan_action" => {
            let due = event.text("due").and_then(parse_date).map(common::day).unwrap_or_default();
            let owner = directory.staff_name(event.text("owner").unwrap_or_default());
            let end = if owner.is_empty() { format!("By {due}") } else { format!("{owner}, by {due}") };
            let words = event.text("text").unwrap_or_default();
            vec![gone::shown(words, record, NOT_SHOWN).to_owned(), end]
        }
        "complete_action" | "verify_action" => {
            let action = event.text("action").and_then(|id| record.action(id));
            let action = action.map(|action| gone::shown(&action.text, record, NOT_SHOWN).to_owned());
            action.into_iter().chain(text(event, "note")).collect()
        }
        "record_outcome" => {
            let verdict = list::VERDICT.label(event.text("verdict").unwrap_or_default());
            [verdict.to_owned()].into_iter().chain(text(event, "note")).collect()
        }
        "start_outage" => vec![list::OUTAGE_WHAT.label(event.text("what").unwrap_or_default()).to_owned()],
        "link" => match (event.text("kind"), event.text("ref")) {
            (Some(kind), Some(reference)) => vec![format!("{}: {reference}", list::LINK_KIND.label(kind))],
            _ => vec!["Another record".to_owned()],
        },
        _ => ["text", "question", "reason", "weak_reason", "note"]
            .into_iter()
            .flat_map(|name| text(event, name))
            .collect(),
    };
    if lines.is_empty() && gone::is_of(received) {
        lines.push(format!("{}.", gone::WORDS));
    }
    if let Some(code) = judgement.code.filter(|_| judgement.result == Outcome::SetAside) {
        // The reason can belong to one person alone: a role that ended, a device that was removed.
        let in_confidence = event.by.staff().is_none();
        lines.push(if in_confidence { IN_CONFIDENCE_SENTENCE } else { code.sentence() }.to_owned());
    }
    lines
}

fn text(event: &Event, name: &str) -> Vec<String> {
    event.text(name).map(str::to_owned).into_iter().collect()
}

fn labelled(event: &Event, fields: &[(&str, &str)]) -> Vec<String> {
    fields.iter().filter_map(|(name, label)| Some(format!("{label}: {}", event.text(name)?))).collect()
}

fn amended(record: &Record, event: &Event, directory: &Directory) -> Vec<String> {
    let empty = Map::new();
    let amendment = record.amendments.iter().find(|amendment| amendment.id == event.id);
    let (before, changes) =
        amendment.map_or((&empty, &empty), |amendment| (&amendment.before, &amendment.changes));
    let words = |name: &str, value: &Value| facts::value_of(record.spec(), name, value, directory);
    let changed = changes.iter().map(|(name, now)| {
        let old = before.get(name).unwrap_or(&Value::Null);
        format!(
            "{}: from \u{201c}{}\u{201d} to \u{201c}{}\u{201d}",
            facts::label(name),
            words(name, old),
            words(name, now)
        )
    });
    changed.chain(text(event, "reason")).chain(text(event, "text")).collect()
}

fn risk(with: &Map<String, Value>) -> Vec<String> {
    let level = |name: &str| {
        with.get(name).and_then(Value::as_u64).and_then(|number| u8::try_from(number).ok()).unwrap_or(0)
    };
    let words = format!(
        "Most likely: {}. At worst: {}. Again: {}.",
        super::record::lower_first(levels::word(&levels::POTENTIAL, level("potential_most_likely"))),
        super::record::lower_first(levels::word(&levels::POTENTIAL, level("potential_worst"))),
        super::record::lower_first(levels::word(&levels::LIKELIHOOD, level("likelihood"))),
    );
    let note = with.get("note").and_then(Value::as_str).map(str::to_owned);
    [words].into_iter().chain(note).collect()
}

/// Remarks beside an event, as words.
pub fn marks(judgement: &Judgement) -> Vec<&'static str> {
    judgement.marks.iter().map(|mark: &Mark| list::MARK.label(mark.code())).collect()
}

/// "2:05pm on 23 November 2026", and when it arrived where that was much later, or that it has not arrived.
pub fn when(received: &Received) -> String {
    /// Below this, the two times are the same thing to a reader.
    const SAME_MOMENT_MIN: i64 = 5;
    let judgement = &received.judgement;
    let written = common::moment(judgement.corrected_at);
    let late = (judgement.received_at - judgement.corrected_at).num_minutes();
    match judgement.seq {
        0 => format!("{written}, not sent yet"),
        _ if late >= SAME_MOMENT_MIN => {
            format!("{written}, arrived {}", common::moment(judgement.received_at))
        }
        _ => written,
    }
}

/// Of what arrived while its author was away: whoever reads it must know how sure the author is.
pub fn author_away(by: &Author, directory: &Directory) -> String {
    let words = "It came from a shared device on which its author was not signed in when it arrived.";
    match by {
        Author::Staff(id) => format!("{words} Ask {} whether it is theirs.", directory.staff_name(id)),
        // Whoever reads without names has nobody to ask.
        Author::Anonymous | Author::Hidden => words.to_owned(),
    }
}

/// What the clock of the device said, where it was wrong.
pub fn device_clock(received: &Received) -> Option<String> {
    let is_wrong = received.judgement.marks.contains(&Mark::ClockSkew);
    // Of a reporter whose name is hidden nobody is told what their phone said.
    (is_wrong && received.event.by != Author::Hidden)
        .then(|| format!("The device clock said {}.", common::moment(received.event.device_time)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use domain::{directory::Staff, refusal::Code, register::Register, roles::Role};
    use serde_json::json;
    use std::sync::Arc;

    #[test]
    fn why_it_was_set_aside_is_not_told_of_what_was_told_in_confidence() {
        let mut register = Register::new(Arc::new(Directory::default()));
        let with = json!({ "category": "medication", "happened": "something_happened", "reached": "no" });
        Sent { record: "r", with, ..Sent::default() }.arrives(&mut register);
        let record = register.record("r").expect("it is here");
        let mut note = record.event("e1").expect("the report").clone();
        note.event.verb = "add_note".into();
        (note.judgement.result, note.judgement.code) = (Outcome::SetAside, Some(Code::NoRoleAtSite));
        let reason = |note: &Received| details(record, note, &Directory::default()).pop();
        assert_eq!(reason(&note).as_deref(), Some(Code::NoRoleAtSite.sentence()));
        note.event.by = Author::Hidden;
        assert_eq!(reason(&note).as_deref(), Some(IN_CONFIDENCE_SENTENCE));
    }

    #[test]
    fn who_was_away_is_asked_by_name_and_nobody_is_asked_whose_name_is_kept_back() {
        let efua = Staff {
            name: "Efua".into(),
            roles: [("rose".into(), vec![Role::ShiftLead])].into(),
            ..Staff::default()
        };
        let directory = Directory { staff: [("efua".into(), efua)].into(), ..Directory::default() };
        let said = "It came from a shared device on which its author was not signed in when it arrived.";
        let asked = format!("{said} Ask Efua whether it is theirs.");
        assert_eq!(author_away(&Author::Staff("efua".into()), &directory), asked);
        assert_eq!(author_away(&Author::Hidden, &directory), said);
    }
}

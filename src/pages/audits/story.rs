//! What a record says about each question of an audit. Pure: the caller gives the lists.

use crate::text::{
    common,
    review::{decision, due, people, record as words},
};
use domain::{
    directory::{Directory, Settings},
    measures::steps_done,
    record::{Action, DecisionBody, Record},
    vocabulary as list,
};

type Rows = Vec<(&'static str, String)>;

/// The heading over the facts of a question.
pub fn topic(item: &str) -> &'static str {
    match item {
        "recorded_on_time" => "Times",
        "decision_reasoned" => "Decision",
        "action_strong_enough" => "Actions",
        "outcome_shown" => "Result",
        "feedback_given" => "Feedback",
        _ => "Record",
    }
}

/// What the reader needs to answer an item.
pub fn facts(item: &str, record: &Record, settings: &Settings, directory: &Directory) -> Rows {
    let rows = match item {
        "recorded_on_time" => times(record, settings),
        "decision_reasoned" => decided(record, directory),
        "action_strong_enough" => actions(record, directory),
        "outcome_shown" => result(record, directory),
        "feedback_given" => told(record, directory),
        _ => Vec::new(),
    };
    rows.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

fn times(record: &Record, settings: &Settings) -> Rows {
    let happened = record.facts.occurred_at();
    let mut rows = vec![
        ("Happened", common::moment(happened)),
        (
            "Recorded",
            format!(
                "{}, {} after it happened",
                common::moment(record.reported_at),
                due::elapsed(happened, record.reported_at)
            ),
        ),
    ];
    let reviewed: Vec<String> = steps_done(record, settings)
        .into_iter()
        .filter(|done| done.step == 2)
        .map(|done| {
            let in_time = if done.in_time { "in time" } else { "late" };
            format!(
                "{}, {} after it was sent in: {in_time}",
                common::moment(done.done),
                due::elapsed(done.start, done.done)
            )
        })
        .collect();
    rows.push(("Reviewed", if reviewed.is_empty() { "Not reviewed".into() } else { reviewed.join(". ") }));
    rows.push((
        "Allowed for the review",
        common::count(usize::try_from(settings.step2_hours).unwrap_or(0), "hour", "hours"),
    ));
    rows
}

fn decided(record: &Record, directory: &Directory) -> Rows {
    let Some(made) = record.notification_decision() else {
        return vec![("Decision", "None yet".into())];
    };
    let DecisionBody::Notification(said) = &made.body else { return Vec::new() };
    let reason =
        if said.reason.trim().is_empty() { "No reason is written.".to_owned() } else { said.reason.clone() };
    let mut rows = vec![
        ("Decision", list::NOTIFICATION_OUTCOME.label(&said.outcome).to_owned()),
        ("Why", reason),
        (
            "Decided by",
            format!("{}, {}", people::author(&made.by, directory, &record.site), common::moment(made.at)),
        ),
    ];
    let more = ["Must be told", "Thought about, need not be told", "Reasons"];
    rows.extend(decision::rows(&made.body, directory).into_iter().filter(|(key, _)| more.contains(key)));
    rows
}

fn actions(record: &Record, directory: &Directory) -> Rows {
    let mut rows: Rows =
        record.actions.iter().map(|action| ("Action", of_action(action, directory))).collect();
    if let Some(made) = record.action_decision() {
        match &made.body {
            DecisionBody::NoAction { reason, .. } => rows.push(("No action needed", reason.clone())),
            DecisionBody::Finished(finished) => rows.push(("Note", finished.note.clone())),
            _ => {}
        }
    }
    if rows.is_empty() {
        rows.push(("Actions", "None".into()));
    }
    if record.is_weak_only() && !record.actions.is_empty() {
        rows.push(("Strength of all", "Only weaker actions are done.".into()));
    }
    rows
}

fn of_action(action: &Action, directory: &Directory) -> String {
    let strength = words::lower_first(list::CONTROL_STRENGTH.label(&action.strength));
    let owner = directory.staff_name(&action.owner);
    let done = match (&action.done, action.late_days()) {
        (Some(done), Some(days @ 1..)) => {
            let late = common::count(usize::try_from(days).unwrap_or_default(), "day", "days");
            format!("done {}, {late} late", common::day(done.on))
        }
        (Some(done), _) => format!("done {}, in time", common::day(done.on)),
        (None, _) => format!("not done, due {}", common::day(action.due)),
    };
    let checked = if action.verified.is_some() { ", checked by another person" } else { "" };
    format!("{}. Strength: {strength}. {owner}, {done}{checked}.", action.text.trim_end_matches('.'))
}

fn result(record: &Record, directory: &Directory) -> Rows {
    match record.outcome_decision() {
        Some(made) => {
            let by =
                format!("{}, {}", people::author(&made.by, directory, &record.site), common::moment(made.at));
            let mut rows = decision::rows(&made.body, directory);
            if !rows.iter().any(|(key, _)| *key == "How we know") {
                rows.push(("How we know", "No evidence is named.".into()));
            }
            rows.push(("Recorded by", by));
            rows
        }
        None => {
            let reason = record
                .last_reason
                .clone()
                .map(|reason| format!(" The record was finished with this reason: {reason}"));
            vec![("Result", format!("None recorded.{}", reason.unwrap_or_default()))]
        }
    }
}

fn told(record: &Record, directory: &Directory) -> Rows {
    let said = record.told.iter().map(|note| {
        let by = people::author(&note.by, directory, &record.site);
        ("Told the reporter", format!("\u{201c}{}\u{201d} {by}, {}", note.text, common::moment(note.at)))
    });
    let mut rows: Rows = said.collect();
    if rows.is_empty() {
        rows.push(("Told the reporter", "No message to the reporter.".into()));
    }
    let open = record.open_questions().count();
    if open > 0 {
        rows.push(("Questions to the reporter", format!("{open} without an answer")));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use domain::{register::Register, vocabulary::AUDIT_ITEM};
    use serde_json::json;

    fn reported() -> Record {
        let with = json!({"category": "medication", "happened": "something_happened", "reached": "no",
            "error_type": "wrong_dose", "occurred_at": "2026-06-11T08:00:00+01:00"});
        let mut register = Register::default();
        Sent { record: "r1", at: "2026-06-11T09:30+01:00", with, ..Sent::default() }.arrives(&mut register);
        register.record("r1").cloned().expect("a record")
    }

    #[test]
    fn every_question_has_facts_also_where_nothing_was_done() {
        let (record, settings, directory) = (reported(), Settings::default(), Directory::default());
        let value = |item: &str, key: &str| -> String {
            let rows = facts(item, &record, &settings, &directory);
            rows.into_iter().find(|(name, _)| *name == key).map(|(_, words)| words).unwrap_or_default()
        };
        assert_eq!(value("recorded_on_time", "Recorded"), "9:30am on 11 June 2026, 1 hour after it happened");
        assert_eq!(value("recorded_on_time", "Reviewed"), "Not reviewed");
        assert_eq!(value("recorded_on_time", "Allowed for the review"), "12 hours");
        assert_eq!(value("decision_reasoned", "Decision"), "None yet");
        assert_eq!(value("action_strong_enough", "Actions"), "None");
        assert_eq!(value("outcome_shown", "Result"), "None recorded.");
        assert_eq!(value("feedback_given", "Told the reporter"), "No message to the reporter.");
        for item in AUDIT_ITEM.codes {
            assert_ne!(topic(item.code), "Record", "{}", item.code);
            assert!(!facts(item.code, &record, &settings, &directory).is_empty(), "{}", item.code);
        }
    }
}

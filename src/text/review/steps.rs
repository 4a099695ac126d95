//! The five steps in words: what is next, who does it, where it is written.

use domain::{category::CategorySpec, directory::Directory, record::Record, vocabulary};

/// What waits to be done in a step: "Look at the risk".
pub fn task(step: u8) -> &'static str {
    match step {
        1 => "Answer the question",
        2 => "Look at the risk",
        3 => "Decide who must be told",
        4 => "Put it right",
        5 => "Check if it worked",
        _ => "Nothing",
    }
}

/// What a measure of a step takes the time of: step 4 counts as done when the first action is planned, or when it is
/// decided that none is needed. Source: model.md section 13.
pub fn measured(step: u8) -> &'static str {
    match step {
        4 => "First action planned",
        step => task(step),
    }
}

/// The same after "Next:".
pub fn next(step: u8) -> &'static str {
    match step {
        1 => "Next: the reporter answers",
        2 => "Next: look at the risk",
        3 => "Next: decide who must be told",
        4 => "Next: put it right",
        5 => "Next: check if it worked",
        _ => "Nothing more to do",
    }
}

/// The button that opens a step.
pub fn button(step: u8) -> &'static str {
    match step {
        2 => "Review",
        3 => "Decide",
        4 => "Act",
        5 => "Record the result",
        _ => "Open",
    }
}

/// What a record waits for: that of its step, or to be finished where its last result is recorded.
pub fn task_of(record: &Record, step: u8) -> &'static str {
    if step == 5 && record.waits_to_be_finished() { "Finish the record" } else { task(step) }
}

/// The part of the address of a step.
pub fn address(step: u8) -> &'static str {
    match step {
        2 => "review",
        3 => "decide",
        4 => "act",
        5 => "outcome",
        _ => "",
    }
}

/// "Written in: Medication log", with the provider's own name of the log where there is one.
pub fn written_in(spec: &CategorySpec, step: u8, directory: &Directory, site: &str) -> String {
    let names: Vec<&str> =
        spec.destinations(step).iter().map(|code| log_name(code, directory, site)).collect();
    crate::text::common::list(&names)
}

pub fn log_name<'a>(code: &'a str, directory: &'a Directory, site: &str) -> &'a str {
    let own = directory.sites.get(site).and_then(|site| site.log_names.get(code));
    own.map(String::as_str)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| vocabulary::DESTINATION.label(code))
}

/// The steps of a record that may have been decided, with the log that each is written in.
pub fn destination(record: &Record, step: u8, directory: &Directory) -> String {
    record.spec().map(|spec| written_in(spec, step, directory, &record.site)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use domain::register::Register;
    use serde_json::{Value, json};

    fn does(register: &mut Register, verb: &str, at: &str, with: Value) {
        Sent { verb, record: "r", at, with, ..Sent::default() }.arrives(register);
    }

    /// Step 5 is entered on 1 June.
    fn acted() -> Register {
        let mut register = Register::default();
        let report = json!({"category": "environment", "happened": "nothing_yet", "hazard": "bed_rails"});
        let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
        let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
        does(&mut register, "report", "2026-06-01T12:00Z", report);
        does(&mut register, "review_risk", "2026-06-01T12:01Z", risk);
        does(&mut register, "assess_notification", "2026-06-01T12:02Z", none);
        does(&mut register, "no_action_needed", "2026-06-01T12:03Z", json!({"reason": "Put right at once"}));
        register
    }

    fn task_after(looks: &[(&str, &str, &str)]) -> &'static str {
        let mut register = acted();
        for (at, review, verdict) in looks {
            let count = json!({"count": 1, "per": 28, "unit": "days"});
            let with = json!({"measure": "m", "baseline": count, "value": count, "review": review,
                "verdict": verdict});
            does(&mut register, "record_outcome", at, with);
        }
        let record = register.record("r").expect("a record");
        task_of(record, record.state.step().expect("an open record"))
    }

    #[test]
    fn a_record_whose_last_result_is_there_waits_only_to_be_finished() {
        assert_eq!(task_after(&[]), "Check if it worked");
        let first = ("2026-06-29T12:00Z", "first", "improved");
        assert_eq!(task_after(&[first]), "Check if it worked", "the look at 90 days is still to come");
        let look = |verdict| [first, ("2026-08-30T12:03Z", "second", verdict)];
        assert_eq!(task_after(&look("sustained")), "Finish the record");
        assert_eq!(task_after(&look("improved")), "Finish the record");
        assert_eq!(task_after(&look("too_early")), "Check if it worked");
        assert_eq!(task_after(&look("worse")), "Put it right", "it goes back to step 4");
    }
}

//! What may not be right in a small form, asked about once before it is saved.

use crate::{
    text::common::moment,
    ui::{Notice, Tone},
};
use domain::{
    record::Record,
    time::{Instant, parse_instant},
};
use markup::prelude::*;
use serde_json::{Map, Value};

/// They were told before it happened. The time it happened may be what is wrong, so yes is an answer too. Boxes hold
/// whole minutes, so the seconds do not count.
pub fn doubt(verb: &str, record: &Record, with: &Map<String, Value>) -> Option<String> {
    (verb == "record_sent").then_some(())?;
    let told = with.get("sent_at").and_then(Value::as_str).and_then(parse_instant)?;
    let happened = record.facts.occurred_at();
    let minute = |instant: Instant| instant.timestamp().div_euclid(60);
    (minute(told) < minute(happened)).then(|| {
        format!(
            "This says that they were told at {}. But it happened at {}, which is later. Check the date and the time.",
            moment(told),
            moment(happened),
        )
    })
}

/// The question, while it is asked. `button`: the words of the button that saves.
#[component]
pub fn Doubt(doubted: RwSignal<Option<String>>, button: &'static str) -> impl IntoView {
    move || {
        let words = doubted.get()?;
        Some(view! {
            <Notice tone=Tone::Warning title="Is this right?" alert=true>
                <p>{words}</p>
                <p>{format!("If it is right, press \"{button}\" again.")}</p>
            </Notice>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use domain::register::Register;
    use serde_json::json;

    #[test]
    fn told_before_it_happened_is_asked_about() {
        let mut register = Register::default();
        let with = json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist",
            "occurred_at": "2026-06-11T07:30:40+01:00"});
        Sent { record: "r1", with, ..Sent::default() }.arrives(&mut register);
        let record = register.record("r1").expect("the record");
        let asked = |verb: &str, told: &str| {
            doubt(verb, record, &json!({"body": "cqc", "sent_at": told}).as_object().cloned().expect("a map"))
        };
        assert_eq!(
            asked("record_sent", "2026-06-10T09:00:00+01:00").as_deref(),
            Some(
                "This says that they were told at 9am on 10 June 2026. But it happened at 7:30am on 11 June 2026, \
                 which is later. Check the date and the time."
            )
        );
        assert!(asked("record_sent", "2026-06-11T07:29:00+01:00").is_some());
        assert_eq!(asked("record_sent", "2026-06-11T07:30:00+01:00"), None, "in the same minute");
        assert_eq!(asked("record_sent", "2026-06-12T09:00:00+01:00"), None);
        assert_eq!(asked("add_note", "2026-06-10T09:00:00+01:00"), None);
    }
}

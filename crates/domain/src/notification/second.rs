//! A second look at a decision when it arrives: the place that takes it in may know of an alert or of a longer
//! outage that the author's device did not. The author's own suggestions stand; these are kept beside them.

use super::{Suggestion, reasons, rules, suggest};
use crate::{
    event::{Event, SecondLook},
    record::answers,
    register::Register,
    time::Instant,
};
use std::collections::BTreeMap;

/// None where both agree, for other verbs, and for an event that carries no suggestions.
/// `now`: when it arrives.
pub fn second_look(register: &Register, event: &Event, now: Instant) -> Option<SecondLook> {
    if !matches!(event.verb.as_str(), "assess_notification" | "revise_notification") {
        return None;
    }
    let carried = event.with.get("suggests")?.as_object()?;
    let record = event.record.as_ref().and_then(|id| register.record(id))?;
    if record.site != event.site {
        return None;
    }
    let (answers, repeat) = (answers(&event.with), register.is_repeat_concern(record));
    let author = |body: &str| {
        carried.get(body).and_then(|code| code.as_str()).map_or(Suggestion::NotNeeded, Suggestion::from_code)
    };
    let own = suggest(record, &answers, now, repeat);
    let differing: BTreeMap<&str, Suggestion> = own
        .iter()
        .filter(|(body, suggestion)| author(body) != **suggestion)
        .map(|(body, suggestion)| (body.as_str(), *suggestion))
        .collect();
    if differing.is_empty() {
        return None;
    }
    let speaks = |id: &str| {
        reasons(record, &answers, now, repeat)
            .any(|(body, reason)| reason.row.id == id && differing.get(body) == Some(&reason.suggestion))
    };
    let rows = rules().rows.iter().map(|row| row.id.as_str()).filter(|id| speaks(id));
    Some(SecondLook {
        rows: rows.map(str::to_owned).collect(),
        suggests: differing
            .into_iter()
            .map(|(body, suggestion)| (body.to_owned(), suggestion.code().to_owned()))
            .collect(),
    })
}

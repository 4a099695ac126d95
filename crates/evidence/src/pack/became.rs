//! What became of the patterns of one row: who settled them and when, why they were set aside, which actions cover them.

use super::{View, patterns::from_to};
use crate::{
    labels::{self, action_kind, offered},
    words,
};
use domain::{
    ids::EventId,
    patterns::{Alert, State, Status},
    record::{Action, Record},
    time::london_date,
};
use std::collections::BTreeSet;

/// Actions or reasons of one row; the rest is a number.
const MOST_TOLD: usize = 3;
/// Where words that somebody typed are left out.
const REASON_LEFT_OUT: &str = "The reason was typed, so it is left out here.";
const REASONS_LEFT_OUT: &str = "The reasons were typed, so they are left out here.";

/// "An action covers it (Registered Manager, 8 Sep 2026 to 3 Nov 2026). A stronger action that ...".
pub(super) fn became_of(view: &View<'_>, state: State, alerts: &[&Alert]) -> String {
    let said = match alerts {
        [only] => settled(view, only),
        several => settled_of(view, state, several),
    };
    // One line is about one record: nothing more of it may be told to who may only see counts.
    let more = if view.selection.is_coded_only() { Vec::new() } else { more(view, alerts) };
    match more.is_empty() {
        true => said,
        false => format!("{said}. {}", more.join(" ")),
    }
}

fn settled_of(view: &View<'_>, state: State, alerts: &[&Alert]) -> String {
    let words = labels::alert_state(state);
    let settled = alerts.iter().filter_map(|alert| Some((alert.settled.as_ref()?, &alert.site)));
    let (mut who, mut days) = (BTreeSet::new(), BTreeSet::new());
    for (settled, site) in settled.filter(|_| state != State::Open) {
        who.insert(view.selection.cast.author(&settled.by, site));
        days.insert(london_date(settled.at));
    }
    if days.is_empty() {
        return words.to_owned();
    }
    let who: Vec<&str> = who.iter().map(String::as_str).collect();
    format!("{words} ({}, {})", words::listed(&who), from_to(days))
}

/// "An action covers it (Registered Manager, 8 Sep 2026)", and of one that nobody has settled, until when it waited.
fn settled(view: &View<'_>, alert: &Alert) -> String {
    let state = alert.state(view.selection.request.made_at);
    let words = labels::alert_state(state);
    let Some(settled) = &alert.settled else { return words.to_owned() };
    let who = view.selection.cast.author(&settled.by, &alert.site);
    let day = |at| words::short_day(london_date(at));
    match (state, &alert.status) {
        (State::Open, Status::Snoozed { until }) => {
            format!("It waited until {} ({who}, {}). {words}", day(*until), day(settled.at))
        }
        _ => format!("{words} ({who}, {})", day(settled.at)),
    }
}

/// The actions that cover these patterns, or why they were set aside; each once.
fn more(view: &View<'_>, alerts: &[&Alert]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for alert in alerts {
        let one = match &alert.status {
            Status::Linked { action } => Some(covering(view, action)),
            Status::Dismissed { reason } => Some(why(view, reason, alerts.len())),
            Status::Open | Status::Snoozed { .. } => None,
        };
        said.extend(one.filter(|one| !said.contains(one)));
    }
    let rest = said.len().saturating_sub(MOST_TOLD);
    said.truncate(MOST_TOLD);
    if rest > 0 {
        said.push(format!("And {rest} more."));
    }
    said
}

/// Nothing but words that somebody typed says why a pattern was set aside.
fn why(view: &View<'_>, reason: &str, patterns: usize) -> String {
    match (view.selection.cast.is_identified(), patterns) {
        (true, _) => format!("Reason: \u{201c}{}\u{201d}.", reason.trim()),
        (false, 1) => REASON_LEFT_OUT.to_owned(),
        (false, _) => REASONS_LEFT_OUT.to_owned(),
    }
}

/// "A stronger action that puts it right: \u{201c}Fit a new brake\u{201d}, record 3F9A2C, done 4 Sep 2026."
fn covering(view: &View<'_>, action: &EventId) -> String {
    let Some((record, action)) = planned(view, action) else {
        return "The action is not on this device.".to_owned();
    };
    let kind = words::upper_first(&action_kind(action));
    let text = match view.selection.cast.is_identified() {
        true => Some(action.text.trim()).filter(|text| !text.is_empty()),
        false => offered(action),
    };
    let text = text.map(|text| format!(": \u{201c}{text}\u{201d}")).unwrap_or_default();
    let place = match view.selection.reference(&record.id) {
        Some(reference) => format!("record {reference}"),
        None => "a record outside this pack".to_owned(),
    };
    let how_far = match &action.done {
        Some(done) => format!("done {}", words::short_day(done.on)),
        None => format!("not done yet, due {}", words::short_day(action.due)),
    };
    format!("{kind}{text}, {place}, {how_far}.")
}

fn planned<'a>(view: &View<'a>, action: &EventId) -> Option<(&'a Record, &'a Action)> {
    let register = view.selection.register;
    let planned = register.event(action)?;
    let record = register.record(planned.event.record.as_ref()?)?;
    Some((record, record.action(action)?))
}

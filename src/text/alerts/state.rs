//! Where an alert stands: a tag, and a sentence with who, when and why.

use crate::text::{
    common::{day, moment, short_day},
    review::people,
};
use domain::{
    directory::Directory,
    event::{Event, Received},
    patterns::{Alert, State, Status},
    register::Register,
    time::{Instant, london_date, parse_instant},
};

/// `data-status` and the word. `mine`: it goes to a role of the reader.
pub fn tag(alert: &Alert, mine: bool, now: Instant) -> (&'static str, String) {
    match alert.state(now) {
        State::Open if mine => ("due", "Needs you".into()),
        State::Open => ("due", "Open".into()),
        State::Linked => ("done", "An action covers it".into()),
        State::Dismissed => ("closed", "Set aside".into()),
        State::Snoozed => match alert.status {
            Status::Snoozed { until } => ("until", format!("Waits until {}", short_day(london_date(until)))),
            _ => ("until", "Waits".into()),
        },
    }
}

/// Who settled it or lets it wait, when and why; none while nobody has done anything.
pub fn settled(alert: &Alert, register: &Register, directory: &Directory) -> Option<String> {
    let settled = alert.settled.as_ref()?;
    let by = people::doer(&settled.by, directory, &alert.site);
    let at = moment(settled.at);
    Some(match &alert.status {
        Status::Linked { action } => {
            let action = action_text(action, register).unwrap_or_else(|| "an action that is not here".into());
            format!("{by} linked it to an action at {at}: {action}")
        }
        Status::Dismissed { reason } => format!("{by} set it aside at {at}: {reason}"),
        Status::Snoozed { until } => {
            format!("{by} let it wait at {at}, until {}.", day(london_date(*until)))
        }
        Status::Open => return None,
    })
}

/// The words of an action by its id.
pub fn action_text(action: &str, register: &Register) -> Option<String> {
    register.event(action).and_then(|planned| planned.event.text("text").map(str::to_owned))
}

/// One thing that somebody did with an alert: title and words.
pub fn act(received: &Received, register: &Register) -> (&'static str, String) {
    let event: &Event = &received.event;
    let text = |name: &str| event.text(name).unwrap_or_default().to_owned();
    match event.verb.as_str() {
        "link_alert" => {
            let action = action_text(&text("action"), register);
            ("Linked to an action", action.unwrap_or_else(|| "The action is not here.".into()))
        }
        "dismiss_alert" => ("Set aside", text("reason")),
        _ => {
            let until = event.text("until").and_then(parse_instant);
            let until = until.map(|until| day(london_date(until))).unwrap_or_default();
            ("Let wait", format!("Until {until}."))
        }
    }
}

/// What happens next, because nothing here can be taken back.
pub fn what_next(alert: &Alert, now: Instant) -> Option<String> {
    match (alert.state(now), &alert.status) {
        (State::Linked, _) => Some(
            "The action stays in the list of actions until it is done. A new report of the same kind raises a new alert."
                .to_owned(),
        ),
        (State::Dismissed, _) => {
            Some("This stays as it is. A new report of the same kind raises a new alert.".to_owned())
        }
        (State::Snoozed, Status::Snoozed { until }) => Some(format!(
            "New reports of the same kind are added to it, and nobody is told. It needs somebody again on {}. It can be settled before that.",
            day(london_date(*until))
        )),
        _ => None,
    }
}

/// "waits until 3 December 2026" and the like for the middle of a line of the week, as it stood at that moment.
pub fn in_a_line(alert: &Alert, register: &Register, directory: &Directory, at: Instant) -> String {
    match (&alert.status, &alert.settled) {
        (Status::Snoozed { until }, _) if at < *until => format!("waits until {}", day(london_date(*until))),
        (Status::Snoozed { until }, _) => format!("waited until {}", day(london_date(*until))),
        (Status::Linked { action }, Some(settled)) => {
            let words = action_text(action, register).map(|words| format!(": {words}"));
            let by = people::author(&settled.by, directory, &alert.site);
            format!("linked to an action by {by}{}", words.unwrap_or_default())
        }
        (Status::Dismissed { reason }, Some(settled)) => {
            let by = people::author(&settled.by, directory, &alert.site);
            format!("set aside by {by}: {reason}")
        }
        _ => "open".into(),
    }
}

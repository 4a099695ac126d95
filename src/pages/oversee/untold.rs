//! Records where somebody must still be told by the decision in force. They stay here in every step, and after the
//! record is finished, until it is told or the decision is changed.

use crate::text::{
    common,
    review::due::{self as due_words, elapsed},
};
use domain::{
    directory::Settings, due::Due, notification::tell_by, record::Record, register::Register, time::Instant,
    vocabulary::BODY,
};

/// Those of a site, the one that was reported first before the others.
pub fn untold<'a>(register: &'a Register, site: &'a str) -> Vec<&'a Record> {
    let mut found: Vec<&Record> = register.of_site(site).filter(|record| is_untold(record)).collect();
    found.sort_by_key(|record| record.reported_at);
    found
}

pub fn is_untold(record: &Record) -> bool {
    record.state.is_live() && record.unsent_bodies().next().is_some()
}

/// "Tell the Care Quality Commission and Police".
pub fn task(record: &Record) -> String {
    let bodies: Vec<&str> = record.unsent_bodies().map(|body| BODY.label(body)).collect();
    format!("Tell {}", common::list(&bodies))
}

/// The first of the times by which law or contract wants somebody told who is not told yet; none where no time is set.
pub fn due(record: &Record, settings: &Settings) -> Option<Due> {
    let decision = record.notification()?;
    let times = record.unsent_bodies().filter_map(|body| tell_by(record, decision, body, settings));
    times.map(Due::from).min_by_key(|due| due.instant())
}

/// "17 hours since the report, was due yesterday at 2:05pm."
pub fn since(record: &Record, settings: &Settings, now: Instant) -> String {
    let since = format!("{} since the report", elapsed(record.reported_at, now));
    match due(record, settings) {
        Some(due) => format!("{since}, {}.", due_words::due(due, due.is_past(now), now)),
        None => format!("{since}."),
    }
}

/// A line of Home, and the hint of the register. `late`: in how many of them the time to tell is over.
pub fn line(number: usize, late: usize) -> String {
    let records = common::count(number, "record", "records");
    let late = if late > 0 { format!(", {late} late") } else { String::new() };
    format!("In {records} somebody must still be told{late}")
}

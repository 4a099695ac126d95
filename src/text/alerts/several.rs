//! Several alerts that say the same, in words: what came back, after how many records, and how many alerts there are.

use super::{alert::lower, rule::code_label};
use crate::text::{
    common::{count, when},
    review::record::{asset_name, place, place_name, title},
};
use domain::{
    category,
    directory::Directory,
    patterns::{Alert, By, CameBack},
    record::Record,
    register::Register,
    time::Instant,
};
use std::collections::BTreeSet;

pub const GONE: &str = "These alerts are not together any more";
pub const GONE_WORDS: &str =
    "Somebody has settled them, or a report was corrected. What is left stands in the list.";
/// Under the heading of a list with such a line.
pub const WHY: &str =
    "Alerts about the same thing that came back stand together, and one decision settles them.";

/// "It came back after 4 finished records: bed rails (Room 18)": a title, without a full stop.
pub fn headline(about: &CameBack, alerts: &[&Alert], directory: &Directory) -> String {
    format!("It came back after {}: {}", finished(alerts), what(about, directory))
}

/// Each alert is about one finished record, and so may two be, of which the first is settled.
fn finished(alerts: &[&Alert]) -> String {
    let records: BTreeSet<&str> = alerts.iter().map(|alert| alert.key.as_str()).collect();
    count(records.len(), "finished record", "finished records")
}

/// "bed rails (Room 18)".
fn what(about: &CameBack, directory: &Directory) -> String {
    let (category, subtype, code) = about.parts();
    let kind = category::find(category).map_or(subtype, |spec| spec.subtypes.label(subtype));
    let same = match about.by {
        By::Equipment => asset_name(code, directory),
        By::Place => place_name(code, directory),
        By::RiskGroup => lower(&code_label("risk_group", code)),
        By::Person => format!("person {code}"),
    };
    format!("{} ({same})", lower(kind))
}

/// Why these stand together, in one sentence.
pub fn why(about: &CameBack, number: usize) -> String {
    let same = match about.by {
        By::Equipment => "with the same equipment",
        By::Place => "in the same place",
        By::RiskGroup => "with the same kind of medicine",
        By::Person => "with the same person",
    };
    format!(
        "Each of these {number} alerts is about one record whose actions were finished. After that the same kind of thing was reported again {same}."
    )
}

/// Above the buttons.
pub fn one_decision(number: usize) -> String {
    format!(
        "One decision here is for these {number} alerts. To decide something else about one of them, open it below."
    )
}

pub fn each(number: usize) -> String {
    format!("The {number} alerts, one for each record")
}

/// "The newest report: Place or equipment: bed rails, Room 18, today at 2:05pm."
pub fn newest(record: &Record, directory: &Directory, now: Instant) -> String {
    format!("The newest report: {}, {}.", title(record), where_and_when(record, directory, now))
}

/// "11 alerts. The newest was raised today at 2:05pm", beside the tag of a card.
pub fn raised(number: usize, newest: Instant, now: Instant) -> String {
    format!("{}. The newest was raised {}", count(number, "alert", "alerts"), when(newest, now))
}

/// "Room 18, today at 2:05pm".
pub fn where_and_when(record: &Record, directory: &Directory, now: Instant) -> String {
    let parts = [place(record, directory), Some(when(record.facts.occurred_at(), now))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The record that happened last, of those that are here.
pub fn newest_record<'a>(alerts: &[&Alert], register: &'a Register) -> Option<&'a Record> {
    let records = alerts.iter().flat_map(|alert| alert.records()).filter_map(|id| register.record(id));
    records.max_by_key(|record| (record.facts.occurred_at(), record.arrival))
}

/// "82 alerts about 67 patterns need you"; only the alerts where each stands alone. One line of the list is one pattern.
pub fn need_you(alerts: usize, lines: usize) -> String {
    match alerts == lines {
        true => count(alerts, "alert needs you", "alerts need you"),
        false => format!("{} need you", in_lines(alerts, lines)),
    }
}

/// "82 alerts about 67 patterns"; only the alerts where each stands alone.
pub fn in_lines(alerts: usize, lines: usize) -> String {
    let number = count(alerts, "alert", "alerts");
    match alerts == lines {
        true => number,
        false => format!("{number} about {}", count(lines, "pattern", "patterns")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_what_it_counts() {
        assert_eq!(need_you(1, 1), "1 alert needs you");
        assert_eq!(need_you(5, 5), "5 alerts need you");
        assert_eq!(need_you(82, 67), "82 alerts about 67 patterns need you");
        assert_eq!(need_you(2, 1), "2 alerts about 1 pattern need you");
        assert_eq!(in_lines(3, 3), "3 alerts");
    }
}

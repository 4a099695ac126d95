//! What arrived and could not be used, in words: what it is about and when it came, as far as it may be told.

use super::{
    facts,
    history::done,
    record::{lower_first, place_name},
};
use crate::text::common;
use domain::{
    directory::Directory,
    event::Fields,
    record::{Facts, Kind},
    time::{Instant, london_date},
    vocabulary::{HARM, REACHED},
};

pub const TITLE: &str = "Kept but not used";

/// For who may only know of it.
pub fn for_manager(number: usize) -> String {
    let (what, them) = (common::count(number, "entry", "entries"), if number == 1 { "it" } else { "them" });
    format!("{what} arrived and could not be used. The Registered Manager deals with {them}.")
}

/// One entry as a card shows it.
#[derive(Debug, PartialEq)]
pub struct Shown {
    pub title: String,
    pub icon: &'static str,
    /// Of the category, where it is a report.
    pub tone: Option<String>,
    /// People, place and unit.
    pub about: Vec<String>,
    /// If it reached somebody, and if anybody was harmed.
    pub outcome: Option<String>,
    /// Somebody was or may have been harmed, held or restricted.
    pub may_be_incident: bool,
}

/// `verb` and `with`: as far as they can be read. `reason`: the code of the service.
pub fn shown(
    verb: Option<&str>,
    with: Option<&Fields>,
    reason: &str,
    at: Instant,
    directory: &Directory,
) -> Shown {
    let plain = |title: String| Shown {
        title,
        icon: "file-text",
        tone: None,
        about: Vec::new(),
        outcome: None,
        may_be_incident: false,
    };
    let (Some(verb), Some(with)) = (verb, with) else {
        let is_lost = reason == "device_loss";
        return plain(if is_lost { "Lost on a device" } else { "Something that cannot be read here" }.into());
    };
    let facts = Facts::new(with.clone(), at);
    let Some(spec) = facts.spec().filter(|_| verb == "report") else { return plain(done(verb, with)) };
    // Of a quick report nobody has said yet what it was.
    let said = facts.subtype().filter(|_| !facts.unanswered().contains(&spec.subtype));
    let title = match said {
        Some(code) => format!("{}: {}", spec.name, lower_first(spec.subtypes.label(code))),
        None => spec.name.to_owned(),
    };
    let people: Vec<&str> = facts.list("people").collect();
    let unit = with.get("unit").map(|unit| facts::value_of(Some(spec), "unit", unit, directory));
    let place = facts.code("location").map(|code| place_name(code, directory));
    let about = [(!people.is_empty()).then(|| people.join(", ")), place, unit];
    let outcome = [("reached", &REACHED), ("harm", &HARM)].map(|(name, list)| {
        let code = facts.code(name).filter(|code| name != "reached" || *code != "no")?;
        let words = list.label(code);
        Some(if code == "unsure" {
            format!("{}: {}.", facts::label(name).trim_end_matches('?'), lower_first(words))
        } else {
            format!("{words}.")
        })
    });
    let outcome: Vec<String> = outcome.into_iter().flatten().collect();
    Shown {
        title,
        icon: spec.icon,
        tone: Some(spec.id.to_owned()),
        about: about.into_iter().flatten().filter(|words| !words.is_empty()).collect(),
        outcome: (!outcome.is_empty()).then(|| outcome.join(" ")),
        may_be_incident: may_be_incident(&facts),
    }
}

/// Somebody was or may have been harmed, held or restricted.
pub fn may_be_incident(facts: &Facts) -> bool {
    matches!(facts.kind(), Kind::Incident | Kind::RestrictivePractice | Kind::Unclassified)
}

/// Of what was told in confidence only the day: the minute is that of what the same phone sent by name.
pub fn moment(at: Instant, in_confidence: bool) -> String {
    if in_confidence { common::day(london_date(at)) } else { common::moment(at) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;
    use serde_json::{Value, json};

    fn at() -> Instant {
        parse_instant("2026-11-03T14:05:00Z").expect("an instant")
    }

    fn of(verb: &str, with: Value) -> Shown {
        let with: Fields = with.as_object().cloned().unwrap_or_default().into();
        shown(Some(verb), Some(&with), "device_revoked", at(), &Directory::default())
    }

    #[test]
    fn a_report_says_what_nearly_happened_to_whom_and_where() {
        let stopped = json!({ "category": "medication", "happened": "something_happened", "reached": "no",
            "error_type": "wrong_dose", "people": ["R-014"], "location": "room-14", "unit": "First floor" });
        let shown = of("report", stopped);
        assert_eq!(
            (shown.title.as_str(), shown.tone.as_deref()),
            ("Medicines: wrong dose or amount", Some("medication"))
        );
        assert_eq!(shown.about, ["R-014", "room-14", "First floor"]);
        assert_eq!((shown.outcome, shown.may_be_incident), (None, false));
        let harmed = json!({ "category": "medication", "happened": "something_happened", "reached": "yes",
            "harm": "some", "error_type": "wrong_dose" });
        let shown = of("report", harmed);
        assert_eq!(
            shown.outcome.as_deref(),
            Some("Yes, it reached a person. Someone was harmed, even a little.")
        );
        assert!(shown.may_be_incident);
        let unsure =
            json!({ "category": "medication", "happened": "something_happened", "reached": "unsure" });
        assert_eq!(of("report", unsure).outcome.as_deref(), Some("Did it reach a person: not sure."));
    }

    #[test]
    fn a_quick_report_says_nothing_that_nobody_said() {
        let spec = domain::category::find("medication").expect("a category");
        let known = json!({ "category": "medication", "people": ["R-014"] });
        let quick = spec.quick(known.as_object().expect("fields"));
        assert_eq!(
            (quick["error_type"].as_str(), of("report", json!(quick)).title.as_str()),
            (Some("other"), "Medicines")
        );
    }

    #[test]
    fn what_is_no_report_or_cannot_be_read_says_so() {
        assert_eq!(of("add_note", json!({ "text": "x" })).title, "Note added");
        assert_eq!(of("report", json!({ "category": "of_2031" })).title, "Reported");
        let unread = |reason| shown(None, None, reason, at(), &Directory::default()).title;
        assert_eq!(unread("malformed"), "Something that cannot be read here");
        assert_eq!(unread("device_loss"), "Lost on a device");
    }

    #[test]
    fn a_deputy_reads_how_many_there_are_and_who_deals_with_them() {
        assert!(for_manager(1).starts_with("1 entry arrived") && for_manager(1).ends_with("deals with it."));
        assert!(
            for_manager(3).starts_with("3 entries arrived") && for_manager(3).ends_with("deals with them.")
        );
    }

    #[test]
    fn in_confidence_the_day_is_told_and_not_the_minute() {
        assert_eq!(moment(at(), false), "2:05pm on 3 November 2026");
        assert_eq!(moment(at(), true), "3 November 2026");
    }
}

//! How long something has been off, and what becomes notifiable when 24 hours have passed.

use super::{due::elapsed, record::upper_first};
use crate::text::common;
use domain::{
    notification::{self, Also, Row},
    record::Outage,
    time::{Instant, hours_after},
    vocabulary::{BODY, OUTAGE_WHAT},
};

const HOURS: u64 = 24;
const MINUTES: i64 = 24 * 60;

/// Where an outage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Still off; so many minutes until 24 hours have passed.
    Left(i64),
    /// 24 hours have passed, and it may still be off.
    Passed,
    /// It worked again before that.
    EndedInTime,
}

pub fn clock(outage: &Outage, now: Instant) -> Clock {
    match outage.ended_at {
        _ if outage.is_over_24h(now) => Clock::Passed,
        Some(_) => Clock::EndedInTime,
        None => Clock::Left((hours_after(outage.started_at, HOURS) - now).num_minutes().max(0)),
    }
}

/// Minutes gone of the 24 hours, for a bar.
pub fn minutes_gone(outage: &Outage, now: Instant) -> i64 {
    (outage.ended_at.unwrap_or(now) - outage.started_at).num_minutes().clamp(0, MINUTES)
}

/// "3 hours 20 minutes".
pub fn left(minutes: i64) -> String {
    let whole = |number: i64| usize::try_from(number).unwrap_or_default();
    let (hours, rest) = (minutes / 60, minutes % 60);
    let (hours, minutes) =
        (common::count(whole(hours), "hour", "hours"), common::count(whole(rest), "minute", "minutes"));
    match (whole(rest), hours.starts_with("0 ")) {
        (_, true) => minutes,
        (0, false) => hours,
        (_, false) => format!("{hours} {minutes}"),
    }
}

/// Short, for a line of a list: "Fire alarm: 3 hours 20 minutes to 24 hours".
pub fn line(outage: &Outage, now: Instant) -> Option<String> {
    let what = OUTAGE_WHAT.label(&outage.what);
    match clock(outage, now) {
        Clock::Left(minutes) => Some(format!("{what} off: {} left to 24 hours", left(minutes))),
        Clock::Passed if outage.ended_at.is_none() => Some(format!("{what} off: 24 hours have passed")),
        Clock::Passed | Clock::EndedInTime => None,
    }
}

/// What follows: "24 hours have passed at 2pm today. Now it must be told: ...".
pub fn what_follows(outage: &Outage, now: Instant) -> String {
    let (must, source) = bodies(outage);
    let at = hours_after(outage.started_at, HOURS);
    match clock(outage, now) {
        Clock::Left(minutes) => format!(
            "{} left. If it is still off at {}, you must tell: {must}. ({source})",
            left(minutes),
            common::moment(at)
        ),
        Clock::Passed => {
            format!(
                "24 hours had passed {}. You must tell, without delay: {must}. ({source})",
                common::when(at, now)
            )
        }
        Clock::EndedInTime => "It was off for less than 24 hours without a break.".to_owned(),
    }
}

/// Beside the question that it answers: "Call system: off since yesterday at 2pm, 30 hours so far. That is more than
/// 24 hours."
pub fn known(outage: &Outage, now: Instant) -> String {
    let (what, from) = (OUTAGE_WHAT.label(&outage.what), common::moment(outage.started_at));
    let ran = elapsed(outage.started_at, outage.ended_at.unwrap_or(now));
    let first = match outage.ended_at {
        None => format!("{what}: off since {from}, {ran} so far."),
        Some(until) => format!("{what}: off from {from} to {}, {ran}.", common::moment(until)),
    };
    let second = match clock(outage, now) {
        Clock::Passed => "That is more than 24 hours.".to_owned(),
        Clock::Left(minutes) => format!("{} left until 24 hours have passed.", upper_first(&left(minutes))),
        Clock::EndedInTime => "That is not more than 24 hours.".to_owned(),
    };
    format!("{first} {second}")
}

/// Those of a record that a question asks about.
pub fn asked_by<'a>(question: &str, outages: &'a [Outage]) -> Vec<&'a Outage> {
    let rows = &notification::rules().rows;
    let row = rows.iter().find(|row| row.question.as_deref() == Some(question));
    let wanted = row.and_then(|row| row.also);
    outages.iter().filter(|outage| wanted == Some(kind(outage))).collect()
}

/// The moment since which a body must be told of an outage: the first that passed 24 hours.
pub fn told_since(body: &str, outages: &[Outage], now: Instant) -> Option<Instant> {
    let names = |outage: &&Outage| {
        let row = row(kind(outage));
        row.is_some_and(|row| row.needed.iter().any(|code| code == body))
    };
    let long = outages.iter().filter(|outage| outage.is_over_24h(now)).filter(names);
    long.map(|outage| hours_after(outage.started_at, HOURS)).min()
}

fn kind(outage: &Outage) -> Also {
    if outage.is_utility() { Also::UtilityOutage } else { Also::SafetyDeviceOutage }
}

/// Who, by the rules: needed, then what to think about.
fn bodies(outage: &Outage) -> (String, String) {
    let Some(row) = row(kind(outage)) else { return (String::new(), String::new()) };
    fn names(codes: &'static [String]) -> Vec<&'static str> {
        codes.iter().map(|code| BODY.label(code)).collect()
    }
    let mut words = common::list(&names(&row.needed));
    let consider = names(&row.consider);
    if !consider.is_empty() {
        words = format!("{words}. Think about: {}", common::list(&consider));
    }
    (words, row.source.clone())
}

fn row(wanted: Also) -> Option<&'static Row> {
    notification::rules().rows.iter().find(|row| row.also == Some(wanted))
}

/// "Off for 20 hours": the name of the bar.
pub fn bar(outage: &Outage, now: Instant) -> String {
    format!(
        "{}: {} of 24 hours",
        OUTAGE_WHAT.label(&outage.what),
        elapsed(outage.started_at, outage.ended_at.unwrap_or(now))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    fn at(text: &str) -> Instant {
        parse_instant(text).expect(text)
    }

    fn alarm(ended: Option<&str>) -> Outage {
        Outage {
            id: "e1".into(),
            what: "fire_alarm".into(),
            started_at: at("2026-11-23T08:00Z"),
            ended_at: ended.map(at),
        }
    }

    #[test]
    fn it_counts_down_to_24_hours_and_then_says_that_they_passed() {
        let check = |now: &str, expected: Clock| assert_eq!(clock(&alarm(None), at(now)), expected, "{now}");
        check("2026-11-23T09:30Z", Clock::Left(22 * 60 + 30));
        check("2026-11-24T07:59Z", Clock::Left(1));
        check("2026-11-24T08:00Z", Clock::Left(0));
        check("2026-11-24T08:01Z", Clock::Passed);
        assert_eq!(clock(&alarm(Some("2026-11-24T07:00Z")), at("2026-11-25T08:00Z")), Clock::EndedInTime);
        assert_eq!(clock(&alarm(Some("2026-11-24T09:00Z")), at("2026-11-25T08:00Z")), Clock::Passed);
    }

    #[test]
    fn a_question_says_what_is_known_of_what_it_asks_about() {
        let all = [alarm(None)];
        assert_eq!(asked_by("safety_device_24h", &all).len(), 1);
        assert!(asked_by("utility_24h", &all).is_empty() && asked_by("harm", &all).is_empty());
        let says = |ended: Option<&str>, now: &str, words: &str| {
            let said = known(&alarm(ended), at(now));
            assert!(said.ends_with(words), "{said}");
        };
        says(None, "2026-11-24T14:00Z", "30 hours so far. That is more than 24 hours.");
        says(None, "2026-11-23T20:00Z", "12 hours so far. 12 hours left until 24 hours have passed.");
        says(Some("2026-11-23T20:00Z"), "2026-11-25T20:00Z", "12 hours. That is not more than 24 hours.");
    }

    #[test]
    fn a_body_is_told_from_when_24_hours_have_passed() {
        let since = |body: &str, now: &str| told_since(body, &[alarm(None)], at(now));
        assert_eq!(since("cqc", "2026-11-24T14:00Z"), Some(at("2026-11-24T08:00Z")));
        assert_eq!(since("cqc", "2026-11-24T07:00Z"), None);
        assert_eq!(since("ico", "2026-11-24T14:00Z"), None);
    }

    #[test]
    fn what_becomes_notifiable_comes_from_the_rules() {
        let words = what_follows(&alarm(None), at("2026-11-23T20:00Z"));
        assert!(words.starts_with("12 hours left."), "{words}");
        assert!(words.contains("Care Quality Commission") && words.contains("18(2)(g)(iv)"), "{words}");
        assert_eq!(left(61), "1 hour 1 minute");
        assert_eq!(left(20), "20 minutes");
    }
}

//! Times, dates, counts and lists as people say them. Always London time.

use chrono::{Datelike, NaiveDate, Timelike};
use domain::time::{Instant, london, london_date};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "2:05pm".
pub fn clock(instant: Instant) -> String {
    let wall = london(instant);
    let half = if wall.hour() < 12 { "am" } else { "pm" };
    let hour = if wall.hour().is_multiple_of(12) { 12 } else { wall.hour() % 12 };
    format!("{hour}:{:02}{half}", wall.minute())
}

/// Who does something, before the word that says what: "Bilal Aziz, Care staff, ".
pub fn doer(who: &str) -> String {
    if who.contains(", ") { format!("{who},") } else { who.to_owned() }
}

/// The same inside a sentence: who has no name is no name.
pub fn inside(who: &str) -> String {
    if who.starts_with("Somebody ") { lower_first(who) } else { who.to_owned() }
}

/// "23 November 2026".
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), MONTHS[date.month0() as usize], date.year())
}

/// "23 November".
pub fn day_of_year(date: NaiveDate) -> String {
    format!("{} {}", date.day(), MONTHS[date.month0() as usize])
}

/// "November 2026".
pub fn month(date: NaiveDate) -> String {
    format!("{} {}", MONTHS[date.month0() as usize], date.year())
}

/// "Nov 26", under an axis.
pub fn short_month(date: NaiveDate) -> String {
    format!("{} {:02}", &MONTHS[date.month0() as usize][..3], date.year().rem_euclid(100))
}

/// "2:05pm on 23 November 2026".
pub fn moment(instant: Instant) -> String {
    format!("{} on {}", clock(instant), day(london_date(instant)))
}

/// "23 Nov 2026, 2:05pm", for tables.
pub fn short_moment(instant: Instant) -> String {
    format!("{}, {}", short_day(london_date(instant)), clock(instant))
}

/// "23 Nov 2026".
pub fn short_day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), &MONTHS[date.month0() as usize][..3], date.year())
}

/// "1 August 2026 to 31 October 2026".
pub fn period(from: NaiveDate, to: NaiveDate) -> String {
    if from == to { day(from) } else { format!("{} to {}", day(from), day(to)) }
}

/// "1 record", "2 records", "no records".
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(&number.to_string())),
    }
}

/// "4,033 of 12,500 (3.5%)": thousands apart, in every number of a text that holds no years and no codes.
pub fn grouped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut rest = text;
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let length = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
        let (digits, after) = number.split_at(length);
        out.push_str(before);
        let is_fraction = before.ends_with('.') && out.len() > 1;
        for (place, digit) in digits.char_indices() {
            if place > 0 && (length - place).is_multiple_of(3) && !is_fraction {
                out.push(',');
            }
            out.push(digit);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// "November 2026" of a version such as `rules-2026-11`; none where it ends in no month.
pub fn month_of(version: &str) -> Option<String> {
    let (before, number) = version.rsplit_once('-')?;
    let year = before.rsplit_once('-').map_or(before, |(_, year)| year);
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, number.parse().ok()?, 1)?;
    (year.len() == 4 && number.len() == 2).then(|| month(date))
}

/// "a, b and c".
pub fn listed<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", head.join(", "), last.as_ref())
        }
    }
}

pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    // "MAR chart", "HOIST-07": not a word that only begins a sentence.
    if letters.as_str().starts_with(char::is_uppercase) {
        return text.to_owned();
    }
    first.map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Minutes as people say them: "45 minutes", "5.5 hours", "3.2 days".
pub fn minutes(value: f64) -> String {
    match value {
        under if under < 90.0 => count(under.round() as usize, "minute", "minutes").replace("no ", "0 "),
        under if under < 2880.0 => format!("{} hours", short(under / 60.0)),
        _ => format!("{} days", short(value / 1440.0)),
    }
}

/// "5.5 hours after the report", or "25.2 days before the report" of somebody who was told first.
pub fn beside_report(at: Instant, reported_at: Instant) -> String {
    let apart = (at - reported_at).num_minutes();
    let side = if apart < 0 { "before" } else { "after" };
    format!("{} {side} the report", minutes(apart.unsigned_abs() as f64))
}

/// At most one decimal: "12", "3.5".
pub fn short(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

/// A name for an address inside a page: lower case letters, digits and hyphens.
pub fn anchor(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'a'..='z' | '0'..='9' => anchor.push(letter),
            'A'..='Z' => anchor.push(letter.to_ascii_lowercase()),
            _ if anchor.ends_with('-') || anchor.is_empty() => {}
            _ => anchor.push('-'),
        }
    }
    anchor.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{beside_report, count, doer, grouped, lower_first, month_of};
    use domain::time::parse_instant;

    #[test]
    fn a_name_with_its_role_ends_before_the_verb() {
        assert_eq!(doer("Bilal Aziz, Care staff"), "Bilal Aziz, Care staff,");
        assert_eq!(doer("A member of staff whose name is sealed"), "A member of staff whose name is sealed");
    }

    #[test]
    fn a_name_in_capitals_keeps_them() {
        let all = ["Wrong dose", "HOIST-07", "MAR chart", "A", ""].map(lower_first);
        assert_eq!(all, ["wrong dose", "HOIST-07", "MAR chart", "a", ""]);
    }

    #[test]
    fn who_was_told_first_was_told_before_the_report() {
        let at = |text: &str| parse_instant(text).expect(text);
        let reported = at("2026-11-26T09:00+00:00");
        assert_eq!(beside_report(at("2026-11-01T09:00+00:00"), reported), "25 days before the report");
        assert_eq!(beside_report(at("2026-11-26T08:15+00:00"), reported), "45 minutes before the report");
        assert_eq!(beside_report(at("2026-11-26T14:30+00:00"), reported), "5.5 hours after the report");
        assert_eq!(beside_report(reported, reported), "0 minutes after the report");
    }

    #[test]
    fn thousands_stand_apart() {
        for (text, expected) in [
            ("7", "7"),
            ("999", "999"),
            ("1367", "1,367"),
            ("1 of 1367 (0.1%)", "1 of 1,367 (0.1%)"),
            ("1234567 of 4033", "1,234,567 of 4,033"),
            ("3.14159", "3.14159"),
            ("-", "-"),
            ("", ""),
        ] {
            assert_eq!(grouped(text), expected);
        }
        assert_eq!(count(4033, "event", "events"), "4,033 events");
    }

    #[test]
    fn a_version_is_told_by_its_month() {
        for version in ["2026-11", "rules-2026-11", "draft-2026-11"] {
            assert_eq!(month_of(version).as_deref(), Some("November 2026"), "{version}");
        }
        for version in ["2027/1 final", "model-1", "2026-13", "2026-1", "", "x-20261-11"] {
            assert_eq!(month_of(version), None, "{version}");
        }
    }
}

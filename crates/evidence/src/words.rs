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
        _ => format!("{number} {many}"),
    }
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
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Minutes as people say them: "45 minutes", "5.5 hours", "3.2 days".
pub fn minutes(value: f64) -> String {
    match value {
        under if under < 90.0 => count(under.round() as usize, "minute", "minutes").replace("no ", "0 "),
        under if under < 2880.0 => format!("{} hours", short(under / 60.0)),
        _ => format!("{} days", short(value / 1440.0)),
    }
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

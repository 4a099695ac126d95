//! Reads days and times as people type them.

use crate::ui::DateParts;
use chrono::{NaiveDate, NaiveTime};
use domain::time::Instant;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Clocks differ a little; a report may say "now" although the server is behind.
const GRACE_MIN: i64 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Past,
    InFuture,
}

pub fn told(at: Instant, now: Instant) -> Told {
    if (at - now).num_minutes() > GRACE_MIN { Told::InFuture } else { Told::Past }
}

pub fn minutes_before(now: Instant, minutes: i64) -> Instant {
    now - chrono::Duration::minutes(minutes)
}

/// "14:05", "2:05pm", "2.05 pm", "9am".
pub fn clock(typed: &str) -> Option<NaiveTime> {
    let typed = typed.trim().to_lowercase().replace('.', ":").replace(' ', "");
    let (digits, afternoon) = match (typed.strip_suffix("pm"), typed.strip_suffix("am")) {
        (Some(digits), _) => (digits, Some(true)),
        (_, Some(digits)) => (digits, Some(false)),
        _ => (typed.as_str(), None),
    };
    let mut parts = digits.split(':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = match parts.next() {
        Some(minute) => minute.parse().ok()?,
        None if afternoon.is_some() => 0,
        None => return None,
    };
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// The month may be a number or a word.
pub fn date(parts: &DateParts) -> Option<NaiveDate> {
    let number = |text: &str| text.trim().trim_end_matches('.').parse::<u32>().ok();
    let month = number(&parts.month).or_else(|| {
        let word = parts.month.trim().to_lowercase();
        let place = MONTHS.iter().position(|month| word.starts_with(month))?;
        u32::try_from(place + 1).ok()
    })?;
    let year = number(&parts.year)?;
    let year = if year < 100 { 2000 + year } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, number(&parts.day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_type_it() {
        let check = |typed: &str, expected: Option<(u32, u32)>| {
            let expected = expected.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
            assert_eq!(clock(typed), expected, "{typed}");
        };
        check("14:05", Some((14, 5)));
        check("2:05pm", Some((14, 5)));
        check(" 2.05 PM ", Some((14, 5)));
        check("12am", Some((0, 0)));
        check("12:30pm", Some((12, 30)));
        check("9am", Some((9, 0)));
        check("13pm", None);
        check("25:00", None);
        check("9", None);
        check("", None);
    }

    #[test]
    fn a_month_may_be_a_word() {
        let check = |day: &str, month: &str, year: &str, expected: Option<&str>| {
            let parts = DateParts { day: day.into(), month: month.into(), year: year.into() };
            assert_eq!(
                date(&parts).map(|date| date.to_string()).as_deref(),
                expected,
                "{day} {month} {year}"
            );
        };
        check("27", "11", "2026", Some("2026-11-27"));
        check("27", "November", "2026", Some("2026-11-27"));
        check("27.", "nov", "26", Some("2026-11-27"));
        check("31", "2", "2026", None);
        check("", "2", "2026", None);
    }
}

//! Reads times as people type them.

use chrono::NaiveTime;
use domain::time::Instant;

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
}

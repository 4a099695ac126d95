//! When it happened, as people write it: always day before month, and London time.

use chrono::{NaiveDate, NaiveTime};
use domain::time::{self, Instant};

/// A moment; `has_time` says whether a time was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Happened {
    pub at: Instant,
    pub has_time: bool,
}

/// Day and time in one cell, or in two.
pub(super) fn read(cell: &str, time_cell: Option<&str>) -> Result<Happened, &'static str> {
    if let Some(at) = time::parse_instant(cell) {
        return Ok(Happened { at, has_time: true });
    }
    if cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && cell.parse::<f64>().is_ok_and(|number| number > 20_000.0)
    {
        return Err("is a number, not a date. In the spreadsheet, show the column as a date and save again.");
    }
    let (day, rest) = day(cell).ok_or("is no date that we can read. Write it like 26/06/2025.")?;
    let clock = Some(rest.trim_matches([' ', ','])).filter(|rest| !rest.is_empty()).or(time_cell);
    let wall = match clock {
        None => NaiveTime::from_hms_opt(12, 0, 0),
        Some(clock) => Some(clock_time(clock).ok_or("has a time that we cannot read. Write it like 14:30.")?),
    };
    let at = time::from_london(day.and_time(wall.unwrap_or_default()));
    Ok(Happened { at, has_time: clock.is_some() })
}

/// The day at the start of a cell, and what follows it.
fn day(cell: &str) -> Option<(NaiveDate, &str)> {
    if let Some(head) = cell.get(..10)
        && let Some(date) = time::parse_date(head)
    {
        return Some((date, cell[10..].trim_start_matches('T')));
    }
    let mut parts = Vec::new();
    let mut rest = cell;
    while parts.len() < 3 {
        rest = rest.trim_start_matches(['/', '-', '.', ' ', ',']);
        let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    let number =
        |text: &str| text.trim_end_matches(|letter: char| letter.is_alphabetic()).parse::<u32>().ok();
    let month = number(parts[1]).or_else(|| month_of(parts[1]))?;
    let year: i32 = parts[2].parse().ok()?;
    let year = if parts[2].len() <= 2 { 2000 + year } else { year };
    Some((NaiveDate::from_ymd_opt(year, month, number(parts[0])?)?, rest))
}

fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = word.get(..3)?.to_lowercase();
    MONTHS.iter().position(|month| *month == head).and_then(|place| u32::try_from(place + 1).ok())
}

/// `14:30`, `14:30:00`, `14.30`, `1430`, `2:30 pm`, `2pm`.
fn clock_time(text: &str) -> Option<NaiveTime> {
    let lower = text.trim().to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let (digits, half) = match lower.strip_suffix("pm") {
        Some(rest) => (rest, Some(true)),
        None => lower.strip_suffix("am").map_or((lower.as_str(), None), |rest| (rest, Some(false))),
    };
    let digits = digits.trim();
    let parts: Vec<&str> = if digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![&digits[..2], &digits[2..]]
    } else {
        digits.split([':', '.']).collect()
    };
    let mut hour: u32 = parts.first()?.parse().ok()?;
    let minute: u32 = parts.get(1).map_or(Some(0), |minute| minute.parse().ok())?;
    match half {
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(true) => hour = hour % 12 + 12,
        Some(false) => hour %= 12,
        None if parts.len() < 2 => return None,
        None => {}
    }
    NaiveTime::from_hms_opt(hour, minute, 0)
}

//! The London calendar: dates, wall-clock days and windows.
//! Pure: the caller gives every instant; nothing here knows what time it is.

use chrono::{
    DateTime, Datelike, Days, Duration, DurationRound, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc,
};

/// A moment, always held in UTC and shown in London time.
pub type Instant = DateTime<Utc>;

/// Hours in which British Summer Time is ahead of UTC.
const SUMMER_OFFSET_HOURS: i64 = 1;

/// The London date of an instant.
pub fn london_date(instant: Instant) -> NaiveDate {
    london(instant).date()
}

/// The London wall clock at an instant.
pub fn london(instant: Instant) -> NaiveDateTime {
    instant.naive_utc() + london_offset(instant)
}

/// How far London is ahead of UTC at an instant: one hour from 01:00 UTC on the last Sunday of March
/// to 01:00 UTC on the last Sunday of October.
/// Source: Summer Time Order 2002 (SI 2002/262), checked 2026-11-23.
pub fn london_offset(instant: Instant) -> Duration {
    let year = instant.year();
    let summer = summer_change(year, 3)..summer_change(year, 10);
    if summer.contains(&instant.naive_utc()) {
        Duration::hours(SUMMER_OFFSET_HOURS)
    } else {
        Duration::zero()
    }
}

/// The instant of a London wall-clock time.
/// A time that does not exist takes the offset in force just before the gap; one that exists twice is the first.
pub fn from_london(wall: NaiveDateTime) -> Instant {
    let summer = (wall - Duration::hours(SUMMER_OFFSET_HOURS)).and_utc();
    if london(summer) == wall {
        return summer;
    }
    wall.and_utc()
}

/// 00:00 London at the start of a date.
pub fn start_of(date: NaiveDate) -> Instant {
    from_london(date.and_time(NaiveTime::MIN))
}

/// The start of the minute of an instant. For whoever gives no name, or has it hidden: no two entries are known by their
/// moment.
pub fn to_the_minute(instant: Instant) -> Instant {
    instant.duration_trunc(Duration::minutes(1)).unwrap_or(instant)
}

/// 00:00 London of the day of an instant: where even the minute would tell who it was.
pub fn to_the_day(instant: Instant) -> Instant {
    start_of(london_date(instant))
}

/// The same London wall-clock time `days` calendar dates later.
pub fn days_after(instant: Instant, days: u64) -> Instant {
    let wall = london(instant);
    from_london(add_days(wall.date(), days).and_time(wall.time()))
}

/// Elapsed hours later, also over a clock change.
pub fn hours_after(instant: Instant, hours: u64) -> Instant {
    let span = i64::try_from(hours).ok().and_then(Duration::try_hours).unwrap_or(Duration::MAX);
    after(instant, span)
}

/// So many elapsed minutes later.
pub fn minutes_after(instant: Instant, count: u64) -> Instant {
    after(instant, minutes(count))
}

/// So many minutes, or the longest span there is.
pub fn minutes(count: u64) -> Duration {
    i64::try_from(count).ok().and_then(Duration::try_minutes).unwrap_or(Duration::MAX)
}

/// The last instant of the calendar stands for everything behind it.
fn after(instant: Instant, span: Duration) -> Instant {
    instant.checked_add_signed(span).unwrap_or(Instant::MAX_UTC)
}

/// Has a year of four digits: RFC 3339 has no others, so any other time is written and never read again.
pub fn can_be_written(instant: Instant) -> bool {
    (0..=9999).contains(&instant.year())
}

pub fn add_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

pub fn take_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// Whole dates from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}

/// The same calendar date some years later; 29 February becomes 28 February.
pub fn years_after(date: NaiveDate, years: i32) -> NaiveDate {
    let year = date.year() + years;
    date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(NaiveDate::MAX)
}

/// Reads an RFC 3339 instant; seconds may be left out.
pub fn parse_instant(text: &str) -> Option<Instant> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.with_timezone(&Utc));
    }
    // `2026-06-11T08:29+01:00`: put the seconds in after the minutes.
    let minutes_end = text.char_indices().nth(16).map(|(index, _)| index)?;
    let (head, zone) = text.split_at(minutes_end);
    DateTime::parse_from_rfc3339(&format!("{head}:00{zone}")).ok().map(|instant| instant.with_timezone(&Utc))
}

pub fn parse_date(text: &str) -> Option<NaiveDate> {
    if text.len() != 10 {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// Hour of the London wall clock, 0 to 23.
pub fn london_hour(instant: Instant) -> u32 {
    london(instant).hour()
}

fn summer_change(year: i32, month: u32) -> NaiveDateTime {
    let last = NaiveDate::from_ymd_opt(year, month, 31).unwrap_or(NaiveDate::MIN);
    let sunday = take_days(last, u64::from(last.weekday().num_days_from_sunday()));
    sunday.and_time(NaiveTime::from_hms_opt(1, 0, 0).unwrap_or(NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        parse_instant(text).expect(text)
    }

    #[test]
    fn a_day_later_keeps_the_wall_clock_over_a_change() {
        let check =
            |from: &str, days, to: &str| assert_eq!(days_after(at(from), days), at(to), "{from} + {days}");
        check("2026-03-28T10:00+00:00", 1, "2026-03-29T10:00+01:00");
        check("2026-03-28T01:30+00:00", 1, "2026-03-29T02:30+01:00");
        check("2026-10-24T01:30+01:00", 1, "2026-10-25T01:30+01:00");
        check("2026-10-24T10:00+01:00", 2, "2026-10-26T10:00+00:00");
    }

    #[test]
    fn hours_are_elapsed_hours() {
        assert_eq!(hours_after(at("2026-03-28T10:00+00:00"), 24), at("2026-03-29T11:00+01:00"));
    }

    #[test]
    fn the_london_date_changes_at_london_midnight() {
        assert_eq!(london_date(at("2026-06-30T23:30+00:00")), parse_date("2026-07-01").expect("date"));
        assert_eq!(start_of(parse_date("2026-06-18").expect("date")), at("2026-06-18T00:00+01:00"));
    }

    #[test]
    fn a_leap_day_keeps_to_february() {
        let leap = parse_date("2028-02-29").expect("date");
        assert_eq!(years_after(leap, 3), parse_date("2031-02-28").expect("date"));
    }
}

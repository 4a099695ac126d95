//! When people work: carers at any hour, seniors from early to late, everybody else in the day.

use super::chance::Chance;
use chrono::{Duration, NaiveTime, Timelike};
use domain::time::{Instant, add_days, from_london, london};

const OPENS: u32 = 8;
const CLOSES: u32 = 18;

/// The same moment, or the next morning when the office is closed.
pub fn in_hours(at: Instant, chance: &mut Chance) -> Instant {
    let wall = london(at);
    if (OPENS..CLOSES).contains(&wall.hour()) {
        return at;
    }
    let day = if wall.hour() < OPENS { wall.date() } else { add_days(wall.date(), 1) };
    let opens = NaiveTime::from_hms_opt(OPENS, 0, 0).unwrap_or_default();
    from_london(day.and_time(opens)) + Duration::minutes(chance.between(0, 120))
}

/// A moment some hours later.
pub fn hours_later(at: Instant, low: i64, high: i64, chance: &mut Chance) -> Instant {
    at + Duration::minutes(chance.between(low * 60, high * 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    #[test]
    fn the_office_opens_in_the_morning() {
        let mut chance = Chance::new(3);
        let at = |text: &str| parse_instant(text).expect(text);
        let noon = at("2026-06-10T12:00+01:00");
        assert_eq!(in_hours(noon, &mut chance), noon);
        let morning = in_hours(at("2026-06-10T22:30+01:00"), &mut chance);
        assert!(morning >= at("2026-06-11T08:00+01:00") && morning <= at("2026-06-11T10:00+01:00"));
        assert_eq!(london(in_hours(at("2026-06-10T03:00+01:00"), &mut chance)).date(), london(noon).date());
    }
}

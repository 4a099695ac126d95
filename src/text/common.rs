//! Times, dates and counts as staff say them. Always London time.

use super::capture::role_name;
use chrono::{Datelike, NaiveDate, Timelike};
use domain::{
    category::DEFINITIONS,
    roles::Roles,
    time::{Instant, days_between, london, london_date, parse_date},
};

pub const MONTHS: [&str; 12] = [
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

/// Shown in place of "nothing" until everything has come from the service once.
pub const FILLING: &str = "Still getting records";

/// "2:05pm", "midday", "midnight".
pub fn clock(instant: Instant) -> String {
    let wall = london(instant);
    match (wall.hour(), wall.minute()) {
        (0, 0) => "midnight".into(),
        (12, 0) => "midday".into(),
        (hour, minute) => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            if minute == 0 { format!("{hour}{half}") } else { format!("{hour}:{minute:02}{half}") }
        }
    }
}

/// "23 November 2026".
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "23 November".
pub fn short_day(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month(date))
}

/// "2:05pm on 23 November 2026".
pub fn moment(instant: Instant) -> String {
    format!("{} on {}", clock(instant), day(london_date(instant)))
}

/// Of a page on paper: "Printed on 23 November 2026 at 2:05pm by: senior". The role, never the name: paper is left lying.
pub fn printed(now: Instant, roles: Roles) -> String {
    let roles: Vec<&str> = roles.iter().map(role_name).collect();
    let by = if roles.is_empty() { String::new() } else { format!(" by: {}", roles.join(" and ")) };
    format!("Printed on {} at {}{by}", day(london_date(now)), clock(now))
}

/// "10 minutes ago", "today at 2:05pm", "yesterday at 2:05pm", "23 November 2026 at 2:05pm".
pub fn when(instant: Instant, now: Instant) -> String {
    let minutes = (now - instant).num_minutes();
    match minutes {
        ..0 => moment(instant),
        0 => "just now".into(),
        1..60 => format!("{} ago", count(minutes as usize, "minute", "minutes")),
        _ => format!("{} at {}", relative_day(london_date(instant), london_date(now)), clock(instant)),
    }
}

/// Of what is known to the day only: "in the last day", "3 days ago".
pub fn days_ago(instant: Instant, now: Instant) -> String {
    match (now - instant).num_days() {
        ..1 => "in the last day".into(),
        days => format!("{} ago", count(days as usize, "day", "days")),
    }
}

/// Of a device that was never heard again: "not since it joined, 3 October".
pub fn not_since(joined: Instant, now: Instant) -> String {
    format!("not since it joined, {}", relative_day(london_date(joined), london_date(now)))
}

/// Of a form that was left. None: nobody wrote down when.
pub fn begun(at: Option<Instant>, now: Instant) -> String {
    let since = at.map(|at| format!("Begun {}, and not finished. ", when(at, now))).unwrap_or_default();
    format!("{since}What you typed is still here. Nothing has been saved of it.")
}

/// Further away than this, a date without its year could be that of the next year or the last one.
const HALF_A_YEAR: i64 = 183;

/// "today", "yesterday", "tomorrow", or the date: with its year where that is another one, or where it is far away.
pub fn relative_day(date: NaiveDate, today: NaiveDate) -> String {
    match days_between(today, date) {
        -1 => "yesterday".into(),
        0 => "today".into(),
        1 => "tomorrow".into(),
        far if date.year() == today.year() && far.abs() <= HALF_A_YEAR => short_day(date),
        _ => day(date),
    }
}

/// "by 2:05pm today", "by midday on 25 November".
pub fn due(instant: Instant, now: Instant) -> String {
    let (date, today) = (london_date(instant), london_date(now));
    match days_between(today, date) {
        -1..=1 => format!("by {} {}", clock(instant), relative_day(date, today)),
        _ => format!("by {} on {}", clock(instant), relative_day(date, today)),
    }
}

/// "today at 2:05pm": for the next thing to do.
pub fn on(instant: Instant, now: Instant) -> String {
    format!("{} at {}", relative_day(london_date(instant), london_date(now)), clock(instant))
}

/// "1 report", "2 reports".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// "4,033".
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The same of a number that may have a part: "1,240.5".
pub fn thousands(number: f64) -> String {
    let plain = number.to_string();
    let (whole, rest) = plain.find('.').map_or((plain.as_str(), ""), |at| plain.split_at(at));
    let (sign, digits) = whole.split_at(whole.len() - whole.trim_start_matches('-').len());
    digits.parse().map_or(plain.clone(), |digits| format!("{sign}{}{rest}", grouped(digits)))
}

/// "pharmacist", "pharmacist and GP", "pharmacist, GP and family".
pub fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// "definitions of November 2026".
pub fn definitions() -> String {
    let version = DEFINITIONS.trim_start_matches("definitions-");
    match parse_date(&format!("{version}-01")) {
        Some(first) => format!("definitions of {} {}", month(first), first.year()),
        None => format!("definitions {version}"),
    }
}

fn month(date: NaiveDate) -> &'static str {
    MONTHS.get(date.month0() as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{roles::Role, time::parse_instant};

    fn at(text: &str) -> Instant {
        parse_instant(text).expect(text)
    }

    #[test]
    fn large_numbers_have_a_comma_at_each_thousand() {
        let said = [0.0, 999.0, 1000.0, 1114.0, 1240.5, 999_999_999.0, -1234.0].map(thousands);
        assert_eq!(said, ["0", "999", "1,000", "1,114", "1,240.5", "999,999,999", "-1,234"]);
        assert_eq!(count(1114, "report", "reports"), "1,114 reports");
    }

    #[test]
    fn the_definitions_are_named_by_their_month() {
        let number = DEFINITIONS.trim_start_matches("definitions-").split('-').next().expect("a year");
        assert!(MONTHS.iter().any(|month| definitions() == format!("definitions of {month} {number}")));
    }

    #[test]
    fn paper_says_when_and_by_which_role_it_was_printed() {
        let said = |roles: &[Role]| printed(at("2026-11-28T14:05Z"), Roles::of(roles));
        assert_eq!(said(&[]), "Printed on 28 November 2026 at 2:05pm");
        assert_eq!(said(&[Role::Senior]), "Printed on 28 November 2026 at 2:05pm by: senior");
        let both = said(&[Role::Provider, Role::Administrator]);
        assert_eq!(both, "Printed on 28 November 2026 at 2:05pm by: provider and administrator");
    }

    #[test]
    fn a_time_of_day_is_said_as_people_say_it() {
        let check = |text: &str, words: &str| assert_eq!(clock(at(text)), words, "{text}");
        check("2026-11-23T14:05Z", "2:05pm");
        check("2026-11-23T12:00Z", "midday");
        check("2026-06-23T23:00Z", "midnight");
        check("2026-06-23T08:00Z", "9am");
        check("2026-11-23T00:30Z", "12:30am");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(
            [7, 999, 1_000, 4_033, 1_234_567].map(grouped),
            ["7", "999", "1,000", "4,033", "1,234,567"]
        );
        assert_eq!(count(4_033, "entry", "entries"), "4,033 entries");
    }

    #[test]
    fn how_long_ago_is_said_by_the_london_calendar() {
        let now = at("2026-11-23T14:05Z");
        let check = |text: &str, words: &str| assert_eq!(when(at(text), now), words, "{text}");
        check("2026-11-23T14:05Z", "just now");
        check("2026-11-23T13:55Z", "10 minutes ago");
        check("2026-11-23T09:00Z", "today at 9am");
        check("2026-11-22T09:00Z", "yesterday at 9am");
        check("2026-11-02T09:00Z", "2 November at 9am");
        check("2025-11-02T09:00Z", "2 November 2025 at 9am");
    }

    #[test]
    fn a_deadline_names_its_day() {
        let now = at("2026-11-23T14:05Z");
        let check = |text: &str, words: &str| assert_eq!(due(at(text), now), words, "{text}");
        check("2026-11-23T20:00Z", "by 8pm today");
        check("2026-11-24T12:00Z", "by midday tomorrow");
        check("2026-11-30T12:00Z", "by midday on 30 November");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list(&["pharmacist", "GP", "family"]), "pharmacist, GP and family");
        assert_eq!(list(&["GP"]), "GP");
    }
}

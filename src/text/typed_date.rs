//! A date as people type it into three boxes.

use super::common::MONTHS;
use chrono::NaiveDate;

/// The month may be a number or a word, and the year may have two digits: `26` is 2026. Spoken numbers may come with a
/// full stop.
pub fn typed_date(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    let month = number(month).or_else(|| month_named(month))?;
    NaiveDate::from_ymd_opt(year_of(year)?, month, number(day)?)
}

fn number(text: &str) -> Option<u32> {
    let digits = text.trim().trim_end_matches('.');
    digits.chars().all(|letter| letter.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Three digits are a slip of the keyboard.
fn year_of(text: &str) -> Option<i32> {
    let year = i32::try_from(number(text)?).ok()?;
    match text.trim().trim_end_matches('.').len() {
        1 | 2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// "nov", "Sept", "November".
fn month_named(text: &str) -> Option<u32> {
    let start = |word: &str| word.trim().to_lowercase().chars().take(3).collect::<String>();
    let place = MONTHS.iter().position(|month| start(month) == start(text))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::typed_date;

    #[test]
    fn a_date_is_read_as_people_type_it() {
        let check = |day: &str, month: &str, year: &str, expected: Option<&str>| {
            let read = typed_date(day, month, year).map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{day} {month} {year}");
        };
        check("27", "11", "2026", Some("2026-11-27"));
        check("27", "November", "2026", Some("2026-11-27"));
        check("27.", "nov", "26", Some("2026-11-27"));
        check(" 30 ", "Sept", " 26 ", Some("2026-09-30"));
        check("1", "1", "00", Some("2000-01-01"));
        check("31", "12", "99", Some("2099-12-31"));
        check("1", "9", "5", Some("2005-09-01"));
        check("31", "2", "2026", None);
        check("1", "9", "206", None);
        check("1", "9", "20266", None);
        check("1", "9", "-5", None);
        check("1", "ma", "2026", None);
        check("", "2", "2026", None);
        check("1", "2", "", None);
        check("", "", "", None);
    }
}

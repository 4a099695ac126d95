//! From what was typed to what a verb takes, and back. What does not read is said beside its field.

use super::{Ask, Look};
use crate::{
    text::{
        review::{errors, record::lower_first},
        typed_date::typed_date,
    },
    ui::FieldError,
};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use domain::time::{self, Instant};
use serde_json::{Map, Value, json};

pub const DATE_PARTS: [&str; 3] = ["day", "month", "year"];

const NOT_A_DATE: &str = "type a real date, for example 27 11 2026";
const NOT_A_TIME: &str = "type the time, for example 2:05pm";
const NOT_A_NUMBER: &str = "type a number, for example 3";
const BELOW_ZERO: &str = "type 0 or a higher number, for example 3";
const NOT_WHOLE: &str = "type a whole number, for example 3";

/// The fields of a verb, and everything that is wrong.
pub fn read(asks: &[Ask], answers: &Map<String, Value>) -> (Map<String, Value>, Vec<FieldError>) {
    let mut with = Map::new();
    let mut problems = Vec::new();
    for ask in asks {
        match value(ask, answers) {
            Ok(Value::Number(_)) | Err(_) if let Some(words) = out_of_range(ask, answers) => {
                problems.push(FieldError::new(ask.name, errors::of_field(ask.label, &words)));
            }
            Ok(Value::Null) if ask.required => {
                problems.push(FieldError::new(ask.name, no_answer(ask)));
            }
            Ok(Value::Null) => {}
            Ok(Value::String(text)) if ask.most.is_some_and(|most| text.chars().count() > most) => {
                let most = ask.most.unwrap_or_default();
                let words = format!("use {most} characters or fewer");
                problems.push(FieldError::new(ask.name, errors::of_field(ask.label, &words)));
            }
            Ok(value) => put(&mut with, ask.name, value),
            Err(words) => problems.push(FieldError::new(ask.name, errors::of_field(ask.label, words))),
        }
    }
    (with, problems)
}

/// The first message says it all: that it is a whole number, and from where to where.
fn out_of_range(ask: &Ask, answers: &Map<String, Value>) -> Option<String> {
    let (from, to) = ask.range?;
    let fits =
        value(ask, answers).is_ok_and(|value| value.as_u64().is_some_and(|n| (from..=to).contains(&n)));
    (!fits).then(|| format!("type a whole number from {from} to {to}"))
}

/// What to say where a needed answer is missing.
pub fn no_answer(ask: &Ask) -> String {
    // The code of an entry is called otherwise on each list: "Sign-in name" for staff.
    if ask.name == "id" {
        return format!("Enter a {}", lower_first(ask.label));
    }
    let own = errors::missing(ask.name).map(str::to_owned);
    own.unwrap_or_else(|| errors::of_field(ask.label, what_to_do(ask.look)))
}

/// What to say where the domain takes the answer for none that fits.
pub fn does_not_fit(ask: &Ask) -> String {
    errors::of_field(ask.label, what_to_do(ask.look))
}

fn what_to_do(look: Look) -> &'static str {
    match look {
        Look::Words | Look::Line | Look::Lines | Look::Whys => "type an answer",
        Look::Number => BELOW_ZERO,
        Look::Whole => NOT_WHOLE,
        Look::Date | Look::Due => NOT_A_DATE,
        Look::Moment => "type a real date and time, for example 27 11 2026 and 2:05pm",
        Look::Many(_) | Look::PickMany(_) | Look::Factors | Look::Evidence => "select at least one answer",
        Look::YesNo | Look::One(_) | Look::Level(_) | Look::Pick(_) => "select an answer",
    }
}

/// `plan.section` goes into the group `plan`.
fn put(with: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => drop(with.insert(name.to_owned(), value)),
        Some((group, field)) => {
            let group = with.entry(group).or_insert_with(|| json!({}));
            if let Some(group) = group.as_object_mut() {
                group.insert(field.to_owned(), value);
            }
        }
    }
}

/// The answer in the form that a verb takes; null when there is none.
fn value(ask: &Ask, answers: &Map<String, Value>) -> Result<Value, &'static str> {
    let typed = answers.get(ask.name);
    let text = typed.and_then(Value::as_str).unwrap_or_default().trim();
    let or_nothing = |value: Value| if text.is_empty() { Value::Null } else { value };
    match ask.look {
        Look::Words | Look::Line | Look::One(_) | Look::Pick(_) => Ok(or_nothing(text.into())),
        Look::Level(_) => Ok(text.parse::<u8>().map_or(Value::Null, Value::from)),
        Look::YesNo => Ok(or_nothing((text == "y").into())),
        Look::Number if text.is_empty() => Ok(Value::Null),
        Look::Number => match number(text) {
            Some(number) if number.as_f64().is_some_and(|number| number < 0.0) => Err(BELOW_ZERO),
            number => number.ok_or(NOT_A_NUMBER),
        },
        Look::Whole if text.is_empty() => Ok(Value::Null),
        Look::Whole => number(text).filter(Value::is_u64).ok_or(NOT_WHOLE),
        Look::Whys => {
            let lines: Vec<String> = texts(typed)
                .iter()
                .map(|line| line.trim().to_owned())
                .filter(|line| !line.is_empty())
                .collect();
            Ok(if lines.is_empty() { Value::Null } else { lines.into() })
        }
        Look::Many(_) | Look::PickMany(_) | Look::Factors | Look::Evidence => {
            let codes = texts(typed);
            Ok(if codes.is_empty() { Value::Null } else { codes.into() })
        }
        Look::Lines => {
            let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            Ok(or_nothing(lines.into()))
        }
        Look::Date | Look::Due => Ok(date(typed)?.map_or(Value::Null, |date| date.to_string().into())),
        Look::Moment => match date(typed)? {
            None => Ok(Value::Null),
            Some(date) => {
                let at = answers.get(&time_name(ask.name)).and_then(Value::as_str).unwrap_or_default();
                let at = clock(at).ok_or(NOT_A_TIME)?;
                Ok(time::from_london(date.and_time(at)).to_rfc3339().into())
            }
        },
    }
}

/// Name of the time that belongs to a date.
pub fn time_name(name: &str) -> String {
    format!("{name}-time")
}

pub fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

pub fn parts(day: &str, month: &str, year: &str) -> Value {
    let [day_name, month_name, year_name] = DATE_PARTS;
    json!({ day_name: day, month_name: month, year_name: year })
}

/// A date as it stands in the three boxes.
pub fn date_answer(date: NaiveDate) -> Value {
    parts(&date.day().to_string(), &date.month().to_string(), &date.year().to_string())
}

/// A time as it stands in a time box.
pub fn time_answer(instant: Instant) -> Value {
    let wall = time::london(instant);
    format!("{:02}:{:02}", wall.hour(), wall.minute()).into()
}

/// What stands in the boxes for a value that is already there, for a form that changes it.
pub fn answers_of(ask: &Ask, value: &Value) -> Vec<(String, Value)> {
    let one = |value: Value| vec![(ask.name.to_owned(), value)];
    match (ask.look, value) {
        (_, Value::Null) => Vec::new(),
        (Look::YesNo, Value::Bool(yes)) => one(if *yes { "y" } else { "n" }.into()),
        (Look::Date | Look::Due, Value::String(text)) => {
            time::parse_date(text).map(|date| one(date_answer(date))).unwrap_or_default()
        }
        (Look::Moment, Value::String(text)) => match time::parse_instant(text) {
            Some(instant) => vec![
                (ask.name.to_owned(), date_answer(time::london_date(instant))),
                (time_name(ask.name), time_answer(instant)),
            ],
            None => Vec::new(),
        },
        (Look::Lines, list @ Value::Array(_)) => one(texts(Some(list)).join("\n").into()),
        (_, Value::Number(number)) => one(number.to_string().into()),
        (_, value) => one(value.clone()),
    }
}

/// The date in three boxes; none when all are empty.
fn date(parts: Option<&Value>) -> Result<Option<NaiveDate>, &'static str> {
    let part = |name: &str| {
        parts.and_then(|parts| parts.get(name)).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
    };
    let [day, month, year] = DATE_PARTS.map(part);
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return Ok(None);
    }
    typed_date(&day, &month, &year).map(Some).ok_or(NOT_A_DATE)
}

/// Spoken numbers may come with a full stop.
fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.trim_end_matches('.').parse().ok()
}

/// "14:05", as the time box gives it.
fn clock(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once(':')?;
    NaiveTime::from_hms_opt(digits(hour)?, digits(minute.get(..2)?)?, 0)
}

fn number(text: &str) -> Option<Value> {
    let text = text.trim_end_matches('.');
    if let Ok(whole) = text.parse::<u64>() {
        return Some(whole.into());
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::record::form::ask;

    fn check(look: Look, typed: Value, expected: Result<Value, &str>) {
        let mut answers = Map::new();
        answers.insert("x".into(), typed);
        answers.insert("x-time".into(), "14:05".into());
        assert_eq!(value(&ask("x", "X", look), &answers), expected);
    }

    #[test]
    fn a_date_is_read_as_people_type_it() {
        check(Look::Date, parts("27", "Nov", "2026"), Ok("2026-11-27".into()));
        check(Look::Date, parts("27.", "11", "26"), Ok("2026-11-27".into()));
        check(Look::Date, parts("", "", ""), Ok(Value::Null));
        check(Look::Date, parts("31", "2", "2026"), Err(NOT_A_DATE));
        check(Look::Moment, parts("27", "7", "2026"), Ok("2026-07-27T13:05:00+00:00".into()));
    }

    #[test]
    fn a_group_is_put_together_from_its_fields() {
        let mut with = Map::new();
        put(&mut with, "baseline.count", 3.into());
        put(&mut with, "baseline.unit", "days".into());
        assert_eq!(Value::Object(with), json!({"baseline": {"count": 3, "unit": "days"}}));
    }

    #[test]
    fn empty_answers_are_absent() {
        check(Look::Words, "  ".into(), Ok(Value::Null));
        check(Look::Many(&domain::vocabulary::FACTOR), json!([]), Ok(Value::Null));
        check(Look::Number, "3.".into(), Ok(3.into()));
        check(Look::Number, "three".into(), Err(NOT_A_NUMBER));
        check(Look::Number, "-2".into(), Err(BELOW_ZERO));
        check(Look::Whole, "2.5".into(), Err(NOT_WHOLE));
    }

    #[test]
    fn a_text_that_is_too_long_is_refused_and_one_that_just_fits_is_not() {
        let asks = [ask("reason", "Why?", Look::Words).at_most(3)];
        let told = |typed: &str| {
            let answers = [("reason".to_owned(), typed.into())].into_iter().collect();
            read(&asks, &answers).1.into_iter().map(|error| error.message).collect::<Vec<_>>()
        };
        assert_eq!(told("éèê"), [""; 0]);
        assert_eq!(told("abcd"), ["Why? Use 3 characters or fewer"]);
    }

    #[test]
    fn the_first_message_about_a_number_says_its_range() {
        let asks = [ask("hours", "Hours", Look::Whole).within(&(1..=8760))];
        let told = |typed: &str| {
            let answers = [("hours".to_owned(), typed.into())].into_iter().collect();
            read(&asks, &answers).1.into_iter().map(|error| error.message).collect::<Vec<_>>()
        };
        for wrong in ["-1", "abc", "0", "9999", "2.5"] {
            assert_eq!(told(wrong), ["Hours: type a whole number from 1 to 8760"], "{wrong}");
        }
        for right in ["", "1", "8760"] {
            assert_eq!(told(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn every_message_names_its_field() {
        let asks = [
            ask("value.count", "How many after?", Look::Number).needed(),
            ask("from", "First day", Look::Date),
        ];
        let mut answers = Map::new();
        answers.insert("value.count".into(), "-2".into());
        answers.insert("from".into(), parts("31", "2", "2026"));
        let told: Vec<_> =
            read(&asks, &answers).1.into_iter().map(|error| (error.id, error.message)).collect();
        let expected = [
            ("value.count", "How many after? Type 0 or a higher number, for example 3"),
            ("from", "First day: type a real date, for example 27 11 2026"),
        ];
        assert_eq!(told, expected.map(|(id, words)| (id.to_owned(), words.to_owned())));
        let reader = ask("reader", "Who is it for?", Look::Line).needed();
        let told = read(&[reader], &Map::new()).1;
        assert_eq!(told[0].message, "Who is it for? Type an answer");
        for (label, words) in [("Code", "Enter a code"), ("Sign-in name", "Enter a sign-in name")] {
            assert_eq!(no_answer(&ask("id", label, Look::Line).needed()), words);
        }
    }
}

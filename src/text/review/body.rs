//! Who must be told, and why.

use domain::{
    category::CategorySpec,
    notification::{self, Also, Row},
    vocabulary,
};

/// The words of a question of the rule set.
pub fn question(id: &str) -> &str {
    let known = notification::rules().questions.iter().find(|question| question.id == id);
    known.map_or(id, |question| question.words.as_str())
}

/// One more sentence of a question, for its hint. Everything else stands in its help.
pub fn question_hint(id: &str) -> &'static str {
    vocabulary::QUESTION.find(id).map_or("", |code| code.help).trim_end_matches('.')
}

/// The rules and laws behind a question, and when they were checked.
pub fn source(id: &str) -> String {
    let help = notification::help();
    let source = help.question(id).map_or("", |help| help.source.as_str());
    format!("Source: {source}. Checked in {}.", checked(&help.checked))
}

/// Why a row of the rules speaks for a body: "A yes to: Did anyone die? (Registration Regs 16, 17)".
pub fn why(row: &Row, answer: Option<&str>) -> String {
    let said = match (&row.question, answer) {
        (Some(id), Some("y")) => format!("Yes to: {}", question(id)),
        (Some(id), Some("unsure")) => format!("Not sure: {}", question(id)),
        _ => row.also.map(known).unwrap_or_default().to_owned(),
    };
    format!("{said} ({})", row.source)
}

pub(super) fn known(also: Also) -> &'static str {
    match also {
        Also::UtilityOutage => "Power, gas, water or drains were off for more than 24 hours",
        Also::SafetyDeviceOutage => "A safety device was out for more than 24 hours",
        Also::RestrictivePractice => "Someone was held, blocked or restricted",
        Also::RepeatAlert => "This has happened again and again",
    }
}

/// "Not legal advice. Rule set rules-2026-11 ..., last checked in November 2026."
pub fn caveat() -> String {
    let rules = notification::rules();
    format!(
        "Not legal advice. Rule set {} with {}, last checked in {}.",
        rules.version,
        notification::help().version,
        checked(&rules.checked)
    )
}

/// "2026-11" as people say it.
fn checked(month: &str) -> String {
    let date = domain::time::parse_date(&format!("{month}-01"));
    date.map_or_else(
        || month.to_owned(),
        |date| {
            let words = crate::text::common::day(date);
            words.split_once(' ').map(|(_, rest)| rest.to_owned()).unwrap_or(words)
        },
    )
}

/// The questions of a category in order.
pub fn questions(spec: &CategorySpec) -> Vec<&'static str> {
    notification::questions_for(spec).map(|question| question.id.as_str()).collect()
}

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

/// One more sentence and the source of a question, for its hint.
pub fn question_hint(id: &str) -> String {
    let help = vocabulary::QUESTION.find(id).map_or("", |code| code.help).trim_end_matches('.');
    let rows = notification::rules().rows.iter();
    let sources: Vec<&str> =
        rows.filter(|row| row.question.as_deref() == Some(id)).map(|row| row.source.as_str()).collect();
    match (help, sources.is_empty()) {
        ("", true) => String::new(),
        ("", false) => format!("Source: {}", sources.join("; ")),
        (help, true) => help.to_owned(),
        (help, false) => format!("{help}. Source: {}", sources.join("; ")),
    }
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

fn known(also: Also) -> &'static str {
    match also {
        Also::UtilityOutage => "Power, gas, water or drains were off for more than 24 hours",
        Also::SafetyDeviceOutage => "A safety device was out for more than 24 hours",
        Also::RestrictivePractice => "Someone was held, blocked or restricted",
        Also::RepeatAlert => "This has happened again and again",
    }
}

/// "Rules of rules-2026-11, last checked 2026-11. ..."
pub fn caveat() -> String {
    let rules = notification::rules();
    format!(
        "This is help, not legal advice. Rule set {}, last checked in {}.",
        rules.version,
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

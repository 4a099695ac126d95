//! Names of what is counted: types, places, causes, hours, steps late.

use crate::text::review::record::{lower_first, place_name};
use domain::{
    category,
    directory::Directory,
    measures::{
        category_per,
        index::{By, LateFor},
    },
    record::NOT_ANSWERED,
    vocabulary::{CONTROL_STRENGTH, DENOMINATOR, FACTOR},
};

pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub const NO_PLACE: &str = "No place given";
/// The strongest first.
pub const STRENGTHS: [&str; 3] = ["stronger", "intermediate", "weaker"];

/// "Medicines", or "all categories".
pub fn category_name(code: Option<&str>) -> String {
    match code {
        None => "all categories".into(),
        Some(code) => category::find(code).map_or_else(|| code.to_owned(), |spec| spec.name.to_owned()),
    }
}

/// What a group of records is called.
pub fn key_name(by: By, key: &str, directory: &Directory) -> String {
    let place = |code: &str| if code.is_empty() { NO_PLACE.to_owned() } else { place_name(code, directory) };
    let in_lists = |field: &str| {
        let fields = category::CATEGORIES.into_iter().flat_map(|spec| spec.fields);
        let list = fields.filter(|known| known.name == field).find_map(|known| match &known.kind {
            domain::fields::Kind::Code(list) | domain::fields::Kind::Codes(list) => Some(*list),
            _ => None,
        });
        list.map_or_else(|| key.to_owned(), |list| list.label(key).to_owned())
    };
    match by {
        By::Category => category_name(Some(key)),
        By::Subtype => {
            let (of, subtype) = key.split_once('/').unwrap_or(("", key));
            category::find(of).map_or_else(
                || subtype.to_owned(),
                |spec| {
                    let words = if subtype.is_empty() { NOT_ANSWERED } else { spec.subtypes.label(subtype) };
                    format!("{}: {}", spec.name, lower_first(words))
                },
            )
        }
        By::Place => place(key),
        By::Factor => FACTOR.label(key).to_owned(),
        By::Trigger => in_lists("triggers"),
        By::RiskGroup => in_lists("risk_group"),
        By::Hour => when(key, 1),
        By::Hours => when(key, 3),
        By::PlaceOfCategory => {
            let (of, code) = key.split_once('/').unwrap_or((key, ""));
            format!("{}, {}", place(code), lower_first(&category_name(Some(of))))
        }
        By::Reporter => directory.staff_name(key).to_owned(),
    }
}

/// "Monday, 2pm to 3pm" of `0/14`.
fn when(key: &str, width: u32) -> String {
    let (day, hour) = key.split_once('/').unwrap_or((key, "0"));
    let day = day.parse::<usize>().ok().and_then(|day| DAYS.get(day)).copied().unwrap_or_default();
    format!("{day}, {}", hours(hour.parse().unwrap_or_default(), width))
}

/// "2pm to 3pm", "midnight to 3am".
pub fn hours(first: u32, width: u32) -> String {
    let clock = |hour: u32| match hour % 24 {
        0 => "midnight".to_owned(),
        12 => "midday".to_owned(),
        hour if hour < 12 => format!("{hour}am"),
        hour => format!("{}pm", hour - 12),
    };
    format!("{} to {}", clock(first), clock(first + width))
}

pub fn late_for(rung: LateFor) -> &'static str {
    match rung {
        LateFor::Week => "Late by 0 to 7 days",
        LateFor::Month => "Late by 8 to 30 days",
        LateFor::Longer => "Late by more than 30 days",
    }
}

/// "occupied bed days" of its code, for the middle of a sentence.
pub fn measure_of(code: &str) -> String {
    lower_first(DENOMINATOR.label(code))
}

/// "near misses", or those of the one category that goes with this denominator, for the middle of a sentence.
pub fn near_misses_per(denominator: &str) -> &'static str {
    match category_per(denominator) {
        None => "near misses",
        Some(_) => "near misses with medicines",
    }
}

/// "Stronger", "In between" or "Weaker".
pub fn strength(code: &str) -> &str {
    CONTROL_STRENGTH.label(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_group_has_a_name_in_words() {
        let directory = Directory::default();
        let name = |by, key| key_name(by, key, &directory);
        assert_eq!(name(By::Subtype, "medication/wrong_dose"), "Medicines: wrong dose or amount");
        assert_eq!(name(By::Subtype, "medication/"), "Medicines: not answered yet");
        assert_eq!(name(By::Place, ""), NO_PLACE);
        assert_eq!(name(By::Hour, "0/14"), "Monday, 2pm to 3pm");
        assert_eq!(name(By::Hours, "6/21"), "Sunday, 9pm to midnight");
        assert_eq!(name(By::Factor, "training"), "Training");
        assert_ne!(name(By::Trigger, "noise"), "noise");
        assert_ne!(name(By::RiskGroup, "insulin"), "insulin");
    }
}

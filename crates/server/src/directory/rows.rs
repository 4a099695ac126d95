//! Checks rows of a change one by one and says for each what is wrong. Whether the author may is in `change`.

use super::settings;
use crate::error::RowProblem;
use chrono::NaiveDate;
use domain::{
    directory::{Asset, Contract, Council, Directory, Person, Place, Settings, Site, Staff},
    ids::SiteId,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

pub const LONGEST_NAME: usize = 120;
const LONGEST_CODE: usize = 64;
const MOST_UNITS: usize = 50;
/// A threshold document in full, with room to spare.
const LONGEST_TEXT: usize = 20_000;

/// One problem of a row.
pub type Problem = (&'static str, String);

/// A code of a site or of staff: letters, digits, dots, hyphens, underscores.
pub fn is_code(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let reserved = ["anonymous", "hidden", "unclaimed"];
    (1..=LONGEST_CODE).contains(&text.len())
        && text.chars().all(fits)
        && text.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && !reserved.contains(&text)
}

/// A code of a place, person or asset may also have blanks and letters of any language.
pub fn is_loose_code(text: &str) -> bool {
    (1..=LONGEST_CODE).contains(&text.chars().count())
        && text.trim() == text
        && !text.chars().any(char::is_control)
}

/// A code made from a name: "Willow House" gives `willow-house`.
pub fn code_of(name: &str) -> String {
    let parts = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let code = parts.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    let code: String = code.chars().take(LONGEST_CODE).collect();
    if code.is_empty() { "site".into() } else { code }
}

/// Reads the value of a row. A field that does not exist is a typing mistake, not a field to ignore.
pub fn read<T: DeserializeOwned + Serialize + Default>(value: &Value) -> Result<T, Problem> {
    let Some(given) = value.as_object() else { return Err(("value", "This row cannot be read.".into())) };
    let known = serde_json::to_value(T::default()).unwrap_or_default();
    if let Some(name) = given.keys().find(|name| known.get(name.as_str()).is_none()) {
        return Err(("value", format!("There is no field named {name}.")));
    }
    serde_json::from_value(value.clone()).map_err(|error| ("value", explain(&error)))
}

pub fn site(site: &Site, today: NaiveDate) -> Vec<Problem> {
    let mut problems = named(&site.name);
    if !site.begins_in_sight(today) {
        problems.push((
            "live_from",
            format!("The first day must be from {} to one year from now. Check the year.", Site::FIRST_YEAR),
        ));
    }
    if site.units.len() > MOST_UNITS || site.units.iter().any(|unit| !is_loose_code(unit)) {
        problems.push(("units", "A unit has a name of 1 to 64 letters, and a site at most 50 units.".into()));
    }
    if (1..site.units.len()).any(|index| site.units[..index].contains(&site.units[index])) {
        problems.push(("units", "The same unit is listed twice.".into()));
    }
    problems.extend(settings::problems(&site.settings));
    problems
}

pub fn staff(directory: &Directory, staff: &Staff) -> Vec<Problem> {
    let mut problems = named(&staff.name);
    let unknown = |site: &SiteId| !directory.sites.contains_key(site);
    if let Some(site) = staff.roles.keys().find(|site| unknown(site)) {
        problems.push(("roles", format!("There is no site {site}.")));
    }
    if staff.from.zip(staff.to).is_some_and(|(from, to)| to < from) {
        problems.push(("to", "The last date is before the first date.".into()));
    }
    for stand_in in &staff.delegate {
        if unknown(&stand_in.site) {
            problems.push(("delegate", format!("There is no site {}.", stand_in.site)));
        }
        if stand_in.to < stand_in.from {
            problems.push(("delegate", "The last date is before the first date.".into()));
        }
    }
    problems
}

pub fn person(directory: &Directory, person: &Person) -> Vec<Problem> {
    at_place(directory, &person.site, &person.place)
}

pub fn place(directory: &Directory, place: &Place) -> Vec<Problem> {
    let mut problems = named(&place.name);
    match directory.sites.get(&place.site) {
        None => problems.push(no_site(&place.site)),
        Some(site) if !place.unit.is_empty() && !site.units.contains(&place.unit) => {
            problems.push(("unit", format!("The site has no unit {}.", place.unit)));
        }
        Some(_) => {}
    }
    problems
}

pub fn asset(directory: &Directory, asset: &Asset) -> Vec<Problem> {
    let mut problems = named(&asset.name);
    problems.extend(at_place(directory, &asset.site, &asset.place));
    problems
}

/// A site may name a council before its text is loaded, but not one that is not on the list.
pub fn council_of_site(directory: &Directory, site: &Site) -> Vec<Problem> {
    let known = site.council.is_empty() || directory.councils.contains_key(&site.council);
    if known { Vec::new() } else { vec![("council", format!("There is no council {}.", site.council))] }
}

pub fn council(council: &Council) -> Vec<Problem> {
    let mut problems = named(&council.name);
    problems.extend(worded("text", &council.text, "The text of the threshold is missing."));
    problems
}

pub fn contract(directory: &Directory, contract: &Contract) -> Vec<Problem> {
    let mut problems = named(&contract.name);
    problems.extend(worded("tell", &contract.tell, "Say what must be told."));
    if contract.hours.is_some_and(|hours| !Settings::HOURS.contains(&hours)) {
        problems.push(("hours", "The hours must be a whole number from 1 to 8760.".into()));
    }
    if let Some(site) = contract.sites.iter().find(|site| !directory.sites.contains_key(*site)) {
        problems.push(("sites", format!("There is no site {site}.")));
    }
    problems
}

fn worded(field: &'static str, text: &str, missing: &str) -> Option<Problem> {
    if text.trim().is_empty() {
        return Some((field, missing.into()));
    }
    (text.chars().count() > LONGEST_TEXT)
        .then(|| (field, "The text is too long. Use at most 20,000 letters.".into()))
}

/// Problems of one row as they are told; rows count from 1.
pub fn at_row(index: usize, problems: Vec<Problem>) -> impl Iterator<Item = RowProblem> {
    problems.into_iter().map(move |(field, sentence)| RowProblem {
        row: index + 1,
        field: field.into(),
        sentence,
    })
}

fn named(name: &str) -> Vec<Problem> {
    if name.trim().is_empty() {
        return vec![("name", "The name is missing.".into())];
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return vec![("name", "The name is too long. Use at most 120 letters.".into())];
    }
    Vec::new()
}

fn at_place(directory: &Directory, site: &SiteId, place: &str) -> Vec<Problem> {
    if !directory.sites.contains_key(site) {
        return vec![no_site(site)];
    }
    match directory.places.get(place) {
        _ if place.is_empty() => Vec::new(),
        None => vec![("place", format!("There is no place {place}."))],
        Some(found) if found.site != *site => {
            vec![("place", format!("The place {place} is at another site."))]
        }
        Some(_) => Vec::new(),
    }
}

fn no_site(site: &str) -> Problem {
    if site.is_empty() {
        return ("site", "The site is missing.".into());
    }
    ("site", format!("There is no site {site}."))
}

/// Words for a value that does not fit its field.
fn explain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let quoted = |text: &str| text.split('`').nth(1).map(str::to_owned);
    match quoted(&text) {
        Some(name) if text.contains("unknown variant") => format!("There is no role {name}."),
        Some(name) if text.contains("unknown field") => format!("There is no field named {name}."),
        _ if text.contains("input") || text.contains("date") => "A date has the form 2026-06-30.".into(),
        _ => "A value has the wrong form.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn codes() {
        for (text, fine) in
            [("ada01", true), ("a.b-c_d", true), ("", false), ("a b", false), ("hidden", false)]
        {
            assert_eq!(is_code(text), fine, "{text}");
        }
        for (text, fine) in [("Bathroom 2", true), ("Žofie's room", true), (" x", false), ("a\nb", false)] {
            assert_eq!(is_loose_code(text), fine, "{text}");
        }
        assert_eq!(code_of("Willow House"), "willow-house");
        assert_eq!(code_of("日本"), "site");
    }

    #[test]
    fn rows_say_what_is_wrong_with_them() {
        let check = |value: Value, words: &str| assert_eq!(read::<Staff>(&value).expect_err(words).1, words);
        check(json!({"name": "Ada", "rolls": {}}), "There is no field named rolls.");
        check(json!({"name": "Ada", "roles": {"elm": ["boss"]}}), "There is no role boss.");
        check(json!({"name": "Ada", "from": "30/06/2026"}), "A date has the form 2026-06-30.");
        check(json!({"name": 5}), "A value has the wrong form.");
        check(json!([]), "This row cannot be read.");
        let problem =
            read::<Site>(&json!({"name": "Elm", "settings": {"step9_hours": 1}})).expect_err("field");
        assert_eq!(problem.1, "There is no field named step9_hours.");
    }
}

//! What happens everywhere: which day, which site, which story, and what is not usual about it.

use super::{Planned, Turn, at_hour};
use crate::seed::{
    LongStory,
    chance::Chance,
    play::{Play, Story},
};
use anyhow::{Context, Result};
use chrono::{Datelike, Duration, Weekday};
use domain::{
    directory::Directory,
    time::{Instant, add_days, london_date},
};
use serde_json::{Map, Value, json};

const SITES: [(&str, i64); 3] = [("meadow-house", 4), ("oakview", 3), ("harbour-court", 4)];
/// Its stories are those of the other care home.
const LIKE: (&str, &str) = ("harbour-court", "meadow-house");
/// Reports in each hour of the day, beside each other.
const HOURS: [i64; 24] = [2, 1, 1, 1, 2, 3, 5, 9, 12, 9, 7, 7, 10, 8, 6, 5, 6, 9, 9, 7, 7, 6, 4, 3];
/// A floor from which nothing is heard: site, unit, first and last day.
const QUIET: (&str, &str, i64, i64) = ("harbour-court", "First floor", 205, 262);

/// So many reports, spread over the days.
pub fn plan(play: &mut Play, start: Instant, days: i64, long: LongStory) -> Result<Vec<(Instant, Planned)>> {
    let first = london_date(start);
    let weights: Vec<(i64, i64)> = (0..days)
        .map(|day| {
            let date = add_days(first, u64::try_from(day).unwrap_or_default());
            let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            // People get used to speaking up; winter has more of everything.
            let growth = 70 + 60 * day / days;
            (day, growth * winter(date.month()) * if weekend { 8 } else { 10 })
        })
        .collect();
    let hours: Vec<(i64, i64)> = (0..).zip(HOURS).collect();
    let mut planned = Vec::new();
    let mut made = 0;
    while made < long.records {
        let chance = &mut play.chance;
        let day = chance.weighted(&weights, |day| day.1).context("a year has days")?.0;
        let hour = chance.weighted(&hours, |hour| hour.1).context("a day has hours")?.0;
        let site = match long.site {
            Some(only) => only,
            None => chance.weighted(&SITES, |site| site.1).context("there are sites")?.0,
        };
        let at = at_hour(start, day, hour, chance);
        let month = london_date(at).month();
        let fitting: Vec<(&Story, i64)> =
            play.stories.iter().map(|story| (story, weight(story, site, month))).collect();
        let story = chance.weighted(&fitting, |story| story.1).context("every site has stories")?.0;
        let mut with = story.with.clone();
        place(&mut with, site, day, &play.cast.directory, chance);
        colour(&mut with, month, chance);
        let turn = turn(&with, chance);
        made += if turn == Turn::Twin { 2 } else { 1 };
        planned.push((at, Planned { site: site.to_owned(), with, thread: None, turn }));
    }
    Ok(planned)
}

fn winter(month: u32) -> i64 {
    match month {
        12 | 1 | 2 => 13,
        3 | 11 => 11,
        8 => 11,
        _ => 10,
    }
}

/// How often a story happens at a site in a month; those that a thread tells are left to it.
fn weight(story: &Story, site: &str, month: u32) -> i64 {
    let told_like = if site == LIKE.0 { LIKE.1 } else { site };
    if !story.sites.iter().any(|known| known == told_like) {
        return 0;
    }
    let with = &story.with;
    let says = |field: &str, value: &str| {
        with.get(field).is_some_and(|said| {
            said == value || said.as_array().is_some_and(|list| list.contains(&json!(value)))
        })
    };
    let is_thread = says("risk_group", "insulin")
        || says("hazard", "hoist")
        || says("people", "S-09")
        || says("error_type", "storage_temperature") && site == LIKE.1
        || site == LIKE.0
            && (says("hazard", "call_bell_telecare")
                || says("hazard", "outdoor_ice")
                || says("error_type", "mar_gap"));
    let is_cold = matches!(month, 11 | 12 | 1 | 2 | 3);
    match () {
        () if is_thread => 0,
        () if says("hazard", "outdoor_ice") => {
            if is_cold {
                story.weight * 4
            } else {
                0
            }
        }
        // Once in a while here; in the weeks of a demonstration it is what everybody talks about.
        () if says("risk_group", "anticoagulant") => story.weight / 2,
        () if says("hazard", "slip_trip_surface") || says("hazard", "lighting") => {
            if is_cold {
                story.weight * 2
            } else {
                story.weight
            }
        }
        () => story.weight,
    }
}

/// Somewhere at the site, and somebody who lives there.
fn place(with: &mut Map<String, Value>, site: &str, day: i64, directory: &Directory, chance: &mut Chance) {
    let (quiet_site, quiet_unit, from, to) = QUIET;
    let is_quiet = |unit: &str| site == quiet_site && unit == quiet_unit && (from..=to).contains(&day);
    let places: Vec<(&String, &str)> = directory
        .places
        .iter()
        .filter(|(_, place)| *place.site == *site && !is_quiet(&place.unit))
        .map(|(id, place)| (id, place.unit.as_str()))
        .collect();
    // Most things of a kind are not the one that has a number.
    if with.contains_key("asset") && chance.happens(65) {
        with.remove("asset");
    }
    let has_asset = with.contains_key("asset");
    if let Some((place, unit)) = chance.pick(&places).filter(|_| !has_asset) {
        with.insert("location".into(), json!(place));
        with.insert("unit".into(), json!(unit));
    }
    let people: Vec<&str> =
        directory.people.iter().filter(|(_, person)| *person.site == *site).map(|(id, _)| &**id).collect();
    if with.contains_key("people")
        && let Some(person) = chance.pick(&people)
    {
        with.insert("people".into(), json!([person]));
    }
}

/// Most near misses are stopped; some reach somebody, a few do harm, and sometimes nobody is sure.
fn colour(with: &mut Map<String, Value>, month: u32, chance: &mut Chance) {
    let mut set = |field: &str, value: Value| with.insert(field.to_owned(), value);
    let is = |with: &Map<String, Value>, field: &str, value: &str| {
        with.get(field).is_some_and(|said| said == value)
    };
    match chance.between(1, 1000) {
        1..=14 => {
            set("happened", json!("something_happened"));
            set("reached", json!("yes"));
            set("harm", json!("some"));
        }
        15..=60 => {
            set("happened", json!("something_happened"));
            set("reached", json!("yes"));
            set("harm", json!("none"));
        }
        61..=85 => {
            set("happened", json!("something_happened"));
            set("reached", json!("unsure"));
            with.remove("harm");
        }
        86..=130 => {
            set("caught_by", json!("chance"));
            set("defence", json!("luck"));
        }
        131..=180 => {
            set("good_catch", json!(true));
        }
        _ => {}
    }
    if is(with, "category", "behaviour") && chance.happens(2) {
        with.insert("hands_on".into(), json!("yes"));
        with.insert("restrictive_types".into(), json!(["physical"]));
        with.insert("outcome".into(), json!("needed_hands_on"));
    }
    if is(with, "concern", "very") && chance.happens(75) {
        with.insert("concern".into(), json!("fairly"));
    }
    let short = if matches!(month, 8 | 12) { 22 } else { 8 };
    if chance.happens(short) {
        with.insert("short_staffed".into(), json!(true));
    }
    if chance.happens(short) {
        with.insert("agency_present".into(), json!(true));
    }
}

fn turn(with: &Map<String, Value>, chance: &mut Chance) -> Turn {
    const OFF: [&str; 6] =
        ["electricity", "water", "gas", "fire_alarm", "call_system", "other_safety_device"];
    let is_environment = with.get("category").is_some_and(|category| category == "environment");
    match chance.between(1, 1000) {
        1..=70 => Turn::Late(chance.between(2, 16)),
        71..=82 => Turn::Late(chance.between(20, 90)),
        83..=97 => Turn::Twin,
        98..=105 => Turn::Nameless,
        106..=123 => Turn::Contested,
        124..=143 if is_environment => {
            let what = chance.pick(&OFF).copied().unwrap_or("electricity");
            let hours = if chance.happens(30) { chance.between(25, 60) } else { chance.between(1, 14) };
            Turn::Outage(what, hours)
        }
        144..=152 => Turn::Withdrawn,
        153..=190 => Turn::Asked,
        191..=210 => Turn::Corrected,
        _ => Turn::Usual,
    }
}

/// Some minutes from now.
pub fn soon(at: Instant, low: i64, high: i64, chance: &mut Chance) -> Instant {
    at + Duration::minutes(chance.between(low, high))
}

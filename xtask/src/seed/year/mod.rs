//! The long story: a year at three sites. Threads run through it, some of them until somebody changes something;
//! around them is what happens everywhere, more of it in winter, and more of it as people get used to speaking up.

mod background;
mod desk;
mod tell;
#[cfg(test)]
mod tests;

use super::{LongStory, cast::Lists, chance::Chance, play::Play};
use anyhow::{Context, Result};
use chrono::Duration;
use domain::{
    record::Record,
    time::{Instant, add_days, london_date, start_of},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
pub use tell::tell;

/// The size of the story as it was thought out; threads grow and shrink with it.
const USUAL_RECORDS: usize = 3_000;
const MONTHS: i64 = 12;
/// The registered manager of the first site is away, and the deputy stands in: first and last day of the story.
const AWAY: (u64, u64) = (250, 263);
/// A phone whose clock is wrong: whose, between which days, by how much.
const WRONG_CLOCK: (&str, i64, i64, i64) = ("bilal", 95, 150, 9);

/// One thing at one site, so many times in each month of the story.
#[derive(Clone, Debug, Deserialize)]
pub struct Thread {
    pub name: String,
    pub site: String,
    pub per_month: [i64; 12],
    /// Hours of the day when it happens.
    pub hours: Vec<i64>,
    /// Month of the story, from 1, in which something is changed that works.
    pub changed_in: i64,
    pub with: Map<String, Value>,
    /// Text and strength of what is done before that month, and in it.
    pub before: (String, String),
    pub after: (String, String),
    /// The change of a support plan that goes with it.
    pub plan: Option<Value>,
}

/// A report that will be made.
#[derive(Clone, Debug)]
pub struct Planned {
    pub site: String,
    pub with: Map<String, Value>,
    pub thread: Option<usize>,
    pub turn: Turn,
}

/// What is not usual about a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Usual,
    /// The phone is out of signal for so many hours.
    Late(i64),
    /// Two people report the same.
    Twin,
    Nameless,
    /// Two people review it without knowing of each other.
    Contested,
    /// Something is off for so many hours.
    Outage(&'static str, i64),
    Withdrawn,
    Asked,
    Corrected,
}

pub struct Year {
    start: Instant,
    days: i64,
    long: LongStory,
    pub threads: Vec<Thread>,
    /// Which thread a record belongs to.
    pub of_record: BTreeMap<String, usize>,
    /// Records that two people will review.
    pub contested: Vec<String>,
}

#[derive(Deserialize)]
struct Extra {
    sites: Vec<super::cast::Listed>,
    rules: Value,
    roles: BTreeMap<String, BTreeMap<String, Vec<domain::roles::Role>>>,
    staff: Vec<super::cast::Member>,
    places: Vec<Value>,
    people: Vec<Value>,
    assets: Vec<Value>,
}

/// The provider of the demonstration with a third site, more people, and rules set for its size.
pub fn lists(start: Instant) -> Result<Lists> {
    let mut lists = super::cast::lists()?;
    let extra: Extra =
        serde_json::from_str(include_str!("provider.json")).context("read the provider of the year")?;
    lists.sites.extend(extra.sites);
    for site in &mut lists.sites {
        site.value["settings"] = json!({"rules": extra.rules});
    }
    for member in &mut lists.staff {
        member.roles.extend(extra.roles.get(&member.id).cloned().unwrap_or_default());
    }
    lists.staff.extend(extra.staff);
    lists.places.extend(extra.places);
    lists.people.extend(extra.people);
    lists.assets.extend(extra.assets);
    let first = london_date(start);
    let away =
        json!({"site": "meadow-house", "from": add_days(first, AWAY.0), "to": add_days(first, AWAY.1)});
    if let Some(deputy) = lists.staff.iter_mut().find(|member| member.id == "jonah") {
        deputy.delegate.push(away);
    }
    Ok(lists)
}

pub fn threads() -> Result<Vec<Thread>> {
    serde_json::from_str(include_str!("threads.json")).context("read the threads of the year")
}

impl Year {
    pub fn begin(start: Instant, end: Instant, long: LongStory) -> Result<Year> {
        let days = (end - start).num_days().max(1);
        Ok(Year { start, days, long, threads: threads()?, of_record: BTreeMap::new(), contested: Vec::new() })
    }

    /// Every report of the year, with its moment.
    pub fn plan(&mut self, play: &mut Play, end: Instant) -> Result<Vec<(Instant, Planned)>> {
        let mut planned = self.of_threads(self.days, &mut play.chance);
        let left = self.long.records.saturating_sub(planned.len());
        planned.extend(background::plan(
            play,
            self.start,
            self.days,
            LongStory { records: left, ..self.long },
        )?);
        planned.retain(|(at, _)| *at < end);
        Ok(planned)
    }

    fn of_threads(&self, days: i64, chance: &mut Chance) -> Vec<(Instant, Planned)> {
        let mut planned = Vec::new();
        let here = |thread: &Thread| self.long.site.is_none_or(|only| only == thread.site);
        for (number, thread) in self.threads.iter().enumerate().filter(|(_, thread)| here(thread)) {
            for (month, usual) in (0..).zip(thread.per_month) {
                let many = usual * i64::try_from(self.long.records).unwrap_or_default();
                let usual_records = i64::try_from(USUAL_RECORDS).unwrap_or(1);
                let rest = i64::from(chance.between(0, usual_records - 1) < many % usual_records);
                for _ in 0..many / usual_records + rest {
                    let (first, next) = (month * days / MONTHS, (month + 1) * days / MONTHS);
                    let day = chance.between(first, next.max(first + 1) - 1);
                    let hour = chance.pick(&thread.hours).copied().unwrap_or(12);
                    let with = thread.with.clone();
                    let turn =
                        if chance.happens(6) { Turn::Late(chance.between(3, 60)) } else { Turn::Usual };
                    let report = Planned { site: thread.site.clone(), with, thread: Some(number), turn };
                    planned.push((at_hour(self.start, day, hour, chance), report));
                }
            }
        }
        planned
    }

    /// Month of the story, from 1.
    pub fn month(&self, at: Instant) -> i64 {
        (at - self.start).num_days() * MONTHS / self.days + 1
    }

    pub fn thread_of(&self, record: &Record) -> Option<&Thread> {
        self.of_record.get(&*record.id).and_then(|number| self.threads.get(*number))
    }

    /// How many records each thread has.
    pub fn summary(&self) -> String {
        let count = |number: usize| self.of_record.values().filter(|thread| **thread == number).count();
        let threads = self.threads.iter().enumerate();
        let words: Vec<String> =
            threads.map(|(number, thread)| format!("{} {}", thread.name, count(number))).collect();
        format!("; threads: {}", words.join(", "))
    }

    /// By how much a person's phone is ahead of the right time.
    pub fn clock_ahead_min(&self, who: &str, at: Instant) -> i64 {
        let (whose, from, to, ahead) = WRONG_CLOCK;
        let day = (at - self.start).num_days();
        if who == whose && (from..=to).contains(&day) { ahead } else { 0 }
    }
}

/// Some minute of an hour by the London wall clock on a day of the story.
fn at_hour(start: Instant, day: i64, hour: i64, chance: &mut Chance) -> Instant {
    let date = add_days(london_date(start), u64::try_from(day).unwrap_or_default());
    start_of(date) + Duration::minutes(hour * 60 + chance.between(0, 59))
}

//! The story as a queue of moments: reports, steps, deliveries from phones that were out of signal, upkeep.

use super::{
    LongStory,
    board::{self, Tale},
    cast::Cast,
    chance::Chance,
    journey::{Desk, next_step},
    office::{hours_later, in_hours},
    post::{Letter, Post},
    unusual, upkeep,
    words::Words,
    year::{self, Planned, Year},
};
use crate::client::uuid;
use anyhow::{Context, Result};
use chrono::Duration;
use domain::{
    decide::{Moment, decide},
    due,
    event::{Author, Event},
    patterns::{Alert, State as AlertState},
    register::Register,
    roles::Role,
    time::{Instant, london_date},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A site has a report on so many days in a hundred, and on some of them a second one.
const REPORT_DAYS: i64 = 60;
const SECOND_REPORT: i64 = 20;
/// Records of the last days that are left waiting, so that there is something overdue to see.
const STALLS_IN_DAYS: i64 = 12;

/// Something that happens again and again.
#[derive(Clone, Debug, Deserialize)]
pub struct Story {
    pub weight: i64,
    pub sites: Vec<String>,
    pub with: Map<String, Value>,
}

pub enum Task {
    Report {
        site: String,
    },
    /// A report of the long story.
    Told(Box<Planned>),
    /// One event at its time, if the rules still allow it.
    Act {
        verb: &'static str,
        by: String,
        site: String,
        /// None: about the site.
        record: Option<String>,
        with: Value,
    },
    Step {
        record: String,
    },
    Deliver {
        by: String,
    },
    Upkeep {
        site: String,
        what: upkeep::What,
    },
}

pub struct Play {
    post: Post,
    pub cast: Cast,
    pub chance: Chance,
    end: Instant,
    pub stories: Vec<Story>,
    /// Not told on the board yet.
    pub tales: Vec<Tale>,
    pub words: Words,
    /// Only for the long story.
    pub year: Option<Year>,
    pub register: Register,
    queue: BTreeMap<(Instant, u64), Task>,
    made: u64,
    events: usize,
}

impl Play {
    pub fn new(post: Post, cast: Cast, chance: Chance, end: Instant) -> Result<Self> {
        let register = Register::new(cast.directory.clone());
        let queue = BTreeMap::new();
        Ok(Self {
            post,
            cast,
            chance,
            end,
            stories: stories()?,
            tales: board::tales()?,
            words: Words::read()?,
            year: None,
            register,
            queue,
            made: 0,
            events: 0,
        })
    }

    /// The long story: every report of the year, and upkeep of every day.
    pub fn plan_year(&mut self, start: Instant, long: LongStory) -> Result<()> {
        let mut year = Year::begin(start, self.end, long)?;
        for (at, planned) in year.plan(self, self.end)? {
            self.add(at, Task::Told(Box::new(planned)));
        }
        self.year = Some(year);
        for site in self.cast.sites() {
            let mut day = start;
            while day < self.end {
                for what in upkeep::due_in_a_year(london_date(day)) {
                    let at = in_hours(hours_later(day, 0, 9, &mut self.chance), &mut self.chance);
                    self.add(at, Task::Upkeep { site: site.clone(), what });
                }
                day += Duration::days(1);
            }
        }
        Ok(())
    }

    /// Reports and upkeep of every day; what follows from them is planned as it happens.
    pub fn plan(&mut self, start: Instant) -> Result<()> {
        for site in self.cast.sites() {
            let mut day = start;
            while day < self.end {
                let one = i64::from(self.chance.happens(REPORT_DAYS));
                let two = i64::from(self.chance.happens(SECOND_REPORT));
                for _ in 0..one + one * two {
                    let at = hours_later(day, 0, 23, &mut self.chance);
                    self.add(at, Task::Report { site: site.clone() });
                }
                for what in upkeep::due_on(london_date(day)) {
                    let at = in_hours(hours_later(day, 0, 9, &mut self.chance), &mut self.chance);
                    self.add(at, Task::Upkeep { site: site.clone(), what });
                }
                day += Duration::days(1);
            }
        }
        Ok(())
    }

    pub fn run(&mut self) -> Result<()> {
        while let Some(((at, _), task)) = self.queue.pop_first() {
            if at >= self.end {
                break;
            }
            match task {
                Task::Report { site } => self.report(&site, at)?,
                Task::Told(planned) => year::tell(self, *planned, at)?,
                Task::Act { verb, by, site, record, with } => {
                    self.write(verb, &by, &site, record.as_deref(), with, at, 0)?;
                }
                Task::Step { record } => self.step(&record, at)?,
                Task::Deliver { by } => self.deliver(&by, at)?,
                Task::Upkeep { site, what } => upkeep::run(self, &site, what, at)?,
            }
        }
        Ok(())
    }

    pub fn summary(&self) -> String {
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for record in self.register.records() {
            *states.entry(record.state.code()).or_default() += 1;
        }
        let sites = self.cast.sites();
        let count = |what: &dyn Fn(&str) -> usize| sites.iter().map(|site| what(site)).sum::<usize>();
        let at_sites = |what: &dyn Fn(&str) -> usize| {
            let lines: Vec<String> = sites.iter().map(|site| format!("{site} {}", what(site))).collect();
            lines.join(", ")
        };
        let is_open = |alert: &&Alert| alert.state(self.end) == AlertState::Open;
        format!(
            "{} events, {} set aside; records {states:?}; {} overdue; {} alerts, open: {}; stories: {}",
            self.events,
            count(&|site| self.register.attention(site).count()),
            count(&|site| due::overdue_list(&self.register, site, self.end).len()),
            count(&|site| self.register.alerts(site).count()),
            at_sites(&|site| self.register.alerts(site).filter(is_open).count()),
            at_sites(&|site| self.register.stories(site).count()),
        ) + &self.year.as_ref().map(Year::summary).unwrap_or_default()
    }

    pub fn close(self) -> Result<()> {
        self.post.close()
    }

    fn report(&mut self, site: &str, at: Instant) -> Result<()> {
        let here: Vec<Story> = self
            .stories
            .iter()
            .filter(|story| story.sites.iter().any(|known| known == site))
            .cloned()
            .collect();
        let story = self.chance.weighted(&here, |story| story.weight).context("every site has stories")?;
        let mut with = story.with.clone();
        let happened = at - Duration::minutes(self.chance.between(2, 50));
        with.insert("occurred_at".into(), json!(happened.to_rfc3339()));
        self.vary(site, &mut with);
        if self.chance.happens(6) {
            with.insert("identity".into(), json!("confidential"));
        }
        let mut authors = self.cast.holders(site, Role::Reporter);
        authors.extend(self.cast.holders(site, Role::Senior));
        let by = (*self.chance.pick(&authors).context("somebody works there")?).to_owned();
        let record = self.new_id("record");
        let lag = if self.chance.happens(10) { self.chance.between(2, 11) } else { 0 };
        let written = self.write("report", &by, site, Some(&record), Value::Object(with), at, lag)?;
        if written.is_some() {
            let next = at + Duration::hours(lag + self.chance.between(1, 8));
            self.add(next, Task::Step { record });
        }
        Ok(())
    }

    /// Another place or person than in the story, mostly: things happen everywhere.
    fn vary(&mut self, site: &str, with: &mut Map<String, Value>) {
        let directory = self.cast.directory.clone();
        let places: Vec<&String> =
            directory.places.iter().filter(|(_, place)| *place.site == *site).map(|(id, _)| id).collect();
        let people: Vec<&str> = directory
            .people
            .iter()
            .filter(|(_, person)| *person.site == *site)
            .map(|(id, _)| id.as_str())
            .collect();
        let own_place =
            with.contains_key("asset") || with.contains_key("location") && self.chance.happens(35);
        if let Some(place) = self.chance.pick(&places).filter(|_| !own_place) {
            with.insert("location".into(), json!(place));
        }
        let own_person = !with.contains_key("people") || self.chance.happens(35);
        if let Some(person) = self.chance.pick(&people).filter(|_| !own_person) {
            with.insert("people".into(), json!([person]));
        }
    }

    /// One step of a record, and the time of the next.
    fn step(&mut self, id: &str, at: Instant) -> Result<()> {
        let Some(record) = self.register.shared_record(id) else {
            self.add(at + Duration::hours(6), Task::Step { record: id.to_owned() });
            return Ok(());
        };
        if self.end - at < Duration::days(STALLS_IN_DAYS) && self.chance.happens(15) {
            return Ok(());
        }
        if self.year.is_some() && unusual::contest(self, &record, at)? {
            return Ok(());
        }
        let desk = Desk {
            register: &self.register,
            cast: &self.cast,
            words: &self.words,
            year: self.year.as_ref(),
            now: at,
        };
        let later = desk.waits_until(&record);
        let next = match later {
            Some(_) => desk.reminder(&record).filter(|_| self.chance.happens(40)),
            None => desk.next(&record, &mut self.chance),
        };
        if let Some(later) = later {
            self.add(later, Task::Step { record: id.to_owned() });
        }
        let Some(next) = next else { return Ok(()) };
        self.write(next.verb, &next.by, &record.site, Some(id), next.with, at, 0)?;
        if later.is_some() {
            return Ok(());
        }
        if matches!(next.verb, "record_outcome" | "close") {
            board::tell(self, id, at)?;
        }
        let Some(record) = self.register.shared_record(id) else { return Ok(()) };
        let later = next_step(&record, at, &mut self.chance);
        let later = in_hours(later, &mut self.chance);
        self.add(later, Task::Step { record: id.to_owned() });
        Ok(())
    }

    /// Written on the author's own phone. `lag_hours`: out of signal for so long. `None`: the rules say no.
    #[expect(clippy::too_many_arguments, reason = "an event has that many parts")]
    pub fn write(
        &mut self,
        verb: &str,
        by: &str,
        site: &str,
        record: Option<&str>,
        with: Value,
        at: Instant,
        lag_hours: i64,
    ) -> Result<Option<String>> {
        let id = self.note(verb, by, site, record, with, at)?;
        if id.is_none() {
            return Ok(None);
        }
        if lag_hours == 0 {
            self.deliver(by, at)?;
        } else {
            self.add(at + Duration::hours(lag_hours), Task::Deliver { by: by.to_owned() });
        }
        Ok(id)
    }

    /// Written on the author's own phone, where it waits. `None`: the rules say no.
    pub fn note(
        &mut self,
        verb: &str,
        by: &str,
        site: &str,
        record: Option<&str>,
        with: Value,
        at: Instant,
    ) -> Result<Option<String>> {
        let id = self.new_id("event");
        let ahead_min = self.year.as_ref().map_or(0, |year| year.clock_ahead_min(by, at));
        let event = Event {
            id: id.as_str().into(),
            verb: verb.to_owned(),
            site: site.into(),
            record: record.map(Into::into),
            by: Author::Staff(by.into()),
            device: self.post.device(&self.cast, by)?,
            with: with.as_object().cloned().unwrap_or_default().into(),
            seen: record.and_then(|record| self.register.record(record)).map_or(0, |record| record.version),
            device_time: at + Duration::minutes(ahead_min),
            offset_ms: Some(ahead_min * 60_000),
        };
        self.register.settle_before(at);
        let Ok(event) = decide(&self.register, event, &Moment { corrected_at: at, token_for: None }) else {
            return Ok(None);
        };
        self.post.keep(&mut self.cast, by, event)?;
        Ok(Some(id))
    }

    /// Everything that waits on a phone arrives; its judgement is what everybody knows from then on.
    pub fn deliver(&mut self, by: &str, at: Instant) -> Result<()> {
        self.events += self.post.deliver(&mut self.cast, &mut self.register, by, at)?;
        Ok(())
    }

    /// A letter without a name, from the phone that somebody holds; gives its record.
    pub fn letter(&mut self, by: &str, site: &str, with: Value, at: Instant) -> Result<Option<String>> {
        let letter = Letter { site, with, key: self.new_id("letter") };
        self.events += 1;
        self.post.letter(&self.cast, &mut self.register, by, letter, at)
    }

    pub fn holder(&self, site: &str, role: Role) -> Option<String> {
        self.cast.holders(site, role).first().map(|who| (*who).to_owned())
    }

    pub fn add(&mut self, at: Instant, task: Task) {
        self.made += 1;
        self.queue.insert((at, self.made), task);
    }

    pub fn new_id(&mut self, sort: &str) -> String {
        self.made += 1;
        uuid(&["demonstration", sort, &self.made.to_string()])
    }
}

fn stories() -> Result<Vec<Story>> {
    serde_json::from_str(include_str!("stories.json")).context("read the stories")
}

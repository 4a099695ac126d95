//! `cargo xtask seed [--data DIR] [--days N] [--seed N] [--year [--records N]]`: a fictional provider with staff for
//! every role and some months of records, written through a real server as clients do it. `--year`: three sites and a
//! whole year with stories that get better and worse. The same seed gives the same story.

mod action;
mod alerts;
mod board;
mod cast;
mod chance;
mod decision;
mod journey;
mod office;
mod outcome;
mod play;
mod post;
#[cfg(test)]
mod rehearsal;
mod risk;
mod unusual;
mod upkeep;
mod words;
mod year;

use crate::{client::Process, paths, words::note};
use anyhow::{Context, Result, ensure};
use cast::Cast;
pub use cast::{Member, PASSWORD, Reception, members};
use chance::Chance;
use chrono::{DateTime, Duration};
use domain::time::Instant;
use play::Play;
use post::Post;
use std::{
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

const DAYS: i64 = 90;
const SEED: u64 = 20_261_123;
const YEAR_DAYS: i64 = 365;
const YEAR_RECORDS: usize = 3_000;
const YEAR_DATA: &str = "data/year";

#[derive(Clone, Debug)]
pub struct Options {
    pub data: PathBuf,
    days: i64,
    seed: u64,
    year: Option<LongStory>,
}

/// The long story: so many records, at every site or, for measuring, at one.
#[derive(Clone, Copy, Debug)]
pub struct LongStory {
    pub records: usize,
    pub site: Option<&'static str>,
}

impl Options {
    /// The demonstration.
    pub fn of(data: PathBuf) -> Self {
        Self { data, days: DAYS, seed: SEED, year: None }
    }

    /// The long story in so many days.
    pub fn of_year(data: PathBuf, long: LongStory, days: i64) -> Self {
        Self { data, days, seed: SEED, year: Some(long) }
    }

    /// # Errors  No folder, an option that does not exist, or a number that is none.
    pub fn read(mut words: lexopt::Parser) -> Result<Options> {
        use lexopt::prelude::*;
        let mut options = Options::of(PathBuf::new());
        let (mut year, mut records, mut days) = (false, YEAR_RECORDS, None);
        while let Some(word) = words.next()? {
            match word {
                Long("data") => options.data = PathBuf::from(words.value()?),
                Long("days") => days = Some(words.value()?.parse()?),
                Long("seed") => options.seed = words.value()?.parse()?,
                Long("year") => year = true,
                Long("records") => records = words.value()?.parse()?,
                other => return Err(other.unexpected().into()),
            }
        }
        options.days = days.unwrap_or(if year { YEAR_DAYS } else { DAYS });
        if year {
            options.year = Some(LongStory { records, site: None });
            if options.data.as_os_str().is_empty() {
                options.data = paths::root().join(YEAR_DATA);
            }
        } else {
            ensure!(records == YEAR_RECORDS, "`--records` goes with `--year`");
        }
        ensure!(!options.data.as_os_str().is_empty(), "which folder? `cargo xtask seed --data DIR`");
        Ok(options)
    }
}

/// Fills an empty data folder. The server binary must be built.
pub fn run(options: &Options) -> Result<()> {
    ensure!(is_empty(&options.data), "{} holds a provider already", options.data.display());
    let end = now();
    let start = end - Duration::days(options.days);
    let desk = Desk::near(&options.data)?;
    let process = Process::lasting(desk.folder(), start - Duration::days(1))?;
    let lists = if options.year.is_some() { year::lists(start)? } else { cast::lists()? };
    let cast = Cast::come_in(&process, lists, start - Duration::days(1))?;
    cast.reception().keep(desk.folder())?;
    let mut play = Play::new(Post::Server(process), cast, Chance::new(options.seed), end)?;
    match options.year {
        Some(long) => play.plan_year(start, long)?,
        None => play.plan(start)?,
    }
    play.run()?;
    note(&play.summary());
    play.close()?;
    desk.move_to(&options.data)
}

/// Where the data lies while the story is written: in memory where the system has a place for that, for the server
/// waits for the disk after every push.
enum Desk {
    InMemory(PathBuf),
    InPlace(PathBuf),
}

impl Desk {
    const MEMORY: &str = "/dev/shm";

    fn near(data: &Path) -> Result<Desk> {
        let folder = Path::new(Self::MEMORY).join(format!("noticed-seed-{}", std::process::id()));
        if fs::create_dir(&folder).is_err() {
            return Ok(Desk::InPlace(data.to_path_buf()));
        }
        Ok(Desk::InMemory(folder))
    }

    fn folder(&self) -> &Path {
        match self {
            Desk::InMemory(folder) | Desk::InPlace(folder) => folder,
        }
    }

    fn move_to(&self, data: &Path) -> Result<()> {
        let Desk::InMemory(folder) = self else { return Ok(()) };
        copied(folder, data).with_context(|| format!("keep {}", folder.display()))
    }
}

/// A data folder with all that is in it.
pub fn copied(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (entry, place) = entry.map(|entry| (entry.path(), to.join(entry.file_name())))?;
        if entry.is_dir() { copied(&entry, &place)? } else { fs::copy(entry, place).map(drop)? }
    }
    Ok(())
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Desk::InMemory(folder) = self {
            fs::remove_dir_all(folder).unwrap_or_default();
        }
    }
}

/// Nobody has been here.
pub fn is_empty(data: &Path) -> bool {
    data.read_dir().map_or(true, |mut entries| entries.next().is_none())
}

/// The clock of this machine, to the minute.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    DateTime::from_timestamp(seconds - seconds % 60, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

//! The heavy pages in Chromium at a quarter of the speed, over data folders that `seed --year` wrote: the measures of
//! 10,000 records, the inbox of 2,000 open ones, an evidence pack of 1,000. The folders are kept for the next time.

use super::{
    object,
    story::{self, Copy, Serving},
};
use crate::{
    paths,
    seed::{self, LongStory},
    shell, ship, tools,
    words::step,
};
use anyhow::{Context, Result};
use serde_json::{Map, Value};

const WALK: &str = "tests/e2e/bench_pages.mjs";

/// A data folder, and what is looked at over it.
struct Story {
    name: &'static str,
    long: LongStory,
    days: i64,
    /// Who looks.
    person: &'static str,
}

const fn everywhere(records: usize) -> LongStory {
    LongStory { records, site: None }
}

/// A whole year, seen by the provider; a week in which so much came in at one site that most of it is open, seen by
/// its manager; a year whose pack has so many records.
const STORIES: [Story; 3] = [
    Story { name: "measures", long: everywhere(10_000), days: 365, person: "kofi" },
    Story {
        name: "inbox",
        long: LongStory { records: 2_300, site: Some("meadow-house") },
        days: 7,
        person: "farah",
    },
    Story { name: "evidence", long: everywhere(1_000), days: 365, person: "kofi" },
];

/// `records`: of the year, to see how its figure grows; 10,000 where none is given, and only then the other stories.
pub fn run(records: Option<usize>) -> Result<Map<String, Value>> {
    tools::for_browser_tests()?;
    ship::build::app()?;
    ship::build::server()?;
    let [year, others @ ..] = &STORIES;
    if let Some(records) = records {
        return walk(&Story { long: everywhere(records), ..*year });
    }
    let mut report = walk(year)?;
    for story in others {
        report.extend(walk(story)?);
    }
    Ok(report)
}

fn walk(story: &Story) -> Result<Map<String, Value>> {
    let data = Copy::of(&story::written(story.name, story.long, story.days)?)?;
    let server = Serving::start(data.folder())?;
    let links =
        seed::Reception::read(data.folder())?.links(&server.api, &["Computer in the office"], seed::now())?;
    let mut node = shell::program("node");
    node.arg(paths::root().join(WALK)).arg(story.name).arg(story.person);
    node.env("NOTICED_BENCH_LINK", links.first().context("a link for a browser")?);
    let said = step(&format!("measure {} in a browser", story.name), || shell::quiet(&mut node))?;
    object(&said)
}

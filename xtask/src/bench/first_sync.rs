//! 5,000 records into an empty device, beside PouchDB that replicates the same bytes from its own server.

use super::{
    figure, object, rounded,
    story::{self, Copy, Serving},
};
use crate::{
    paths,
    seed::{self, LongStory},
    shell, ship, tools,
    words::step,
};
use anyhow::{Context, Result};
use serde_json::{Value, json};

const WALK: &str = "tests/bench/first_sync.mjs";
const RECORDS: usize = 5_000;
const DAYS: i64 = 365;
/// Sees every record.
const PERSON: &str = "kofi";
/// A new device for each; ours and PouchDB's by turns.
const RUNS: [&str; 3] = ["Computer 1", "Computer 2", "Computer 3"];
/// Of PouchDB's time.
const TARGET: f64 = 0.25;

/// `records`: of the story, to see how the figure grows; 5,000 where none is given.
pub fn run(records: Option<usize>) -> Result<Value> {
    tools::for_browser_tests()?;
    tools::for_first_sync()?;
    ship::build::app()?;
    ship::build::server()?;
    let data = story(records)?;
    let server = Serving::start(data.folder())?;
    let links = seed::Reception::read(data.folder())?.links(&server.api, &RUNS, seed::now())?;
    let mut node = shell::program("node");
    node.arg(paths::root().join(WALK)).arg(PERSON).env("NOTICED_BENCH_LINKS", links.join(" "));
    let said = step("fill empty devices, ours and PouchDB's", || shell::quiet(&mut node))?;
    let mut report = object(&said)?;
    let (ours, theirs) = (middle(&report, "noticed")?, middle(&report, "pouchdb")?);
    report.insert("noticed_ms".into(), rounded(ours));
    report.insert("pouchdb_ms".into(), rounded(theirs));
    report.insert("ratio".into(), figure::at_most(ours / theirs, TARGET));
    Ok(json!(report))
}

/// A folder of its own with so many records; 5,000 where no number is given.
pub fn story(records: Option<usize>) -> Result<Copy> {
    let long = LongStory { records: records.unwrap_or(RECORDS), site: None };
    Copy::of(&story::written("first-sync", long, DAYS)?)
}

/// Of the runs, the one in the middle.
fn middle(report: &serde_json::Map<String, Value>, of: &str) -> Result<f64> {
    let runs = report.get(of).and_then(Value::as_array).context("runs")?;
    let mut times: Vec<f64> = runs.iter().filter_map(|run| run["ms"].as_f64()).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().context("a run")
}

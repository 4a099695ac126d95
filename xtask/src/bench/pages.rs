//! The heavy pages in Chromium at a quarter of the speed, over data folders that `seed --year` wrote: the measures of
//! 10,000 records, the inbox of 2,000 open ones, an evidence pack of 1,000. The folders are kept for the next time.

use super::object;
use crate::{
    client::{Api, Session, free_port},
    paths,
    seed::{self, LongStory},
    shell, ship, tools,
    words::step,
};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

const WALK: &str = "tests/e2e/bench_pages.mjs";
const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(50);

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
    let data = Copy::of(&written(story)?)?;
    let server = Serving::start(&data.0)?;
    let links =
        seed::Reception::read(&data.0)?.links(&server.api, &["Computer in the office"], seed::now())?;
    let mut node = shell::program("node");
    node.arg(paths::root().join(WALK)).arg(story.name).arg(story.person);
    node.env("NOTICED_BENCH_LINK", links.first().context("a link for a browser")?);
    let said = step(&format!("measure {} in a browser", story.name), || shell::quiet(&mut node))?;
    object(&said)
}

/// Writes the story once; later runs find it.
fn written(story: &Story) -> Result<PathBuf> {
    let whole = paths::target().join(format!("bench-data/{}-{}", story.name, story.long.records));
    if !seed::is_empty(&whole) {
        return Ok(whole);
    }
    let begun = whole.with_extension("begun");
    if begun.exists() {
        fs::remove_dir_all(&begun)?;
    }
    fs::create_dir_all(&begun)?;
    step(&format!("write {} records (some minutes, once)", story.long.records), || {
        seed::run(&seed::Options::of_year(begun.clone(), story.long, story.days))
    })?;
    fs::rename(&begun, &whole)?;
    Ok(whole)
}

/// A data folder of its own, which goes away.
struct Copy(PathBuf);

impl Copy {
    fn of(data: &Path) -> Result<Copy> {
        let copy = Copy(std::env::temp_dir().join(format!("noticed-bench-{}", std::process::id())));
        if copy.0.exists() {
            fs::remove_dir_all(&copy.0)?;
        }
        fs::create_dir_all(&copy.0)?;
        for entry in fs::read_dir(data)? {
            let entry = entry?;
            fs::copy(entry.path(), copy.0.join(entry.file_name()))?;
        }
        Ok(copy)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

/// A server by the clock of this machine, with the app.
struct Serving {
    child: Child,
    api: Api,
}

impl Serving {
    fn start(data: &Path) -> Result<Serving> {
        let port = free_port()?;
        let mut command = Command::new(paths::server_binary());
        command.args(["serve", "--port", &port.to_string(), "--data"]).arg(data);
        command
            .arg("--dist")
            .arg(paths::dist())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().with_context(|| format!("start {}", paths::server_binary().display()))?;
        let mut server = Serving { child, api: Api::new(format!("http://localhost:{port}")) };
        for _ in 0..TRIES {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended ({status})");
            }
            if server.api.get("/healthz", &Session::default()).is_ok_and(|reply| reply.is_ok()) {
                return Ok(server);
            }
            thread::sleep(PAUSE);
        }
        bail!("the server does not answer")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Already ended is fine; nothing else can be done here.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(|_| ()).unwrap_or_default();
    }
}

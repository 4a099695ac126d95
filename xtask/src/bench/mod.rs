//! `cargo xtask bench [PART] [--json] [--records N]`: speed beside a yardstick measured in the same run, or beside a budget. Nothing
//! here is a test; it prints numbers and what they should be.

mod digest;
mod figure;
mod first_sync;
mod home;
mod load;
mod pages;
mod push;
mod rules;
mod story;
mod wire;

use crate::{
    paths, shell, ship, tools,
    words::{say, step},
};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

/// Measures that need a browser: saving, tap to next question, cold and warm start.
const WALKS: &str = "tests/e2e/bench.mjs";

/// `load` has 5,000 devices (or `--devices N`) and runs only when it is asked for;
/// `walks` also measures the rules in a browser; `pages`, `first-sync` and `digest` write a provider with many records first.
const PARTS: [&str; 8] = ["push", "wire", "digest", "first-sync", "rules", "walks", "pages", "load"];

#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only one of the parts.
    only: Option<String>,
    json: bool,
    /// Of the year that `pages` looks at, instead of 10,000; of `first-sync` and `digest`, instead of 5,000.
    records: Option<usize>,
    /// That come back in `load`, instead of 5,000.
    devices: Option<usize>,
}

impl Options {
    /// # Errors  An option that does not exist.
    pub fn read(mut words: lexopt::Parser) -> Result<Options> {
        use lexopt::prelude::*;
        let mut options = Options::default();
        while let Some(word) = words.next()? {
            match word {
                Long("json") => options.json = true,
                Long("records") => options.records = Some(words.value()?.parse()?),
                Long("devices") => options.devices = Some(words.value()?.parse()?),
                Value(part) if options.only.is_none() => {
                    options.only = Some(part.to_string_lossy().into_owned());
                }
                other => return Err(other.unexpected().into()),
            }
        }
        match options.only.as_deref() {
            Some(other) if !PARTS.contains(&other) => {
                bail!("`{other}` is no part of bench; there are {}", PARTS.join(", "))
            }
            _ => Ok(options),
        }
    }

    fn wants(&self, part: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == part)
    }
}

pub fn run(options: &Options) -> Result<()> {
    let mut report = Map::new();
    if options.wants("push") {
        ship::build::server()?;
        report.insert("push".into(), push::run()?);
    }
    if options.wants("wire") {
        ship::build::server()?;
        report.insert("wire".into(), wire::run()?);
    }
    if options.wants("digest") {
        report.insert("digest".into(), digest::run(options.records)?);
    }
    if options.wants("first-sync") {
        report.insert("first_sync".into(), first_sync::run(options.records)?);
    }
    if options.wants("rules") {
        report.insert("rules".into(), rules::run()?);
    }
    if options.wants("walks") && paths::root().join(WALKS).is_file() {
        report.extend(walks()?);
    }
    if options.wants("pages") {
        report.extend(pages::run(options.records)?);
    }
    if options.only.as_deref() == Some("load") {
        ship::build::server()?;
        report.insert("load".into(), load::run(options.devices)?);
    }
    if options.json {
        say(&serde_json::to_string_pretty(&report)?);
    } else {
        report.iter().for_each(|(name, value)| print("", name, value));
        say("");
        figure::lines("", &Value::Object(report)).iter().for_each(|line| say(line));
    }
    Ok(())
}

/// One JSON object on standard output.
fn walks() -> Result<Map<String, Value>> {
    tools::for_browser_tests()?;
    ship::build::app()?;
    ship::build::server()?;
    let stop_watch = ship::build::app_with_stop_watch()?;
    let mut node = shell::program("node");
    node.arg(paths::root().join(WALKS));
    node.env("NOTICED_BINARY", paths::server_binary()).env("NOTICED_DIST", paths::dist());
    node.env("NOTICED_BENCH_DIST", stop_watch);
    let said = step("measure in a browser (about 3 minutes)", || shell::quiet(&mut node))?;
    object(&said)
}

/// The JSON object that a program prints last.
fn object(said: &str) -> Result<Map<String, Value>> {
    let start = said.find('{').with_context(|| format!("no JSON is printed: {said}"))?;
    serde_json::from_str(&said[start..]).context("read what is printed")
}

fn print(indent: &str, name: &str, value: &Value) {
    match value {
        Value::Object(map) => {
            say(&format!("{indent}{name}"));
            map.iter().for_each(|(name, value)| print(&format!("{indent}  "), name, value));
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            say(&format!("{indent}{name}"));
            items.iter().for_each(|item| say(&format!("{indent}  {item}")));
        }
        other => say(&format!("{indent}{name}: {other}")),
    }
}

/// To three digits: more would pretend.
fn rounded(value: f64) -> Value {
    json!((value * 1000.0).round() / 1000.0)
}

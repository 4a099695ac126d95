//! `cargo xtask test [SCENARIOS] [--only STAGE]`: everything, installing what is missing. One line per stage with its seconds.

use crate::{
    check, paths, scenarios, shell, ship, simulate, tools, vectors,
    words::{note, step},
};
use anyhow::{Result, bail, ensure};
use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    thread,
    time::Instant,
};

/// Scenario files of our own; any other folder may be given on the command line.
const SCENARIOS: &str = "tests/scenarios";
const VECTORS: &str = "tests/vectors";

/// Tests of the server that run once more on PostgreSQL: those that speak of what is stored, and of its order.
const ON_POSTGRES: [&str; 23] = [
    "conformance::",
    "dealt_with::",
    "digests::",
    "disposed_words::",
    "ended_roles::",
    "faults::",
    "failpoints::",
    "frameworks::",
    "hints::",
    "ideas::",
    "kills::",
    "letters::",
    "links::",
    "list_changes::",
    "lists::",
    "log_disposal::",
    "looks::",
    "online::",
    "opened_names::",
    "passes::",
    "pulls::",
    "pushes::",
    "rivals::",
];

/// Tests at the same time: most of the time they wait, for the disk, for a database and for other processes.
const AT_ONCE: &str = "8";
const THREADS: &str = "RUST_TEST_THREADS";

/// The parts, in order. `--only` runs some of them, with what they need.
const STAGES: [&str; 6] = ["check", "native", "scenarios", "app", "browser", "walks"];

#[derive(Clone, Debug, Default)]
pub struct Options {
    /// One more folder of scenarios.
    scenarios: Option<PathBuf>,
    only: Vec<String>,
}

impl Options {
    /// # Errors  An option or a stage that does not exist.
    pub fn read(mut words: lexopt::Parser) -> Result<Options> {
        use lexopt::prelude::*;
        let mut options = Options::default();
        while let Some(word) = words.next()? {
            match word {
                Long("only") => options.only.push(words.value()?.to_string_lossy().into_owned()),
                Value(folder) if options.scenarios.is_none() => options.scenarios = Some(folder.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        if let Some(unknown) = options.only.iter().find(|stage| !STAGES.contains(&stage.as_str())) {
            bail!("`{unknown}` is no stage; there are {}", STAGES.join(", "));
        }
        Ok(options)
    }

    fn wants(&self, stage: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == stage)
    }
}

pub fn run(options: &Options) -> Result<()> {
    let start = Instant::now();
    if options.wants("check") {
        tools::wasm_target()?;
        check::run()?;
    }
    // Linking the app keeps one core busy for minutes: it begins now where other parts come first.
    let ahead = (options.wants("native") && options.wants("app")).then(|| {
        tools::for_the_app()?;
        Ok::<_, anyhow::Error>(thread::spawn(ship::build::app))
    });
    let ahead = ahead.transpose()?;
    if options.wants("native") {
        tools::judges()?;
        tools::postgres()?;
        tools::s3_service()?;
        // Of the app, what needs no browser.
        let parts: [(&str, &[&str]); 2] = [
            ("native tests", &ship::build::NATIVE),
            ("tests of the app", &["--package", "noticed", "--lib"]),
        ];
        for (name, part) in parts {
            step(name, || {
                shell::quiet(shell::cargo().args(["test", "--quiet"]).args(part).env(THREADS, AT_ONCE))
                    .and_then(|said| some_passed(&said))
            })?;
        }
        simulate::test()?;
        step("tests of the server on PostgreSQL", || {
            let mut cargo = shell::cargo();
            cargo
                .args(["test", "--quiet"])
                .args(ship::build::NATIVE)
                .args(["--test", "it", "--"])
                .args(ON_POSTGRES);
            shell::quiet(cargo.env("NOTICED_TEST_DATABASE", "postgres").env(THREADS, AT_ONCE))
                .and_then(|said| some_passed(&said))
        })?;
        step("measures", || vectors::run(&vectors::of(&paths::root().join(VECTORS))).and_then(must_agree))?;
    }
    if options.wants("scenarios") {
        ship::build::tested_server()?;
        for folder in folders(options.scenarios.clone()) {
            replay(&folder, false)?;
            replay(&folder, true)?;
        }
    }
    if options.wants("app") {
        match ahead {
            Some(building) => building.join().unwrap_or_else(|_| bail!("building the app failed"))?,
            None => ship::build::app()?,
        }
        // The budget is judged by `cargo xtask size`; here the figures are only shown.
        ship::size::run(false)?;
    }
    if options.wants("browser") {
        tools::for_the_app()?;
        tools::for_browser_tests()?;
        step("browser tests", browser_tests)?;
    }
    if options.wants("walks") {
        walks()?;
    }
    note(&format!("all of it took {} s", start.elapsed().as_secs()));
    Ok(())
}

fn folders(given: Option<PathBuf>) -> Vec<PathBuf> {
    let own = paths::root().join(SCENARIOS);
    given.into_iter().chain(own.is_dir().then_some(own)).collect()
}

fn replay(folder: &Path, server: bool) -> Result<()> {
    let place = if server { "through a server" } else { "through the domain" };
    step(&format!("scenarios of {} {place}", folder.display()), || {
        let options = scenarios::Options { folder: folder.to_path_buf(), server, json: false };
        scenarios::run(&options).and_then(must_succeed)
    })
}

fn browser_tests() -> Result<()> {
    shell::quiet(&mut in_a_browser()).and_then(|said| some_passed(&said))
}

/// Tests of `src/browser` in headless Chromium; `webdriver.json` holds its flags.
pub fn in_a_browser() -> Command {
    let mut cargo = shell::cargo();
    // Not `--quiet`: cargo hands that on to a runner that does not know it.
    cargo.args(["test", "--package", "noticed", "--target", "wasm32-unknown-unknown"]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    if let Some(driver) = shell::find("chromedriver") {
        cargo.env("CHROMEDRIVER", driver);
    }
    cargo
}

/// A run in which nothing was tested is no success.
fn some_passed(said: &str) -> Result<()> {
    let passed = passed(said);
    ensure!(passed > 0, "no test was run");
    note(&format!("    {passed} tests"));
    Ok(())
}

/// Sums `12 passed` over all results.
fn passed(said: &str) -> usize {
    let results = said.lines().filter(|line| line.starts_with("test result:"));
    let counts =
        results.filter_map(|line| line.split(" passed").next()?.rsplit(' ').next()?.parse::<usize>().ok());
    counts.sum()
}

/// Playwright in Chromium against the real server.
fn walks() -> Result<()> {
    let walks = paths::root().join("tests/e2e/run.mjs");
    if !walks.is_file() {
        return Ok(());
    }
    tools::for_browser_tests()?;
    ship::build::tested_server()?;
    ensure!(paths::dist().join("index.html").is_file(), "the app is not built: add `--only app`");
    step("walks in a browser", || {
        let mut node = shell::program("node");
        node.arg(walks).env("NOTICED_BINARY", paths::server_binary()).env("NOTICED_DIST", paths::dist());
        shell::shown(&mut node)
    })
}

fn must_agree(fine: bool) -> Result<()> {
    ensure!(fine, "the lines above say what differs");
    Ok(())
}

fn must_succeed(code: ExitCode) -> Result<()> {
    ensure!(code == ExitCode::SUCCESS, "the lines above say what differs");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_summed_and_nothing_is_no_success() {
        let said = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored\n\
            test result: ok. 40 passed; 0 failed; 1 ignored\n";
        assert_eq!(passed(said), 43);
        assert!(some_passed("test result: ok. 0 passed; 0 failed\n").is_err());
    }
}

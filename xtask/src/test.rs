//! `cargo xtask test [SCENARIOS]`: everything, installing what is missing. One line per stage with its seconds.

use crate::{
    check, paths,
    scenarios::{self, Options},
    shell, ship, tools,
    words::{note, step},
};
use anyhow::{Result, ensure};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// Scenario files of our own; any other folder may be given on the command line.
const SCENARIOS: &str = "tests/scenarios";

pub fn run(given: Option<PathBuf>) -> Result<()> {
    let start = Instant::now();
    tools::for_the_app()?;
    tools::for_browser_tests()?;
    check::run()?;
    step("native tests", || {
        shell::quiet(shell::cargo().args(["test", "--quiet", "--workspace", "--exclude", "noticed"]))
    })?;
    ship::build::server()?;
    for folder in folders(given) {
        replay(&folder, false)?;
        replay(&folder, true)?;
    }
    ship::build::app()?;
    step("size", || ship::size::run(false).and_then(must_succeed))?;
    step("browser tests", browser_tests)?;
    walks()?;
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
        let options = Options { folder: folder.to_path_buf(), server, json: false };
        scenarios::run(&options).and_then(must_succeed)
    })
}

/// Tests of `src/browser` in headless Chromium; `webdriver.json` holds its flags.
fn browser_tests() -> Result<String> {
    let mut cargo = shell::cargo();
    cargo.args(["test", "--quiet", "--package", "noticed", "--target", "wasm32-unknown-unknown"]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    if let Some(driver) = shell::find("chromedriver") {
        cargo.env("CHROMEDRIVER", driver);
    }
    shell::quiet(&mut cargo)
}

/// Playwright in Chromium against the real server.
fn walks() -> Result<()> {
    let walks = paths::root().join("tests/e2e/run.mjs");
    if !walks.is_file() {
        return Ok(());
    }
    step("walks in a browser", || {
        let mut node = shell::program("node");
        node.arg(walks).env("NOTICED_BINARY", paths::server_binary()).env("NOTICED_DIST", paths::dist());
        shell::shown(&mut node)
    })
}

fn must_succeed(code: ExitCode) -> Result<()> {
    ensure!(code == ExitCode::SUCCESS, "the lines above say what differs");
    Ok(())
}

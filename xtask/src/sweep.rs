//! `cargo xtask sweep`: the app dies at every await of writing, sending, getting and starting, in Chromium. See
//! `tests/e2e/sweep.mjs`, which prints what came of it as JSON.

use crate::{paths, shell, ship, tools};
use anyhow::{Context, Result};
use std::process::ExitCode;

const SWEEP: &str = "tests/e2e/sweep.mjs";

/// Builds what it runs, and hands its options on.
/// # Errors  What does not build, or a sweep that does not start.
pub fn run(mut words: lexopt::Parser) -> Result<ExitCode> {
    tools::for_browser_tests()?;
    ship::build::app()?;
    ship::build::tested_server()?;
    let mut node = shell::program("node");
    node.arg(paths::root().join(SWEEP)).args(words.raw_args()?);
    node.env("NOTICED_BINARY", paths::server_binary()).env("NOTICED_DIST", paths::dist());
    let status = node.status().context("start the sweep")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

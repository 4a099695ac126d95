//! `cargo xtask simulate`: the real sync core and the real server under every fault. See `crates/simulate`.

use crate::{shell, words::step};
use anyhow::{Context, Result};
use std::{ffi::OsString, process::ExitCode};

/// Stories of `cargo xtask test`.
const SEEDS: &str = "200";

/// Hands its options on.
pub fn run(mut words: lexopt::Parser) -> Result<ExitCode> {
    with(words.raw_args()?)
}

/// The simulator with these options.
pub fn with(options: impl IntoIterator<Item = OsString>) -> Result<ExitCode> {
    let status = simulator().args(options).status().context("start the simulation")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// So many stories as fit into a minute. They reach every state, or it fails.
pub fn test() -> Result<()> {
    step("phones and a server under every fault", || {
        shell::quiet(simulator().args(["--seeds", SEEDS, "--json"])).map(drop)
    })
}

/// Optimised: otherwise most of the time goes into signatures and JSON.
fn simulator() -> std::process::Command {
    let mut cargo = shell::cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "simulate", "--"]);
    cargo
}

//! `cargo xtask simulate`: the real sync core and the real server under every fault. See `crates/simulate`.

use crate::{paths, shell, ship, words::step};
use anyhow::{Context, Result};
use std::{
    ffi::OsString,
    process::{Command, ExitCode},
};

/// Stories of `cargo xtask test`.
const SEEDS: &str = "200";

/// Hands its options on.
pub fn run(mut words: lexopt::Parser) -> Result<ExitCode> {
    with(words.raw_args()?)
}

/// The simulator with these options; optimised, for thousands of stories.
pub fn with(options: impl IntoIterator<Item = OsString>) -> Result<ExitCode> {
    let mut cargo = shell::cargo();
    cargo.args(["run", "--quiet", "--release", "--package", "simulate", "--"]).args(options);
    let status = cargo.status().context("start the simulation")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// So many stories as fit into some minutes. They reach every state, or it fails. In the build of the tests, which also
/// looks for sums that overflow.
pub fn test() -> Result<()> {
    ship::build::tested()?;
    step("phones and a server under every fault", || {
        shell::quiet(Command::new(paths::tested_simulator()).args(["--seeds", SEEDS, "--json"])).map(drop)
    })
}

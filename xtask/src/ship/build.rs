//! Builds the app and the server for use.

use super::{pack, small, whole};
use crate::{paths, shell, tools, words::step};
use anyhow::Result;
use std::{path::PathBuf, process::Command};

/// Profiles of Cargo.toml for the two builds of the app.
const WHOLE: &str = "wasm-release";
const SMALL: &str = "wasm-small";

/// Everything but the app. Another choice of packages has other features, and is built once more.
pub const NATIVE: [&str; 3] = ["--workspace", "--exclude", "noticed"];

/// The app in `dist`: the small build that a carer keeps and the whole one beside it (docs/decisions/017), with a brotli and a gzip copy of every file that gets smaller.
/// Nothing to do where the environment names an app that is built already.
pub fn app() -> Result<()> {
    if paths::given_app().is_some() {
        return Ok(());
    }
    tools::for_the_app()?;
    let whole = paths::target().join("whole-dist");
    step("build the whole app", || shell::quiet(trunk(WHOLE).arg("--dist").arg(&whole)))?;
    step("build the app of a carer", || {
        shell::quiet(trunk(SMALL).arg("--no-default-features").env(whole::FOLDER, &whole))
    })?;
    step("pack the app", || pack::folder(&paths::dist()))?;
    Ok(())
}

/// The app with a stop-watch of its own at `/bench`, for measuring only. Gives its folder.
pub fn app_with_stop_watch() -> Result<PathBuf> {
    if let Some(given) = paths::given_app_with_stop_watch() {
        return Ok(given);
    }
    tools::for_the_app()?;
    let folder = paths::target().join("bench-dist");
    step("build the app with its stop-watch", || {
        shell::quiet(trunk(WHOLE).args(["--features", "bench", "--dist"]).arg(&folder))
    })?;
    Ok(folder)
}

fn trunk(profile: &str) -> Command {
    let mut trunk = shell::program("trunk");
    // Trunk reads NO_COLOR as true or false only.
    trunk.args(["build", "--release", "--cargo-profile", profile]).env_remove("NO_COLOR");
    small::settings(&mut trunk);
    trunk
}

/// The server for use and for measuring. Nothing to do where the environment names one that is built already.
pub fn server() -> Result<()> {
    if paths::given_server().is_some() {
        return Ok(());
    }
    step("build the server", || {
        shell::quiet(shell::cargo().args(["build", "--release", "--package", "server", "--bin", "noticed"]))
    })?;
    paths::use_server(paths::optimised_server());
    Ok(())
}

/// The server for scenarios and walks. Nothing to do where the environment names one that is built already.
pub fn tested_server() -> Result<()> {
    if paths::given_server().is_some() { Ok(()) } else { tested() }
}

/// The server and the simulator as the tests have them: for the same packages with the same features, so that the tests,
/// the scenarios and the walks need one build (docs/decisions/051).
pub fn tested() -> Result<()> {
    step("build what is tested", || {
        let programs = ["--bin", "noticed", "--bin", "simulate", "--test", "it"];
        shell::quiet(shell::cargo().arg("build").args(NATIVE).args(programs))
    })?;
    paths::use_server(paths::tested_server());
    Ok(())
}

//! Builds the app and the server for use.

use super::{pack, small};
use crate::{paths, shell, tools, words::step};
use anyhow::Result;

/// The app in `dist`, with a brotli and a gzip copy of every file that gets smaller.
/// Nothing to do where the environment names an app that is built already.
pub fn app() -> Result<()> {
    if paths::given_app().is_some() {
        return Ok(());
    }
    tools::for_the_app()?;
    step("build the app", || {
        let mut trunk = shell::program("trunk");
        // Trunk reads NO_COLOR as true or false only.
        trunk.args(["build", "--release"]).env_remove("NO_COLOR");
        small::settings(&mut trunk);
        shell::quiet(&mut trunk)
    })?;
    step("pack the app", || pack::folder(&paths::dist()))?;
    Ok(())
}

/// Nothing to do where the environment names a server that is built already.
pub fn server() -> Result<()> {
    if paths::given_server().is_some() {
        return Ok(());
    }
    step("build the server", || {
        shell::quiet(shell::cargo().args(["build", "--release", "--package", "server", "--bin", "noticed"]))
    })?;
    Ok(())
}

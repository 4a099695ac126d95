//! `cargo xtask check`: form, lints, layers, and what comes from elsewhere. Every commit passes it.

use crate::{audit, shell, tidy, words::step};
use anyhow::{Result, bail};

/// The app's package: checked for the browser, everything else for this machine.
const APP: &str = "noticed";
/// A workspace of its own, which is built only when somebody fuzzes.
const FUZZ: &str = "fuzz/Cargo.toml";

pub fn run() -> Result<()> {
    step("fmt", || {
        shell::quiet(shell::cargo().args(["fmt", "--all", "--check"]))?;
        shell::quiet(shell::cargo().args(["fmt", "--manifest-path", FUZZ, "--check"]))
    })?;
    step("tidy", || if tidy::run()? { Ok(()) } else { bail!("the lines above say what belongs elsewhere") })?;
    audit::run()?;
    step("clippy", || {
        let native = ["clippy", "--workspace", "--exclude", APP, "--all-targets", "--", "-D", "warnings"];
        shell::quiet(shell::cargo().args(native))
    })?;
    step("clippy for the browser", || {
        // With its stop-watch, which no test builds.
        let app = ["clippy", "--package", APP, "--target", "wasm32-unknown-unknown", "--all-targets"];
        shell::quiet(shell::cargo().args(app).args(["--features", "bench", "--", "-D", "warnings"]))
    })?;
    Ok(())
}

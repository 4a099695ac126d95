//! What comes from elsewhere: licences, banned packages and sources always; known weaknesses when the list of them
//! can be had. The rules are in `deny.toml`.

use crate::{
    shell, tools,
    words::{note, step},
};
use anyhow::{Result, bail};
use std::{
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The list of weaknesses is a few megabytes.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn run() -> Result<()> {
    tools::cargo_deny()?;
    step("licences, bans and sources", || {
        shell::quiet(deny().args([
            "--locked",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "bans",
            "sources",
        ]))
    })?;
    let fetched = fetched();
    let check =
        deny().args(["--locked", "--offline", "check", "--hide-inclusion-graph", "advisories"]).output()?;
    let said = String::from_utf8_lossy(&check.stderr);
    let judged = said.contains("advisories FAILED") || check.status.success();
    match (judged, check.status.success()) {
        (true, true) if fetched => note("ok  known weaknesses"),
        (true, true) => {
            note("ok  known weaknesses, by the list of before: a newer one cannot be fetched from here");
        }
        // There is no copy of the list: neither yes nor no.
        (false, _) if !fetched => {
            note("??? known weaknesses NOT CHECKED: the list of RustSec cannot be fetched from here");
        }
        _ => {
            said.lines().for_each(note);
            bail!("the lines above name what has a known weakness");
        }
    }
    Ok(())
}

/// A newer list, when it comes in time.
fn fetched() -> bool {
    let fetch = deny().args(["fetch", "db"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(mut fetch) = fetch else { return false };
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match fetch.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Err(_) => return false,
        }
    }
    fetch.kill().and_then(|()| fetch.wait()).is_ok_and(|status| status.success())
}

fn deny() -> Command {
    let mut deny = shell::program("cargo-deny");
    deny.args(["--workspace", "--color", "never"]);
    deny
}

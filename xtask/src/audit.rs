//! What comes from elsewhere: licences, banned packages and sources always; known weaknesses when the list of them
//! can be had. The rules are in `deny.toml`.

use crate::{
    shell, tools,
    words::{note, step},
};
use anyhow::Result;
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
    let known = step("known weaknesses", || {
        let check =
            deny().args(["--locked", "--offline", "check", "--hide-inclusion-graph", "advisories"]).output();
        let output = check?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok::<_, anyhow::Error>(match output.status.success() {
            true => Weaknesses::None,
            // There is no copy of the list: neither yes nor no.
            false if !fetched && says_there_is_no_list(&said) => Weaknesses::Unknown,
            false => Weaknesses::Found(said),
        })
    })?;
    match known {
        Weaknesses::None if fetched => Ok(()),
        Weaknesses::None => {
            note("    looked up in the copy of before: the list cannot be fetched from here");
            Ok(())
        }
        Weaknesses::Unknown => {
            note("    NOT CHECKED: the list of the RustSec project cannot be fetched from here");
            Ok(())
        }
        Weaknesses::Found(said) => {
            said.lines().for_each(note);
            anyhow::bail!("the lines above name what has a known weakness")
        }
    }
}

enum Weaknesses {
    None,
    Unknown,
    Found(String),
}

fn says_there_is_no_list(said: &str) -> bool {
    [
        "failed to load advisory database",
        "failed to open advisory database",
        "failed to fetch advisory database",
    ]
    .iter()
    .any(|words| said.contains(words))
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

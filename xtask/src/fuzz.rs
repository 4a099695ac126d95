//! `cargo xtask fuzz`: what strangers may send. Blind, through the whole server (`crates/simulate`), or with `--guided`
//! by inputs that reach new code (`fuzz/`, cargo-fuzz).

mod guided;

use crate::{paths, simulate, tools, words::say};
use anyhow::{Context, Result, bail, ensure};
use guided::Figures;
use std::{ffi::OsString, process::ExitCode, time::Duration};

/// Each is a file in `fuzz/fuzz_targets`.
const TARGETS: [&str; 6] = ["requests", "replies", "packed", "events", "rescue", "list"];

struct Options {
    target: Option<String>,
    each: Duration,
    json: bool,
}

/// # Errors  With the path of the input that a target did not survive.
pub fn run(mut words: lexopt::Parser) -> Result<ExitCode> {
    let given: Vec<OsString> = words.raw_args()?.collect();
    if given.iter().any(|word| word == "--samples") {
        ensure!(given.len() == 1, "--samples stands alone");
        return simulate::with([OsString::from("--samples"), paths::root().join("fuzz").into()]);
    }
    if !given.iter().any(|word| word == "--guided") {
        return simulate::with([OsString::from("--fuzz")].into_iter().chain(given));
    }
    let options = Options::read(lexopt::Parser::from_args(given))?;
    tools::for_fuzzing()?;
    let programs = guided::build()?;
    let mut all = Vec::new();
    for target in
        TARGETS.into_iter().filter(|name| options.target.as_deref().is_none_or(|only| only == *name))
    {
        let figures = guided::run(&programs.join(target), target, options.each)?;
        if !options.json {
            say(&figures.words());
        }
        all.push(figures);
    }
    if options.json {
        let all: Vec<_> = all.iter().map(Figures::json).collect();
        say(&serde_json::to_string(&all)?);
    }
    Ok(ExitCode::SUCCESS)
}

impl Options {
    fn read(mut words: lexopt::Parser) -> Result<Options> {
        use lexopt::prelude::*;
        let mut options = Options { target: None, each: Duration::from_secs(60), json: false };
        while let Some(word) = words.next()? {
            match word {
                Long("guided") => {}
                Long("minutes") => {
                    let minutes: f64 = words.value()?.parse()?;
                    options.each = Duration::try_from_secs_f64(minutes * 60.0).context("--minutes N")?;
                }
                Long("json") => options.json = true,
                Value(target) => options.target = Some(target.to_string_lossy().into_owned()),
                other => return Err(other.unexpected().into()),
            }
        }
        // libFuzzer takes whole seconds, and 0 for "until stopped".
        options.each = options.each.max(Duration::from_secs(1));
        match &options.target {
            Some(target) if !TARGETS.contains(&target.as_str()) => {
                bail!("there are only {}", TARGETS.join(", "))
            }
            _ => Ok(options),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn each_target_has_a_file_and_a_seed_and_nothing_else_is_there() {
        let fuzz = paths::root().join("fuzz");
        let names = |folder: &str| {
            let entries = fs::read_dir(fuzz.join(folder)).expect(folder);
            let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().replace(".rs", "");
            let mut names: Vec<String> = entries.map(|entry| name(entry.expect(folder))).collect();
            names.sort();
            names
        };
        let mut targets = TARGETS.map(str::to_owned);
        targets.sort();
        assert_eq!(names("fuzz_targets"), targets);
        assert_eq!(names("seeds"), targets);
        assert!(TARGETS.iter().all(|target| !names(&format!("seeds/{target}")).is_empty()));
    }

    #[test]
    fn options_are_read_and_a_wrong_target_is_told() {
        let read = |words: &[&str]| Options::read(lexopt::Parser::from_args(words));
        let options = read(&["--guided", "events", "--minutes", "0.5", "--json"]).expect("options");
        assert_eq!(
            (options.target.as_deref(), options.each.as_secs(), options.json),
            (Some("events"), 30, true)
        );
        assert!(read(&["--guided", "wire"]).is_err());
        assert!(read(&["--guided", "--minutes", "-1"]).is_err());
    }
}

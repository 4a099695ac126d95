//! `simulate [--seeds N] [--from N] [--steps N] [--seed S] [--devices N] [--json] [--some]`: see `cargo xtask simulate`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for a terminal")]

use anyhow::Result;
use std::{path::PathBuf, process::ExitCode};

struct Options {
    seeds: u64,
    /// The first of them: many seeds can be run in parts.
    from: u64,
    steps: u64,
    seed: Option<u64>,
    devices: usize,
    json: bool,
    /// Too few stories to reach everything: what was never reached is only told.
    some: bool,
    /// Tries what strangers may send instead, for so many minutes each.
    fuzz: bool,
    minutes: f64,
    target: Option<String>,
    /// Writes what the guided fuzzer starts from into this folder instead.
    samples: Option<PathBuf>,
}

impl Options {
    fn read() -> Result<Options> {
        use lexopt::prelude::*;
        let mut options = Options {
            seeds: 200,
            from: 1,
            steps: 150,
            seed: None,
            devices: simulate::MOST_DEVICES,
            json: false,
            some: false,
            fuzz: false,
            minutes: 1.0,
            target: None,
            samples: None,
        };
        let mut words = lexopt::Parser::from_env();
        while let Some(word) = words.next()? {
            match word {
                Long("seeds") => options.seeds = words.value()?.parse()?,
                Long("from") => options.from = words.value()?.parse()?,
                Long("steps") => options.steps = words.value()?.parse()?,
                Long("seed") => options.seed = Some(words.value()?.parse()?),
                Long("devices") => options.devices = words.value()?.parse()?,
                Long("fuzz") => options.fuzz = true,
                Long("minutes") => options.minutes = words.value()?.parse()?,
                Value(target) if options.fuzz => options.target = Some(target.to_string_lossy().into_owned()),
                Long("samples") => options.samples = Some(words.value()?.into()),
                Long("json") => options.json = true,
                Long("some") => options.some = true,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

fn main() -> Result<ExitCode> {
    let options = Options::read()?;
    if options.fuzz {
        let each = std::time::Duration::from_secs_f64(options.minutes * 60.0);
        for (target, samples) in simulate::fuzz::run(options.target.as_deref(), each)? {
            println!("{target}: {samples} samples, none of them did harm");
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(folder) = options.samples {
        println!("{} files written", simulate::samples::write(&folder)?);
        return Ok(ExitCode::SUCCESS);
    }
    let (first, seeds) = options.seed.map_or((options.from, options.seeds), |seed| (seed, 1));
    let told = |done: u64| {
        if done.is_multiple_of(100) {
            eprintln!("{done} seeds");
        }
    };
    let tally = simulate::run(first, seeds, options.steps, options.devices, told)?;
    let report = tally.json();
    if options.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        println!("{}", serde_json::to_string_pretty(&report)?);
    }
    for (seed, what) in tally.failures.iter().take(20) {
        eprintln!("seed {seed}: {what}");
    }
    if let Some((seed, _)) = tally.failures.first() {
        let (steps, devices) = (options.steps, options.devices);
        eprintln!("once more: cargo xtask simulate --seed {seed} --steps {steps} --devices {devices}");
    }
    // One seed alone cannot reach everything.
    let unreached = options.seed.is_none() && !tally.never_reached().is_empty();
    if unreached {
        eprintln!("never reached: {}", tally.never_reached().join(", "));
    }
    let incomplete = unreached && !options.some;
    Ok(if tally.is_clean() && !incomplete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

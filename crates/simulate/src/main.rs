//! `simulate [--seeds N] [--steps N] [--seed S] [--devices N] [--json]`: see `cargo xtask simulate`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for a terminal")]

use anyhow::Result;
use std::process::ExitCode;

struct Options {
    seeds: u64,
    steps: u64,
    seed: Option<u64>,
    devices: usize,
    json: bool,
}

impl Options {
    fn read() -> Result<Options> {
        use lexopt::prelude::*;
        let mut options =
            Options { seeds: 200, steps: 150, seed: None, devices: simulate::MOST_DEVICES, json: false };
        let mut words = lexopt::Parser::from_env();
        while let Some(word) = words.next()? {
            match word {
                Long("seeds") => options.seeds = words.value()?.parse()?,
                Long("steps") => options.steps = words.value()?.parse()?,
                Long("seed") => options.seed = Some(words.value()?.parse()?),
                Long("devices") => options.devices = words.value()?.parse()?,
                Long("json") => options.json = true,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

fn main() -> Result<ExitCode> {
    let options = Options::read()?;
    let (first, seeds) = options.seed.map_or((1, options.seeds), |seed| (seed, 1));
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
    let incomplete = options.seed.is_none() && !tally.never_reached().is_empty();
    if incomplete {
        eprintln!("never reached: {}", tally.never_reached().join(", "));
    }
    Ok(if tally.is_clean() && !incomplete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

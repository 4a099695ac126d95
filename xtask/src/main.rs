//! Everything a developer does with Noticed: `cargo xtask run`, `test`, `check`, `scenarios` and a few more.
//! Each command is a module; `cargo xtask help` lists them.

mod audit;
mod bench;
mod check;
mod client;
mod fuzz;
mod paths;
mod run;
mod sabotage;
mod scenarios;
mod seed;
mod shell;
mod ship;
mod simulate;
mod sweep;
mod test;
mod tidy;
mod tools;
mod vectors;
mod words;

use anyhow::{Result, bail};
use std::process::ExitCode;
pub use words::say;

const HELP: &str = "\
cargo xtask COMMAND

  run [--port N] [--data DIR] [--demo] set up, build, serve; --demo with a fictional provider
  test [SCENARIOS] [--only STAGE]      everything, installing what is missing; stages: check, native, scenarios,
                                       app, browser, walks
  scenarios DIR [--server] [--json]    replay scenario files through the domain, or through a real server
  vectors DIR [--json]                 check the measures against worked numbers
  seed --data DIR [--days N]           fill an empty data folder with the fictional provider
  seed --year [--data DIR] [--records N] [--days N]
                                       the same with three sites and a whole year
  check                                format, lints, layers, what comes from elsewhere
  tidy                                 only the layers and the form of files
  bench [PART] [--json] [--records N]  speed beside a yardstick or a budget; parts: push, wire, digest, first-sync,
                                       rules, walks, load, pages (this, digest and first-sync write their data first,
                                       some minutes for each; N records instead of 10,000 or 5,000)
  simulate [--seeds N] [--from N] [--steps N] [--seed S] [--devices N] [--json]
                                       phones and the real server under every fault; one seed is one story
  sweep [--every N] [--from N] [--without DEFENCE] [PATH ...]
                                       the app dies at every await of a path, in Chromium; paths: write, push, pull,
                                       start; N points are left out first; a defence to take away: commit, receipt,
                                       cursor
  sabotage [NAME]                      switches off each defence in a copy and shows which test notices
  fuzz [--minutes N] [TARGET]          what strangers may send, by chance, through the whole server: wire, packed,
                                       events, rescue, list
  fuzz --guided [--minutes N] [--json] [TARGET]
                                       the same by inputs that reach new code (cargo-fuzz): requests, replies, packed,
                                       events, rescue, list; a minute each
  fuzz --samples                       writes anew what it starts from
  size [--json]                        what a first visit costs, beside its budgets
  precache                             write the offline list (run by Trunk after a build)
";

fn main() -> ExitCode {
    match command() {
        Ok(code) => code,
        Err(error) => {
            words::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<ExitCode> {
    use lexopt::prelude::*;
    let asks = std::env::args_os().skip(1).any(|word| word == "--help" || word == "-h");
    let mut words = lexopt::Parser::from_env();
    let Some(Value(name)) = words.next()?.filter(|_| !asks) else {
        say(HELP);
        return Ok(ExitCode::SUCCESS);
    };
    match &*name.to_string_lossy() {
        "scenarios" => scenarios::run(&scenarios::Options::read(words)?),
        "run" => run::run(&run::Options::read(words)?).map(|()| ExitCode::SUCCESS),
        "test" => test::run(&test::Options::read(words)?).map(|()| ExitCode::SUCCESS),
        "sabotage" => sabotage::run(words),
        "fuzz" => fuzz::run(words),
        "simulate" => simulate::run(words),
        "sweep" => sweep::run(words),
        "bench" => bench::run(&bench::Options::read(words)?).map(|()| ExitCode::SUCCESS),
        "seed" => {
            let options = seed::Options::read(words)?;
            ship::build::server()?;
            seed::run(&options).map(|()| ExitCode::SUCCESS)
        }
        "vectors" => vectors::run(&vectors::Options::read(words)?).map(code),
        "check" => none(words).and_then(|()| check::run()).map(|()| ExitCode::SUCCESS),
        "tidy" => none(words).and_then(|()| tidy::run()).map(code),
        "precache" => ship::precache::run().map(|()| ExitCode::SUCCESS),
        "size" => ship::size::run(flag(words, "json")?),
        "help" => {
            say(HELP);
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("`{other}` is no command; `cargo xtask help` lists them"),
    }
}

fn code(fine: bool) -> ExitCode {
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A command without options.
fn none(mut words: lexopt::Parser) -> Result<()> {
    match words.next()? {
        Some(word) => Err(word.unexpected().into()),
        None => Ok(()),
    }
}

/// A command with at most one option.
fn flag(mut words: lexopt::Parser, name: &str) -> Result<bool> {
    let mut given = false;
    while let Some(word) = words.next()? {
        match word {
            lexopt::Arg::Long(long) if long == name => given = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(given)
}

//! Everything a developer does with Noticed: `cargo xtask run`, `test`, `check`, `scenarios` and a few more.
//! Each command is a module; `cargo xtask help` lists them.

mod scenarios;
mod words;

use anyhow::{Result, bail};
use std::process::ExitCode;
pub use words::{say, step};

const HELP: &str = "\
cargo xtask COMMAND

  scenarios DIR [--server] [--json]    replay scenario files through the domain, or through a real server
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
    let mut words = lexopt::Parser::from_env();
    let Some(Value(name)) = words.next()? else {
        say(HELP);
        return Ok(ExitCode::SUCCESS);
    };
    match &*name.to_string_lossy() {
        "scenarios" => scenarios::run(&scenarios::Options::read(words)?),
        "help" => {
            say(HELP);
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("`{other}` is no command; `cargo xtask help` lists them"),
    }
}

//! `cargo xtask run [--port N] [--data DIR] [--demo]`: from a fresh clone to a running server.

use crate::{paths, shell, ship, words::note};
use anyhow::Result;
use std::{path::PathBuf, process::Command};

const PORT: u16 = 8080;

#[derive(Clone, Debug)]
pub struct Options {
    port: u16,
    data: Option<PathBuf>,
    /// Fill an empty data folder with a fictional provider.
    demo: bool,
}

impl Options {
    /// # Errors  An option that does not exist, or a port that is no number.
    pub fn read(mut words: lexopt::Parser) -> Result<Options> {
        use lexopt::prelude::*;
        let mut options = Options { port: PORT, data: None, demo: false };
        while let Some(word) = words.next()? {
            match word {
                Long("port") => options.port = words.value()?.parse()?,
                Long("data") => options.data = Some(PathBuf::from(words.value()?)),
                Long("demo") => options.demo = true,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }

    fn data(&self) -> PathBuf {
        let name = if self.demo { "data/demo" } else { "data/provider" };
        self.data.clone().unwrap_or_else(|| paths::root().join(name))
    }
}

pub fn run(options: &Options) -> Result<()> {
    ship::build::app()?;
    ship::build::server()?;
    note("the server starts; it prints its address and, on an empty data folder, the set-up link");
    shell::shown(&mut serve(options))
}

fn serve(options: &Options) -> Command {
    let mut server = Command::new(paths::server_binary());
    server.args(["serve", "--port", &options.port.to_string(), "--data"]).arg(options.data());
    server.arg("--dist").arg(paths::dist());
    server
}

//! `cargo xtask run [--port N] [--data DIR] [--demo]`: from a fresh clone to a running server.

use crate::{
    client::{Api, Session},
    paths,
    seed::{self, Member, PASSWORD, Reception},
    ship,
    words::{note, say, step},
};
use anyhow::{Context, Result, bail, ensure};
use std::{
    path::PathBuf,
    process::{Child, Command},
    thread,
    time::Duration,
};

const PORT: u16 = 8080;
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

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
    if options.demo && seed::is_empty(&options.data()) {
        step("write three months of records (about a minute)", || {
            seed::run(&seed::Options::of(options.data()))
        })?;
    }
    note("the server starts; Ctrl-C stops it");
    let mut server = serve(options).spawn().context("start the server")?;
    if options.demo {
        let shown = wait_until_up(&mut server, options).and_then(|api| show_the_way_in(&api, options));
        if let Err(error) = shown {
            server.kill()?;
            return Err(error);
        }
    }
    ensure!(server.wait()?.success(), "the server ended");
    Ok(())
}

fn serve(options: &Options) -> Command {
    let mut server = Command::new(paths::server_binary());
    server.args(["serve", "--port", &options.port.to_string(), "--data"]).arg(options.data());
    server.arg("--dist").arg(paths::dist());
    server
}

fn wait_until_up(server: &mut Child, options: &Options) -> Result<Api> {
    let api = Api::new(format!("http://localhost:{}", options.port));
    for _ in 0..TRIES {
        ensure!(server.try_wait()?.is_none(), "the server ended");
        if api.get("/healthz", &Session::default()).is_ok_and(|reply| reply.is_ok()) {
            return Ok(api);
        }
        thread::sleep(PAUSE);
    }
    bail!("the server does not answer");
}

/// Links that bring a browser in, and the people who may sign in on it.
fn show_the_way_in(api: &Api, options: &Options) -> Result<()> {
    let labels = ["Phone of a carer", "Tablet of a senior", "Computer in the office"];
    let links = Reception::read(&options.data())?.links(api, &labels, seed::now())?;
    say("\nThree links, each brings in one browser and works once, for 30 minutes:");
    labels.iter().zip(&links).for_each(|(label, link)| say(&format!("  {label:<24} {link}")));
    say(&format!("\nThen sign in as anybody. The password is always: {PASSWORD}"));
    for member in seed::members()? {
        say(&format!("  {:<8} {:<18} {}", member.id, member.name, held(&member)));
    }
    Ok(())
}

fn held(member: &Member) -> String {
    let at = |(site, roles): (&String, &Vec<_>)| {
        let roles: Vec<&str> = roles.iter().map(|role: &domain::roles::Role| role.code()).collect();
        format!("{} at {site}", roles.join(", "))
    };
    member.roles.iter().map(at).collect::<Vec<_>>().join("; ")
}

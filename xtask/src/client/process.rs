//! A server process of our own: on a free loopback port, with a data folder and a clock of its own.

use super::Api;
use crate::{paths, shell};
use anyhow::{Context, Result, bail};
use domain::time::Instant;
use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

const CLOCK_FILE: &str = "NOTICED_CLOCK_FILE";
const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(25);

pub struct Process {
    child: Child,
    /// Goes away with the process.
    folder: PathBuf,
    clock: PathBuf,
    pub api: Api,
}

impl Process {
    /// In a folder that goes away with the process.
    pub fn temporary(name: &str, now: Instant) -> Result<Process> {
        let folder = new_folder(name)?;
        Process::start(&folder, &folder.join("data"), None, now)
    }

    /// The same with an empty PostgreSQL database, which is prepared first.
    pub fn on_postgres(name: &str, now: Instant, database: &str, owner: &str) -> Result<Process> {
        let mut prepare = Command::new(paths::server_binary());
        shell::quiet(prepare.args(["prepare", "--database", database, "--owner", owner]))?;
        let folder = new_folder(name)?;
        Process::start(&folder, &folder.join("data"), Some(database), now)
    }

    /// On a data folder that stays.
    pub fn lasting(data: &Path, now: Instant) -> Result<Process> {
        let folder = std::env::temp_dir().join(format!("noticed-{}-clock", std::process::id()));
        Process::start(&folder, data, None, now)
    }

    fn start(folder: &Path, data: &Path, database: Option<&str>, now: Instant) -> Result<Process> {
        fs::create_dir_all(folder)?;
        let clock = folder.join("clock");
        set(&clock, now)?;
        let port = free_port()?;
        let base = format!("http://127.0.0.1:{port}");
        let mut command = Command::new(paths::server_binary());
        command.args(["serve", "--port", &port.to_string(), "--base-url", &base, "--data"]).arg(data);
        if let Some(database) = database {
            command.args(["--database", database]);
        }
        command.env(CLOCK_FILE, &clock).stdin(Stdio::null());
        command.stdout(File::create(folder.join("said"))?).stderr(File::create(folder.join("logged"))?);
        let child = command.spawn().with_context(|| format!("start {}", paths::server_binary().display()))?;
        let mut process = Process { child, folder: folder.to_path_buf(), clock, api: Api::new(base) };
        process.wait_until_up()?;
        Ok(process)
    }

    /// From now on it is this instant for the server.
    pub fn set_clock(&self, now: Instant) -> Result<()> {
        set(&self.clock, now)
    }

    /// For another thread.
    pub fn another_api(&self) -> Api {
        Api::new(self.api.base.clone())
    }

    /// Of the operating system.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where its data and its words are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The one-time token of the set-up link that the server printed.
    pub fn set_up_token(&self) -> Result<String> {
        let said = self.words();
        let start =
            said.find("set-up#").with_context(|| format!("no set-up link in: {said}"))? + "set-up#".len();
        let token =
            said[start..].split(|letter: char| !(letter.is_ascii_alphanumeric() || "-_".contains(letter)));
        Ok(token.into_iter().next().unwrap_or_default().to_owned())
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            self.child.kill()?;
        }
        self.child.wait()?;
        Ok(())
    }

    fn wait_until_up(&mut self) -> Result<()> {
        for _ in 0..TRIES {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended ({status}): {}", self.words());
            }
            if self.api.get("/healthz", &super::Session::default()).is_ok_and(|reply| reply.is_ok()) {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        bail!("the server does not answer: {}", self.words());
    }

    fn words(&self) -> String {
        let read = |name: &str| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        format!("{}{}", read("said"), read("logged"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Already ended is fine; nothing else can be done here.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(|_| ()).unwrap_or_default();
        fs::remove_dir_all(&self.folder).unwrap_or_default();
    }
}

/// An empty one of that name, of this run.
fn new_folder(name: &str) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("noticed-{}-{name}", std::process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    Ok(folder)
}

/// A loopback port that nobody uses just now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// In one step, so that the server never reads half an instant.
fn set(clock: &Path, now: Instant) -> Result<()> {
    let next = clock.with_extension("next");
    fs::write(&next, now.to_rfc3339())?;
    fs::rename(next, clock).context("set the clock of the server")
}

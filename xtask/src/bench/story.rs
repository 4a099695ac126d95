//! Data folders with a long story, written once and kept for the next time, and a server over a copy of one.

use crate::{
    client::{Api, Session, free_port},
    paths,
    seed::{self, LongStory},
    words::step,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(50);

/// Writes the story once; later runs find it.
pub fn written(name: &str, long: LongStory, days: i64) -> Result<PathBuf> {
    let whole = paths::target().join(format!("bench-data/{name}-{}", long.records));
    if !seed::is_empty(&whole) {
        return Ok(whole);
    }
    let begun = whole.with_extension("begun");
    if begun.exists() {
        fs::remove_dir_all(&begun)?;
    }
    fs::create_dir_all(&begun)?;
    step(&format!("write {} records (some minutes, once)", long.records), || {
        seed::run(&seed::Options::of_year(begun.clone(), long, days))
    })?;
    fs::rename(&begun, &whole)?;
    Ok(whole)
}

/// A data folder of its own, which goes away.
pub struct Copy(PathBuf);

impl Copy {
    pub fn of(data: &Path) -> Result<Copy> {
        let copy = Copy(std::env::temp_dir().join(format!("noticed-bench-{}", std::process::id())));
        if copy.0.exists() {
            fs::remove_dir_all(&copy.0)?;
        }
        seed::copied(data, &copy.0)?;
        Ok(copy)
    }

    pub fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

/// A server by the clock of this machine, with the app.
pub struct Serving {
    child: Child,
    pub api: Api,
}

impl Serving {
    pub fn start(data: &Path) -> Result<Serving> {
        let port = free_port()?;
        let mut command = Command::new(paths::server_binary());
        command.args(["serve", "--port", &port.to_string(), "--data"]).arg(data);
        command
            .arg("--dist")
            .arg(paths::dist())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().with_context(|| format!("start {}", paths::server_binary().display()))?;
        let mut server = Serving { child, api: Api::new(format!("http://localhost:{port}")) };
        for _ in 0..TRIES {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended ({status})");
            }
            if server.api.get("/healthz", &Session::default()).is_ok_and(|reply| reply.is_ok()) {
                return Ok(server);
            }
            thread::sleep(PAUSE);
        }
        bail!("the server does not answer")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Already ended is fine; nothing else can be done here.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(|_| ()).unwrap_or_default();
    }
}

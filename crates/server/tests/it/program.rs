//! The program in a process of its own: started, told to stop, killed at a place, and what it says.

use crate::ground::{place, words};
use server::place::Place;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_noticed");

/// A server in a process of its own; ended when the test is over.
pub struct Served {
    pub child: Child,
    pub url: String,
    pub link: Option<String>,
}

impl Served {
    /// In a new folder: there is a set-up link.
    pub fn start(data: &Path, more: &[&str]) -> Served {
        let (mut served, mut lines) = Served::spawn(&place(data), more);
        served.link = lines.nth(1);
        served
    }

    /// In a new folder, always with a file.
    pub fn start_in(data: &Path) -> Served {
        let (mut served, mut lines) = Served::spawn(&Place::folder(data), &[]);
        served.link = lines.nth(1);
        served
    }

    /// The same, with these words on the command line and in the environment.
    pub fn start_in_with(data: &Path, more: &[&str], environment: &[(&str, String)]) -> Served {
        let (mut served, mut lines) = Served::spawn_with(&Place::folder(data), more, environment);
        served.link = lines.nth(1);
        served
    }

    /// In a folder that is set up.
    pub fn start_again_with(data: &Path, more: &[&str], environment: &[(&str, String)]) -> Served {
        Served::spawn_with(&Place::folder(data), more, environment).0
    }

    /// The same, to stand still at a place: `name=2*off->pause`.
    pub fn start_to_stop_at(data: &Path, at: &str) -> Served {
        Served::start_among(data, &[("FAILPOINTS", at.to_owned())])
    }

    /// In a folder that is set up, with this in the environment.
    pub fn start_among(data: &Path, environment: &[(&str, String)]) -> Served {
        Served::spawn_with(&place(data), &[], environment).0
    }

    /// In a folder that is set up.
    pub fn start_again(data: &Path) -> Served {
        Served::spawn(&place(data), &[]).0
    }

    fn spawn(place: &Place, more: &[&str]) -> (Served, impl Iterator<Item = String> + use<>) {
        Served::spawn_with(place, more, &[])
    }

    fn spawn_with(
        place: &Place,
        more: &[&str],
        environment: &[(&str, String)],
    ) -> (Served, impl Iterator<Item = String> + use<>) {
        let mut command = Command::new(PROGRAM);
        command.arg("serve").args(words(place)).args(["--port", "0"]).args(more);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let ready = lines.next().expect("a first line");
        let url = ready
            .strip_prefix("Noticed is ready at ")
            .expect("the address")
            .replace("localhost", "127.0.0.1");
        (Served { child, url, link: None }, lines)
    }

    pub fn token(&self) -> &str {
        self.link.as_deref().and_then(|link| link.split('#').nth(1)).expect("a link")
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn kill_hard(mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("gone");
    }

    pub fn told_to_stop(mut self) -> (Option<i32>, Duration) {
        let started = Instant::now();
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("kill").success());
        let status = self.child.wait().expect("ended");
        (status.code(), started.elapsed())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.child.kill().unwrap_or_default();
        }
    }
}

pub fn run(words: &[&str]) -> Output {
    Command::new(PROGRAM).args(words).output().expect("the program runs")
}

pub fn run_with(words: &[&str], environment: &[(&str, String)]) -> Output {
    let environment = environment.iter().map(|(name, value)| (name, value));
    Command::new(PROGRAM).args(words).envs(environment).output().expect("the program runs")
}

/// Stands still at a place, as `Served::start_to_stop_at` names it, and is killed there.
pub fn run_and_kill_at(words: &[&str], at: &str) {
    // Longer than it takes to come there on a machine with nothing else to do; then until it does nothing more.
    const WAIT: Duration = Duration::from_millis(2_500);
    const LOOK: Duration = Duration::from_millis(500);
    let mut command = Command::new(PROGRAM);
    command.args(words).env("FAILPOINTS", at).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program runs");
    std::thread::sleep(WAIT);
    let mut used = time_used(child.id());
    for _ in 0..60 {
        std::thread::sleep(LOOK);
        let before = std::mem::replace(&mut used, time_used(child.id()));
        if before == used {
            break;
        }
    }
    assert!(child.try_wait().expect("a look").is_none(), "{at}: it does not stand there");
    child.kill().expect("SIGKILL");
    child.wait().expect("gone");
}

/// Of the processor, by a process: user and system, in ticks of the kernel. Source: proc(5).
fn time_used(pid: u32) -> Option<[u64; 2]> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program, in brackets, may hold blanks.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some([fields.next()?.parse().ok()?, fields.next()?.parse().ok()?])
}

/// One sentence on stderr, nothing on stdout, exit code 2.
pub fn says(output: &Output, words: &str) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains(words) && text.trim().lines().count() == 1 && text.trim().ends_with('.'), "{text}");
    assert!(output.stdout.is_empty());
}

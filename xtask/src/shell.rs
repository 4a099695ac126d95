//! Running other programs: quiet while all is well, the end of what they said when it is not.

use crate::{paths, words::note};
use anyhow::{Context, Result, bail};
use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Lines of a failed program that are shown.
const TAIL: usize = 60;

/// A program with this project's own tools in front of the path.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(find(name).unwrap_or_else(|| PathBuf::from(name)));
    command.current_dir(paths::root()).env("PATH", search_path());
    command
}

/// Where a program is, this project's own tools first.
pub fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&search_path()).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The first line that a program prints, for its version.
pub fn first_line(name: &str, argument: &str) -> Option<String> {
    let output = program(name).arg(argument).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output.status.success().then(|| text.lines().next().unwrap_or_default().trim().to_owned())
}

/// Runs to the end without a word.
/// # Errors  The program is missing or fails; the end of its output is printed.
pub fn quiet(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("start {name}"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(said);
    }
    let all = format!("{said}{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = all.lines().collect();
    lines[lines.len().saturating_sub(TAIL)..].iter().for_each(|line| note(line));
    bail!("{name} failed ({})", output.status)
}

/// Runs to the end with its output shown.
/// # Errors  The program is missing or fails.
pub fn shown(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    io::stdout().flush()?;
    let status = command.status().with_context(|| format!("start {name}"))?;
    if status.success() { Ok(()) } else { bail!("{name} failed ({status})") }
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    program(&env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
}

fn search_path() -> OsString {
    let tools = paths::tools();
    let own = [tools.join("bin"), tools.join("node_modules/.bin")];
    let usual = env::var_os("PATH").unwrap_or_default();
    let all = own.into_iter().chain(env::split_paths(&usual));
    env::join_paths(all).unwrap_or(usual)
}

pub fn is_newer(file: &Path, than: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    time(file) > time(than)
}

//! What xtask says on the terminal: results on standard output, progress and complaints beside it.

use std::time::Instant;

#[expect(clippy::print_stdout, reason = "the result of a command")]
pub fn say(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stderr, reason = "progress, kept apart from results")]
pub fn note(line: &str) {
    eprintln!("{line}");
}

pub fn complain(line: &str) {
    note(&format!("xtask: {line}"));
}

/// Does one part of a longer job and says how long it took.
pub fn step<T, E>(what: &str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    note(&format!("... {what}"));
    let start = Instant::now();
    let result = work();
    let word = if result.is_ok() { "ok " } else { "NOT" };
    note(&format!("{word} {what} ({:.1} s)", start.elapsed().as_secs_f64()));
    result
}

//! One target at a time: built with counters for each branch by cargo-fuzz, then run by itself with a corpus that
//! grows under `target/`.

use crate::{paths, shell, words::step};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

/// More than this at any moment is a fault.
const MEMORY_MB: u32 = 1024;
/// Longer than this for one input is a fault; the machine may be busy.
const PATIENCE_S: u32 = 30;
/// Longest input, in bytes: an event may have 32 KB.
const LONGEST: u32 = 40 * 1024;

/// What a run came to.
#[derive(Debug, PartialEq)]
pub struct Figures {
    target: String,
    executions: u64,
    /// Places in the code that were reached.
    cov: u64,
    /// Places with how often they were reached, and comparisons: what the fuzzer is guided by.
    ft: u64,
    /// Inputs that each reach something new.
    corpus: u64,
    seconds: f64,
}

/// Gives the folder with the programs. The released compiler does it: without a sanitizer nothing needs another one.
pub fn build() -> Result<PathBuf> {
    let said = shell::quiet(shell::program("rustc").arg("-vV"))?;
    let machine =
        said.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no machine")?;
    let target = paths::target().join("fuzz");
    step("build the fuzzer (the first time some minutes)", || {
        let mut cargo = shell::cargo();
        cargo.args(["fuzz", "build", "--sanitizer", "none", "--fuzz-dir", "fuzz", "--target", machine]);
        shell::quiet(cargo.arg("--target-dir").arg(&target))
    })?;
    Ok(target.join(machine).join("release"))
}

/// Runs one target for so long.
/// # Errors  With the path of the input that it did not survive.
pub fn run(program: &Path, target: &str, each: Duration) -> Result<Figures> {
    let (fuzz, work) = (paths::root().join("fuzz"), paths::target().join("fuzz"));
    let (corpus, found) = (work.join("corpus").join(target), work.join("found").join(target));
    let log = work.join("logs").join(target);
    for folder in [&corpus, &found, &work.join("logs")] {
        fs::create_dir_all(folder)?;
    }
    let start = Instant::now();
    let mut fuzzer = shell::program(&program.to_string_lossy());
    // New inputs go into the first folder.
    fuzzer.arg(&corpus).arg(fuzz.join("seeds").join(target));
    fuzzer.arg(format!("-artifact_prefix={}/", found.display()));
    fuzzer.args([format!("-max_total_time={}", each.as_secs()), format!("-max_len={LONGEST}")]);
    fuzzer.args([format!("-rss_limit_mb={MEMORY_MB}"), format!("-timeout={PATIENCE_S}")]);
    fuzzer.arg("-print_final_stats=1").args(dictionary(&fuzz, target));
    let said = File::create(&log).with_context(|| format!("write {}", log.display()))?;
    let status = step(&format!("{target} for {} s", each.as_secs()), || {
        fuzzer
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            .status()
            .context("start the fuzzer")
    })?;
    let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if !status.success() {
        let (input, reason) = harm(&text);
        let (log, program) = (log.display(), program.display());
        bail!("{target} did not survive {input}: {reason}; all of it in {log}; once more: {program} {input}");
    }
    Figures::read(target, &text, start.elapsed()).with_context(|| format!("read {}", log.display()))
}

/// The input that was kept, and what it did.
fn harm(said: &str) -> (&str, &str) {
    let input = said.lines().find_map(|line| line.split_once("Test unit written to "));
    let panic = said.lines().find(|line| line.contains("panicked at"));
    let other = || said.lines().find_map(|line| line.split_once("ERROR: libFuzzer: "));
    let reason = panic.or_else(|| other().map(|(_, reason)| reason));
    (input.map_or("an input that was not kept", |(_, path)| path), reason.unwrap_or("no reason given"))
}

/// Words that mean something to the reader; none for packed bytes.
fn dictionary(fuzz: &Path, target: &str) -> Option<String> {
    let name = match target {
        "packed" => return None,
        "list" => "list.dict",
        _ => "json.dict",
    };
    Some(format!("-dict={}", fuzz.join("dictionaries").join(name).display()))
}

impl Figures {
    /// From what libFuzzer says, for example `#9 DONE cov: 3 ft: 4 corp: 2/9b lim: 4 exec/s: 9 rss: 30Mb`.
    fn read(target: &str, said: &str, took: Duration) -> Result<Figures> {
        let is_last = |line: &&str| line.starts_with('#') && line.split_whitespace().nth(1) == Some("DONE");
        let last = said.lines().rfind(is_last).context("it did not come to its end")?;
        let words: Vec<&str> = last.split_whitespace().collect();
        let number = |text: &str| text.split('/').next().and_then(|digits| digits.parse().ok());
        let after = |name: &str| {
            let place = words.iter().position(|word| *word == name)?;
            words.get(place + 1).and_then(|word| number(word))
        };
        let executions = words.first().and_then(|word| number(word.trim_start_matches('#')));
        let figures = Figures {
            target: target.to_owned(),
            executions: executions.context("executions")?,
            cov: after("cov:").context("cov")?,
            ft: after("ft:").context("ft")?,
            corpus: after("corp:").context("corp")?,
            seconds: took.as_secs_f64(),
        };
        ensure!(figures.executions > 0 && figures.cov > 0, "nothing was run");
        Ok(figures)
    }

    pub fn words(&self) -> String {
        let Figures { target, executions, cov, ft, corpus, seconds } = self;
        format!(
            "{target}: {executions} executions in {seconds:.0} s, coverage {cov}, features {ft}, corpus {corpus}, nothing did harm"
        )
    }

    pub fn json(&self) -> Value {
        let Figures { target, executions, cov, ft, corpus, seconds } = self;
        json!({
            "target": target, "executions": executions, "cov": cov, "ft": ft, "corpus": corpus,
            "seconds": (seconds * 10.0).round() / 10.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_last_line_and_never_from_a_run_that_stopped() {
        let said = "#2\tINITED cov: 1 ft: 1 corp: 1/1b exec/s: 0 rss: 30Mb\n#4194304\tDONE   cov: 2102 ft: 9000 corp: 812/61Kb lim: 40960 exec/s: 69905 rss: 402Mb\nDone 4194304 runs in 60 second(s)\n";
        let took = Duration::from_secs(60);
        let figures = Figures::read("list", said, took).expect("figures");
        let expected = Figures {
            target: "list".to_owned(),
            executions: 4_194_304,
            cov: 2_102,
            ft: 9_000,
            corpus: 812,
            seconds: 60.0,
        };
        assert_eq!(figures, expected);
        assert!(Figures::read("list", "#2\tINITED cov: 1 ft: 1 corp: 1/1b\n", took).is_err());
    }
    #[test]
    fn the_input_that_did_harm_is_named_with_what_it_did() {
        let too_much = "#365\tNEW    cov: 2128 exec/s: 365==14786== ERROR: libFuzzer: out-of-memory (used: 30Mb; limit: 20Mb)\nartifact_prefix='/found/list/'; Test unit written to /found/list/oom-da39\nSUMMARY: libFuzzer: out-of-memory\n";
        assert_eq!(harm(too_much), ("/found/list/oom-da39", "out-of-memory (used: 30Mb; limit: 20Mb)"));
        let panic = "thread '<unnamed>' (9) panicked at crates/sync/src/chain.rs:49:51:\nattempt to add with overflow\n==9== ERROR: libFuzzer: deadly signal\nartifact_prefix='/found/'; Test unit written to /found/crash-1\n";
        let (input, reason) = harm(panic);
        assert_eq!(input, "/found/crash-1");
        assert!(reason.ends_with("crates/sync/src/chain.rs:49:51:"), "{reason}");
        assert_eq!(harm(""), ("an input that was not kept", "no reason given"));
    }
}

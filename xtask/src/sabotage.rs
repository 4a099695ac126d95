//! `cargo xtask sabotage [NAME]`: switches off one defence after the other in a copy of the sources, and shows
//! which tests fail then. A defence whose absence no test notices is no defence.

mod list;

use crate::{
    paths, shell, ship, test, tools,
    words::{note, say},
};
use anyhow::{Context, Result, ensure};
use list::{Sabotage, Tests, all};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

const RESULT: &str = "test result:";
/// What is said of walks: after each try, before the name of each that failed, and of a file that failed at both tries.
const RESULT_OF_WALKS: &str = "ℹ tests";
const FAILED_WALK: &str = "✖ ";
const FAILED_TWICE: &str = "FAILED TWICE";

/// What a copy needs to build: everything but what is built.
const LEFT_OUT: [&str; 5] = ["target", ".git", "node_modules", "dist", "dist-dev"];

/// # Errors  When a defence is not where the list says, or the copy does not build.
pub fn run(mut words: lexopt::Parser) -> Result<ExitCode> {
    let only = match words.next()? {
        Some(lexopt::Arg::Value(name)) => Some(name.to_string_lossy().into_owned()),
        Some(other) => return Err(other.unexpected().into()),
        None => None,
    };
    let copy = paths::target().join("sabotage/tree");
    let chosen: Vec<_> = all().filter(|one| only.as_deref().is_none_or(|name| name == one.name)).collect();
    ensure!(!chosen.is_empty(), "no defence is called {}", only.unwrap_or_default());
    let (mut unnoticed, mut untried) = (0, 0);
    for (place, sabotage) in chosen.iter().enumerate() {
        note(&format!("... {} of {}: {}", place + 1, chosen.len(), sabotage.name));
        renew(&copy)?;
        let found = match sabotage.failed_tests(&copy) {
            Ok(failed) if failed.is_empty() => {
                unnoticed += 1;
                "NOBODY NOTICED".into()
            }
            Ok(failed) => failed.join(", "),
            // An hour of the others is not thrown away for one.
            Err(error) => {
                untried += 1;
                format!("NOT TRIED: {error:#}")
            }
        };
        say(&format!("{}: {found}", sabotage.name));
    }
    let switched_off = chosen.len() - untried;
    say(&format!(
        "{switched_off} defences switched off, {unnoticed} unnoticed, {untried} could not be tried"
    ));
    Ok(if unnoticed + untried == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Sabotage {
    /// The defence as it stands in a tree.
    fn broken(&self, tree: &Path) -> Result<(PathBuf, String)> {
        let file = tree.join(self.file);
        let text = fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
        let found = text.matches(self.defence).count();
        ensure!(found == 1, "{}: the defence stands {found} times in {}", self.name, self.file);
        Ok((file, text.replacen(self.defence, self.instead, 1)))
    }

    fn failed_tests(&self, tree: &Path) -> Result<Vec<String>> {
        let (file, broken) = self.broken(tree)?;
        fs::write(&file, broken)?;
        let output = self.tests(tree)?.output().context("start the tests")?;
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(
            said.contains(RESULT) || said.contains(RESULT_OF_WALKS),
            "{} does not build: {}",
            self.name,
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(failed(&said))
    }

    fn tests(&self, tree: &Path) -> Result<Command> {
        let mut cargo = match self.noticed_by {
            Tests::Native(part) => {
                let mut cargo = shell::cargo();
                cargo.args(["test", "--no-fail-fast"]).args(part);
                cargo
            }
            Tests::Postgres(names) => {
                tools::postgres()?;
                let mut cargo = shell::cargo();
                cargo.args(["test", "--package", "server", "--test", "it", "--"]).args(names);
                cargo.env("NOTICED_TEST_DATABASE", "postgres");
                cargo
            }
            Tests::Browser => {
                tools::for_the_app()?;
                tools::for_browser_tests()?;
                test::in_a_browser()
            }
            Tests::Walks(names) => return walks(tree, names),
        };
        cargo.current_dir(tree).env("CARGO_TARGET_DIR", paths::target().join("sabotage/build"));
        Ok(cargo)
    }
}

/// Our own walks, over the app of the copy: what is tried is the app, not the walk.
fn walks(tree: &Path, names: &[&str]) -> Result<Command> {
    tools::for_the_app()?;
    tools::for_browser_tests()?;
    ship::build::tested_server()?;
    let (build, dist) = (paths::target().join("sabotage/build"), paths::target().join("sabotage/dist"));
    let mut trunk = shell::program("trunk");
    trunk.arg("build").arg("--dist").arg(&dist).current_dir(tree).env_remove("NO_COLOR");
    shell::quiet(trunk.env("CARGO_TARGET_DIR", build))?;
    let mut node = shell::program("node");
    node.arg(paths::root().join("tests/e2e/run.mjs")).args(names);
    node.env("NOTICED_BINARY", paths::server_binary()).env("NOTICED_DIST", dist);
    Ok(node)
}

/// Names of the tests that failed: native ("FAILED"), in a browser ("FAIL"), or walks that failed at both tries.
fn failed(said: &str) -> Vec<String> {
    let tests = said.lines().filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "));
    let failed = tests.filter(|(_, outcome)| outcome.starts_with("FAIL")).map(|(name, _)| name.to_owned());
    // A walk that passes at the second try noticed nothing.
    let lines = said.lines().filter(|_| said.contains(FAILED_TWICE));
    let walks = lines.filter_map(|line| line.trim_start().strip_prefix(FAILED_WALK)?.rsplit_once(" ("));
    let walks: BTreeSet<&str> = walks.map(|(name, _)| name).collect();
    failed.chain(walks.into_iter().map(str::to_owned)).collect()
}

/// Copies what changed since the last time, so that only that is built again.
fn renew(copy: &Path) -> Result<()> {
    copied(&paths::root(), copy)
}

fn copied(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if LEFT_OUT.iter().any(|left_out| *left_out == name) {
            continue;
        }
        let (source, target) = (entry.path(), to.join(&name));
        if entry.file_type()?.is_dir() {
            copied(&source, &target)?;
        } else if entry.file_type()?.is_file() {
            let text = fs::read(&source)?;
            if fs::read(&target).ok().as_ref() != Some(&text) {
                fs::write(&target, text)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_defence_stands_where_the_list_says() {
        for sabotage in all() {
            sabotage.broken(&paths::root()).expect(sabotage.name);
        }
    }

    #[test]
    fn failed_tests_are_read_from_what_cargo_and_the_browser_say() {
        let said =
            "running 3 tests\ntest one::two ... FAILED\ntest three ... ok\ntest browser::four ... FAIL\n";
        assert_eq!(failed(said), ["one::two", "browser::four"]);
        let once = "✔ f1: one (12.5ms)\n✖ f2: two (twice) (3ms)\nℹ tests 2\n✖ failing tests:\n✖ f2: two (twice) (3ms)\n";
        assert!(failed(&format!("{once}UNSTEADY, passed at the second try: x")).is_empty());
        assert_eq!(failed(&format!("{once}{once}FAILED TWICE: x")), ["f2: two (twice)"]);
    }
}

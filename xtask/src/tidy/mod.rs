//! `cargo xtask tidy`: the house rules that the compiler cannot hold. Each breach is one line with its place.

mod failures;
mod form;
mod hosts;
mod layers;
mod source;

use crate::{paths, shell, words::say};
use anyhow::Result;
use source::Source;

/// True when nothing was found.
pub fn run() -> Result<bool> {
    let sources = sources()?;
    let mut breaches = failures::check(&sources);
    for source in &sources {
        breaches.extend(hosts::check(source));
        if source.is_rust() {
            breaches.extend(form::check(source));
            breaches.extend(layers::check(source));
        }
    }
    breaches.iter().for_each(|breach| say(breach));
    Ok(breaches.is_empty())
}

/// Every text file of the repository that git knows or would add.
fn sources() -> Result<Vec<Source>> {
    let listed = shell::quiet(shell::program("git").args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "--deduplicate",
    ]))?;
    let root = paths::root();
    let read = |name: &str| Source::read(&root, name);
    Ok(listed.lines().filter_map(read).collect())
}

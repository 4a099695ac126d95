//! `cargo xtask vectors DIR [--json]`: checks the measures against files of worked numbers, one file per measure.

use crate::{
    scenarios::{name, with_ending},
    words::say,
};
use anyhow::{Context, Result};
use replay::vectors::{self, Compared};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(Clone, Debug)]
pub struct Options {
    pub folder: PathBuf,
    pub json: bool,
}

impl Options {
    /// # Errors  No folder, or an option that does not exist.
    pub fn read(mut words: lexopt::Parser) -> Result<Options> {
        use lexopt::prelude::*;
        let (mut folder, mut json) = (None, false);
        while let Some(word) = words.next()? {
            match word {
                Long("json") => json = true,
                Value(path) if folder.is_none() => folder = Some(PathBuf::from(path)),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Options { folder: folder.context("which folder? `cargo xtask vectors DIR`")?, json })
    }
}

/// True when every case of every file agrees. One line per case; with `json` one list of all of them.
/// # Errors  The folder cannot be read, holds no vectors, or a file has another form.
pub fn run(options: &Options) -> Result<bool> {
    let mut all: Vec<Compared> = Vec::new();
    for file in with_ending(&options.folder, "json", "vectors")? {
        let words = fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
        all.extend(vectors::compare(&name(&file), &words)?);
    }
    if options.json {
        say(&serde_json::to_string_pretty(&all)?);
    } else {
        all.iter().for_each(print);
    }
    Ok(all.iter().all(Compared::agrees))
}

/// The vectors of a folder, in words.
pub fn of(folder: &Path) -> Options {
    Options { folder: folder.to_path_buf(), json: false }
}

fn print(one: &Compared) {
    say(&format!("{} {}: {}", one.result, one.measure, one.case));
    if !one.agrees() {
        say(&format!("  expected {}", one.expected));
        match (&one.got, &one.error) {
            (Some(got), _) => say(&format!("  got      {got}")),
            (None, error) => say(&format!("  {}", error.as_deref().unwrap_or("nothing"))),
        }
    }
}

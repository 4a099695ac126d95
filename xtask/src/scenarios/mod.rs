//! `cargo xtask scenarios DIR [--server] [--json]`: spec by example, replayed through the real code.
//! One line per file: `ok`, or `FAIL` with expected and got.

mod over_http;
mod report;

use crate::ship;
use anyhow::{Context, Result, ensure};
use over_http::OverHttp;
use replay::scenarios::{self as replayed, file, play::Played};
use report::Line;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Clone, Debug)]
pub struct Options {
    pub folder: PathBuf,
    /// Through a real server process instead of the domain alone.
    pub server: bool,
    pub json: bool,
}

impl Options {
    /// # Errors  No folder, or an option that does not exist.
    pub fn read(mut words: lexopt::Parser) -> Result<Options> {
        use lexopt::prelude::*;
        let (mut folder, mut server, mut json) = (None, false, false);
        while let Some(word) = words.next()? {
            match word {
                Long("server") => server = true,
                Long("json") => json = true,
                Value(path) if folder.is_none() => folder = Some(PathBuf::from(path)),
                other => return Err(other.unexpected().into()),
            }
        }
        let folder = folder.context("which folder? `cargo xtask scenarios DIR`")?;
        Ok(Options { folder, server, json })
    }
}

/// # Errors  The folder cannot be read or holds no scenario.
pub fn run(options: &Options) -> Result<ExitCode> {
    let files = with_ending(&options.folder, "yaml", "scenario")?;
    if options.server {
        ship::build::tested_server()?;
    }
    let mut lines = Vec::new();
    for file in &files {
        let line = Line { name: name(file), played: replay(file, options) };
        if !options.json {
            line.print();
        }
        lines.push(line);
    }
    if options.json {
        report::print_json(&lines)?;
    } else {
        report::print_total(&lines);
    }
    let failed = lines.iter().any(Line::has_failed);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn replay(path: &Path, options: &Options) -> Result<Played> {
    let words = fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
    if !options.server {
        return replayed::replay(&name(path), &words);
    }
    let scenario = file::read(&name(path), &words)?;
    replayed::play::play(&scenario, &mut OverHttp::new(&scenario)?)
}

/// The files of a folder with one ending, by name.
/// # Errors  The folder cannot be read, or holds no such file.
pub fn with_ending(folder: &Path, ending: &str, what: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("read the folder {}", folder.display()))?;
    let paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    let has_ending = |path: &PathBuf| path.extension().is_some_and(|end| end == ending);
    let mut files: Vec<PathBuf> = paths.into_iter().filter(has_ending).collect();
    files.sort();
    ensure!(!files.is_empty(), "{} holds no {what} (*.{ending})", folder.display());
    Ok(files)
}

/// Name of a file without its ending.
pub fn name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

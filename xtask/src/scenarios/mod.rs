//! `cargo xtask scenarios DIR [--server] [--json]`: spec by example, replayed through the real code.
//! One line per file: `ok`, or `FAIL` with expected and got.

mod author;
mod cast;
mod compare;
mod devices;
mod draft;
mod file;
mod ids;
mod in_domain;
mod knowledge;
mod looks;
mod over_http;
mod plan;
mod play;
mod report;
mod sound;
#[cfg(test)]
mod tests;
mod text;
mod world;
mod yaml;

use crate::ship;
use anyhow::{Context, Result, ensure};
use in_domain::InDomain;
use over_http::OverHttp;
use play::Played;
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
    let files = files(&options.folder)?;
    if options.server {
        ship::build::server()?;
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
    let scenario = file::read(path)?;
    if options.server {
        return play::play(&scenario, &mut OverHttp::new(&scenario)?);
    }
    play::play(&scenario, &mut InDomain::new(&scenario, cast::directory(&scenario)))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("read the folder {}", folder.display()))?;
    let paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    let is_scenario = |path: &PathBuf| path.extension().is_some_and(|end| end == "yaml");
    let mut files: Vec<PathBuf> = paths.into_iter().filter(is_scenario).collect();
    files.sort();
    ensure!(!files.is_empty(), "{} holds no scenario (*.yaml)", folder.display());
    Ok(files)
}

fn name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

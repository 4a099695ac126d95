//! How fast the rows that a server wrote go into an empty table of the same shape, with the same indexes, the same
//! durability, and nothing else to do. Prints one JSON object.
//! `cargo bench -p cluster --bench raw -- sqlite FILE EMPTY-FOLDER ROWS-TOGETHER`
//! `cargo bench -p cluster --bench raw -- postgres URL ROWS-TOGETHER`

#![expect(clippy::print_stdout, reason = "prints what it measures")]

mod postgres;
mod sqlite;

use anyhow::{Result, bail};
use serde_json::json;
use std::{path::Path, time::Duration};

/// Into an empty table each.
const RUNS: usize = 3;

/// What was measured: how many rows, and how long each run took.
struct Measured {
    rows: usize,
    times: Vec<Duration>,
}

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Measured { rows, times } = match words[..] {
        ["sqlite", file, folder, together] => {
            sqlite::measure(Path::new(file), Path::new(folder), together.parse()?)?
        }
        ["postgres", url, together] => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(postgres::measure(url, together.parse()?))?
        }
        _ => bail!("which rows? `cargo xtask bench push` says it"),
    };
    let seconds: Vec<f64> = times.iter().map(Duration::as_secs_f64).collect();
    println!("{:#}", json!({ "rows": rows, "seconds": seconds }));
    Ok(())
}

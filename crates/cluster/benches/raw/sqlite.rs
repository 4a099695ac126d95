//! SQLite: a prepared statement, so many rows in each transaction.

use super::{Measured, RUNS};
use anyhow::{Context, Result};
use rusqlite::{Connection, types::Value};
use std::{
    path::Path,
    time::{Duration, Instant},
};

const TABLE: &str = "event";

struct Rows {
    /// Statements that make the table and its indexes.
    made_by: Vec<String>,
    columns: usize,
    rows: Vec<Vec<Value>>,
}

/// `file`: the server's database; `folder`: on the same disk.
pub fn measure(file: &Path, folder: &Path, together: usize) -> Result<Measured> {
    let rows = Rows::of(file)?;
    let insert = |run| rows.insert(&folder.join(format!("raw-{run}.db")), together);
    let times = (0..RUNS).map(insert).collect::<Result<_>>()?;
    Ok(Measured { rows: rows.rows.len(), times })
}

impl Rows {
    fn of(database: &Path) -> Result<Rows> {
        let connection = Connection::open(database).context("open the server's database")?;
        let mut schema = connection.prepare(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC",
        )?;
        let made_by = schema.query_map([TABLE], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut all = connection.prepare(&format!("SELECT * FROM {TABLE}"))?;
        let columns = all.column_count();
        let read = |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
        let rows = all.query_map([], read)?.collect::<Result<_, _>>()?;
        Ok(Rows { made_by, columns, rows })
    }

    fn insert(&self, file: &Path, together: usize) -> Result<Duration> {
        let connection = Connection::open(file)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        for statement in &self.made_by {
            connection.execute_batch(statement)?;
        }
        let places = vec!["?"; self.columns].join(", ");
        let mut insert = connection.prepare(&format!("INSERT INTO {TABLE} VALUES ({places})"))?;
        let start = Instant::now();
        for batch in self.rows.chunks(together) {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            for row in batch {
                insert.execute(rusqlite::params_from_iter(row))?;
            }
            connection.execute_batch("COMMIT")?;
        }
        Ok(start.elapsed())
    }
}

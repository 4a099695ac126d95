//! A copy of a whole SQLite file while it is in use. PostgreSQL has its own programs for that.

use super::StoreError;
use fail::fail_point;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::path::Path;

/// Writes a consistent copy of one moment; the server may go on writing meanwhile. The copy must not be there yet.
pub async fn copy_to(database: &Path, copy: &Path) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new().filename(database).read_only(true).create_if_missing(false);
    let mut connection = options.connect().await.map_err(StoreError::Database)?;
    let name = copy.to_str().ok_or_else(|| StoreError::Damaged("the name of the copy is no text".into()))?;
    sqlx::query("VACUUM INTO $1").bind(name).execute(&mut connection).await.map_err(StoreError::Database)?;
    connection.close().await.map_err(StoreError::Database)
}

/// Nobody uses the file: what was replaced in it is not left in its free pages either.
pub async fn wipe_free_pages(database: &Path) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new().filename(database).create_if_missing(false);
    let mut connection = options.connect().await.map_err(StoreError::Database)?;
    for statement in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
        sqlx::raw_sql(statement).execute(&mut connection).await.map_err(StoreError::Database)?;
        fail_point!("dispose::packed");
    }
    connection.close().await.map_err(StoreError::Database)
}

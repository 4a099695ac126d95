//! A copy of a whole SQLite file while it is in use. PostgreSQL has its own programs for that.

use super::StoreError;
use crate::private;
use fail::fail_point;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::path::Path;

/// Writes a consistent copy of one moment; the server may go on writing meanwhile. The copy must not be there yet: it
/// holds all that anybody wrote, and only its owner reads it from the first byte on.
pub async fn copy_to(database: &Path, copy: &Path) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new().filename(database).read_only(true).create_if_missing(false);
    let mut connection = options.connect().await.map_err(StoreError::Database)?;
    let name = copy.to_str().ok_or_else(|| StoreError::Damaged("the name of the copy is no text".into()))?;
    // SQLite writes into an empty file and leaves its mode as it is.
    private::file(copy).map_err(|error| StoreError::Damaged(format!("the copy cannot be made: {error}")))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use std::{fs, os::unix::fs::PermissionsExt};

    #[tokio::test]
    async fn a_copy_is_for_its_owner_alone_before_anything_is_done_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let [database, copy] = ["noticed.db", "copy.part"].map(|name| folder.path().join(name));
        Store::open(&database).await.expect("opened").close().await;
        copy_to(&database, &copy).await.expect("copied");
        let found = fs::metadata(&copy).expect("there");
        assert_eq!(found.permissions().mode() & 0o777, 0o600);
        assert!(found.len() > 4096, "it holds the tables");
    }
}

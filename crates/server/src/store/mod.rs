//! The database: one SQLite file for all providers, every row under its provider.
//! A `Tenant` is the only way to a query, and only `door` makes one, from something that proves it.

mod accounts;
mod calendar_feeds;
mod devices;
mod directory;
mod door;
mod event_log;
mod events;
mod invites;
mod migrate;
mod quarantine;
mod reading_links;
mod sessions;

pub use accounts::Account;
pub use devices::{Device, NewDevice};
pub use directory::{ChangeRow, EntryRow};
pub use door::{Door, SessionFound};
pub use event_log::TenantLog;
pub use events::{ChainHead, EventRow, LogHead};
pub use invites::{Invite, Invited};
pub use quarantine::{HeldRow, QuarantineRow};
pub use reading_links::ReadingLink;

use sqlx::{
    Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{fmt, path::Path, sync::Arc, time::Duration};

const READERS: u32 = 4;
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// One provider. Nothing is read or written without one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tenant(Arc<str>);

impl Tenant {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database was made by a newer version of Noticed")]
    Newer,
    #[error("the database holds something unreadable: {0}")]
    Damaged(String),
}

/// Where a value does not read. The words of the error itself quote what stands there, which may be a name.
pub fn place_in(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

/// One connection writes, some read.
#[derive(Clone, Debug)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
}

/// Queries of one provider.
pub struct Reading<'a> {
    pool: &'a SqlitePool,
    tenant: &'a Tenant,
}

/// Changes of one provider, all or nothing. Dropped without `commit`, nothing happened.
pub struct Writing {
    transaction: Transaction<'static, Sqlite>,
    tenant: Tenant,
}

impl Store {
    /// Opens or makes the database and brings it up to date.
    /// # Errors  `Newer` for a database of a later version; `Database` when the file cannot be used.
    pub async fn open(file: &Path) -> Result<Store, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged event survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        migrate::run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Store { writer, readers })
    }

    pub fn door(&self) -> Door<'_> {
        Door::new(&self.writer, &self.readers)
    }

    pub fn read<'a>(&'a self, tenant: &'a Tenant) -> Reading<'a> {
        Reading { pool: &self.readers, tenant }
    }

    /// Waits for the one writer, and takes the write lock at once: a lock taken later fails under load.
    pub async fn write(&self, tenant: &Tenant) -> Result<Writing, StoreError> {
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Writing { transaction, tenant: tenant.clone() })
    }

    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Writing {
    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}

/// 32 bytes as stored.
fn hash_of(bytes: &[u8]) -> Result<sync::Hash, StoreError> {
    let bytes: [u8; 32] =
        bytes.try_into().map_err(|_| StoreError::Damaged("a hash is not 32 bytes".into()))?;
    Ok(sync::Hash::from_bytes(bytes))
}

/// Whole numbers are stored signed.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

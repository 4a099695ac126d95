//! The one IndexedDB database of this device. Everything written is durable (`strict`) when a call returns.
//! A connection that was closed is opened again once.

mod error;
pub mod schema;

pub use error::StoreError;

use super::js;
use futures_util::future::{Either, select};
use indexed_db_futures::{
    Build,
    database::Database,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use std::{cell::RefCell, pin::pin};

/// An upgrade that another tab holds up for longer than this is given up for now.
const BLOCKED_AFTER_MS: u32 = 3_000;

pub struct Store {
    name: String,
    database: RefCell<Database>,
    /// Made by a newer version of the app.
    newer: bool,
}

impl Store {
    /// # Errors  `Damaged` when parts are gone, `Closed` when another tab holds up an upgrade,
    /// `Unsupported` in a browser that keeps nothing.
    pub async fn open(name: &str) -> Result<Store, StoreError> {
        let (database, newer) = match connect(name).await {
            Err(StoreError::Newer) => (connect_as_it_is(name).await?, true),
            other => (other?, false),
        };
        let parts: Vec<String> = database.object_store_names().collect();
        if let Some(gone) = schema::PARTS.iter().find(|part| !parts.iter().any(|name| name == *part)) {
            return Err(StoreError::Damaged(format!("{gone} is missing")));
        }
        close_for_newer_versions(&database);
        Ok(Store { name: name.to_owned(), database: RefCell::new(database), newer })
    }

    pub fn is_newer(&self) -> bool {
        self.newer
    }

    /// One transaction that only reads.
    pub async fn read<T>(
        &self,
        parts: &[&str],
        work: impl AsyncFn(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with_connection(async |database| {
            let transaction = database.transaction(parts).with_mode(TransactionMode::Readonly).build()?;
            let value = work(&transaction).await?;
            transaction.commit().await?;
            Ok(value)
        })
        .await
    }

    /// One transaction that writes everything or nothing, and is durable when this returns.
    /// Only requests to the store may be awaited inside: anything else ends the transaction.
    pub async fn write<T>(
        &self,
        parts: &[&str],
        work: impl AsyncFn(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with_connection(async |database| {
            let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
            let transaction = database
                .transaction(parts)
                .with_mode(TransactionMode::Readwrite)
                .with_options(strict)
                .build()?;
            let value = work(&transaction).await?;
            transaction.commit().await?;
            Ok(value)
        })
        .await
    }

    /// Lets go of the connection; the next use opens it again.
    pub fn close(&self) {
        self.database.borrow().clone().close();
    }

    /// Deletes everything; for tests, and for a device that the provider has taken back.
    pub async fn destroy(self) -> Result<(), StoreError> {
        self.database.into_inner().delete()?.await?;
        Ok(())
    }

    async fn with_connection<T>(
        &self,
        work: impl AsyncFn(&Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let database = self.database.borrow().clone();
        match work(&database).await {
            Err(StoreError::Closed(_)) => {
                let again = if self.newer {
                    connect_as_it_is(&self.name).await?
                } else {
                    connect(&self.name).await?
                };
                close_for_newer_versions(&again);
                self.database.replace(again.clone());
                work(&again).await
            }
            other => other,
        }
    }
}

async fn connect(name: &str) -> Result<Database, StoreError> {
    let opening = Database::open(name)
        .with_version(schema::CURRENT)
        .with_on_upgrade_needed(|event, database| schema::upgrade(event.old_version() as u8, &database))
        .build()?;
    match select(opening, pin!(js::sleep(BLOCKED_AFTER_MS))).await {
        Either::Left((opened, _)) => Ok(opened?),
        Either::Right(_) => Err(StoreError::Closed("another tab holds the store".into())),
    }
}

async fn connect_as_it_is(name: &str) -> Result<Database, StoreError> {
    Ok(Database::open(name).build()?.await?)
}

/// A tab with a newer version of the app waits until the older connections are closed.
fn close_for_newer_versions(database: &Database) {
    let Ok(mut changes) = database.version_changes() else { return };
    let database = database.clone();
    wasm_bindgen_futures::spawn_local(async move {
        if changes.recv().await.is_some() {
            database.close();
        }
    });
}

//! The one IndexedDB database of this device. Everything written is durable (`strict`) when a call returns.
//! A connection that was closed is opened again once.

mod error;
mod op;
pub mod schema;

pub use error::StoreError;
pub use op::{Op, every, under};

use super::js;
use futures_util::future::{Either, select};
use indexed_db_futures::{
    Build, BuildPrimitive, KeyRange,
    database::Database,
    query_source::QuerySource,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use std::{cell::RefCell, pin::pin};
use wasm_bindgen::JsValue;

/// An upgrade that another tab holds up for longer than this is given up for now.
const BLOCKED_AFTER_MS: u32 = 3_000;

/// Begins a transaction; a connection that was closed is opened again once.
macro_rules! begin {
    ($transaction:ident = $store:expr, $parts:expr, $mode:expr) => {
        let open = $store.database.borrow().clone();
        let again;
        let $transaction = match begin(&open, $parts, $mode) {
            Err(StoreError::Closed(_)) => {
                again = $store.reopen().await?;
                begin(&again, $parts, $mode)?
            }
            other => other?,
        };
    };
}

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

    /// One transaction that writes everything or nothing, and is durable when this returns.
    /// Gives the number of the value that was added, if one was.
    pub async fn write(&self, ops: &[Op]) -> Result<Option<u64>, StoreError> {
        let mut parts: Vec<&str> = ops.iter().map(Op::part).collect();
        parts.dedup();
        begin!(transaction = self, &parts, TransactionMode::Readwrite);
        let mut added = None;
        for op in ops {
            added = op.send(&transaction)?.or(added);
        }
        // Waiting once, for the commit, is enough: a request that fails takes the transaction with it.
        transaction.commit().await?;
        Ok(match added {
            Some(request) => Some(request.await? as u64),
            None => None,
        })
    }

    pub async fn get(&self, part: &'static str, key: &str) -> Result<Option<JsValue>, StoreError> {
        begin!(transaction = self, &[part], TransactionMode::Readonly);
        Ok(transaction
            .object_store(part)?
            .get::<JsValue, JsValue, _>(JsValue::from(key))
            .primitive()?
            .await?)
    }

    /// Keys and values in the order of the keys, at most `limit`.
    pub async fn rows(
        &self,
        part: &'static str,
        range: KeyRange<JsValue>,
        limit: u32,
    ) -> Result<Vec<(JsValue, JsValue)>, StoreError> {
        begin!(transaction = self, &[part], TransactionMode::Readonly);
        let store = transaction.object_store(part)?;
        let keys = store
            .get_all_keys::<JsValue>()
            .with_query::<JsValue, _>(range.clone())
            .with_limit(limit)
            .primitive()?;
        let values =
            store.get_all::<JsValue>().with_query::<JsValue, _>(range).with_limit(limit).primitive()?;
        let (keys, values) = (keys.await?, values.await?);
        Ok(keys.zip(values).filter_map(|(key, value)| Some((key.ok()?, value.ok()?))).collect())
    }

    /// One transaction that looks before it writes. Only requests to the store may be awaited inside:
    /// anything else ends the transaction.
    pub async fn transact<T>(
        &self,
        parts: &[&str],
        mode: TransactionMode,
        work: impl AsyncFn(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        begin!(transaction = self, parts, mode);
        let value = work(&transaction).await?;
        // Nothing to make durable after a look, which may have ended by itself.
        if mode != TransactionMode::Readonly {
            transaction.commit().await?;
        }
        Ok(value)
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

    async fn reopen(&self) -> Result<Database, StoreError> {
        let again =
            if self.newer { connect_as_it_is(&self.name).await? } else { connect(&self.name).await? };
        close_for_newer_versions(&again);
        self.database.replace(again.clone());
        Ok(again)
    }
}

fn begin<'a>(
    database: &'a Database,
    parts: &[&str],
    mode: TransactionMode,
) -> Result<Transaction<'a>, StoreError> {
    let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    Ok(database.transaction(parts).with_mode(mode).with_options(strict).build()?)
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

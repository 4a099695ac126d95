//! The one IndexedDB database of this device. Everything written is durable (`strict`) when a call returns.
//! A connection that was closed is opened again once; a transaction that never ends is an error after a while;
//! an upgrade that another tab would hold up waits, and the store is used as it is.

mod error;
mod op;
pub mod schema;

pub use error::StoreError;
pub use op::{Op, every, under};

use super::{
    cache, js, kept_safe,
    lease::{self, LEASE, Lease},
    locks::{self, Held, Mode},
};
use indexed_db_futures::{
    Build, BuildPrimitive, KeyRange,
    database::Database,
    error::OpenDbError,
    query_source::QuerySource,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;

/// An upgrade that another tab holds up for longer than this is given up for now.
const BLOCKED_AFTER_MS: u32 = 3_000;
/// Some browsers call back neither way when a disk is full.
const SILENT_AFTER_MS: u32 = 15_000;

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
    /// The layout that this app wants; what is there may be older or newer.
    version: u8,
    /// Made by a newer version of the app.
    newer: bool,
    /// The turn of this tab to send and to pull.
    pub(super) lease: Cell<Option<Lease>>,
    /// Says to other tabs that the store is in use here.
    _in_use: Option<Held>,
}

impl Store {
    /// # Errors  `Damaged` when parts are gone, `Closed` when another tab holds up an upgrade,
    /// `Unsupported` in a browser that keeps nothing.
    pub async fn open(name: &str) -> Result<Store, StoreError> {
        Store::open_at(name, schema::CURRENT).await
    }

    /// The same with the layout of a version.
    pub async fn open_at(name: &str, version: u8) -> Result<Store, StoreError> {
        let lock = format!("{name}.store");
        let alone = locks::hold(&lock, Mode::AloneIfFree).await;
        // A frozen tab would hold up the upgrade, and everything behind it, for ever.
        let can_wait = alone.is_none() && schema::version_of(name).await.is_some_and(|is| is < version);
        let opened = if can_wait { connect_as_it_is(name).await } else { connect(name, version).await };
        let (database, newer) = match opened {
            Err(StoreError::Newer) => (connect_as_it_is(name).await?, true),
            other => (other?, false),
        };
        drop(alone);
        let parts: Vec<String> = database.object_store_names().collect();
        let needed = if can_wait { &schema::PARTS[..schema::FIRST_PARTS] } else { &schema::PARTS[..] };
        if let Some(gone) = needed.iter().find(|part| !parts.iter().any(|name| name == *part)) {
            return Err(StoreError::Damaged(format!("{gone} is missing")));
        }
        close_for_newer_versions(&database);
        let in_use = locks::hold(&lock, Mode::Shared).await;
        Ok(Store {
            name: name.to_owned(),
            database: RefCell::new(database),
            version,
            newer,
            lease: Cell::default(),
            _in_use: in_use,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn is_newer(&self) -> bool {
        self.newer
    }

    /// One transaction that writes everything or nothing, and is durable when this returns.
    /// Gives the number of the value that was added, if one was. On a full disk the ballast goes first, then photos
    /// that the service has.
    pub async fn write(&self, ops: &[Op]) -> Result<Option<u64>, StoreError> {
        self.write_making_room(ops, ops.iter().any(Op::is_of_turn)).await
    }

    /// The same for what came of a turn.
    /// # Errors  `Taken` when another tab has taken over since.
    pub async fn write_in_turn(&self, ops: &[Op]) -> Result<(), StoreError> {
        self.write_making_room(ops, true).await.map(drop)
    }

    /// The same, and makes no room for it on a full disk.
    pub async fn write_in_turn_if_room(&self, ops: &[Op]) -> Result<(), StoreError> {
        self.watched(self.write_once(ops, true)).await.map(drop)
    }

    async fn write_making_room(&self, ops: &[Op], in_turn: bool) -> Result<Option<u64>, StoreError> {
        let mut done = self.watched(self.write_once(ops, in_turn)).await;
        if done == Err(StoreError::Full) && cache::delete(kept_safe::BALLAST).await {
            done = self.watched(self.write_once(ops, in_turn)).await;
        }
        if done == Err(StoreError::Full) && self.watched(self.write_once(&[Op::spare()], false)).await.is_ok()
        {
            done = self.watched(self.write_once(ops, in_turn)).await;
        }
        done
    }

    async fn write_once(&self, ops: &[Op], in_turn: bool) -> Result<Option<u64>, StoreError> {
        let mut parts: Vec<&str> = ops.iter().map(Op::part).collect();
        parts.dedup();
        let turn = self.lease.get().filter(|_| in_turn);
        parts.extend(turn.map(|_| schema::META));
        begin!(transaction = self, &parts, TransactionMode::Readwrite);
        if let Some(turn) = turn {
            let meta = transaction.object_store(schema::META)?;
            let kept = meta.get::<JsValue, JsValue, _>(JsValue::from(LEASE)).primitive()?.await?;
            if lease::lease(kept).is_none_or(|kept| kept.token != turn.token) {
                return Err(StoreError::Taken);
            }
        }
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
        let get = async |transaction: &Transaction<'_>| -> Result<_, StoreError> {
            let store = transaction.object_store(part)?;
            Ok(store.get::<JsValue, JsValue, _>(JsValue::from(key)).primitive()?.await?)
        };
        self.transact(&[part], TransactionMode::Readonly, get).await
    }

    /// Keys and values in the order of the keys, at most `limit`.
    pub async fn rows(
        &self,
        part: &'static str,
        range: KeyRange<JsValue>,
        limit: u32,
    ) -> Result<Vec<(JsValue, JsValue)>, StoreError> {
        let rows = async |transaction: &Transaction<'_>| -> Result<_, StoreError> {
            let store = transaction.object_store(part)?;
            let range = || range.clone();
            let keys = store
                .get_all_keys::<JsValue>()
                .with_query::<JsValue, _>(range())
                .with_limit(limit)
                .primitive()?;
            let values =
                store.get_all::<JsValue>().with_query::<JsValue, _>(range()).with_limit(limit).primitive()?;
            let (keys, values) = (keys.await?, values.await?);
            Ok(keys.zip(values).filter_map(|(key, value)| Some((key.ok()?, value.ok()?))).collect())
        };
        self.transact(&[part], TransactionMode::Readonly, rows).await
    }

    /// The keys alone, where they are texts.
    pub async fn keys(
        &self,
        part: &'static str,
        range: KeyRange<JsValue>,
    ) -> Result<Vec<String>, StoreError> {
        let keys = async |transaction: &Transaction<'_>| -> Result<_, StoreError> {
            let store = transaction.object_store(part)?;
            let keys =
                store.get_all_keys::<JsValue>().with_query::<JsValue, _>(range.clone()).primitive()?.await?;
            Ok(keys.filter_map(|key| key.ok()?.as_string()).collect())
        };
        self.transact(&[part], TransactionMode::Readonly, keys).await
    }

    /// One transaction that looks before it writes. Only requests to the store may be awaited inside:
    /// anything else ends the transaction.
    pub async fn transact<T>(
        &self,
        parts: &[&str],
        mode: TransactionMode,
        work: impl AsyncFn(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transact = async {
            begin!(transaction = self, parts, mode);
            let value = work(&transaction).await?;
            // Nothing to make durable after a look, which may have ended by itself.
            if mode != TransactionMode::Readonly {
                transaction.commit().await?;
            }
            Ok(value)
        };
        self.watched(transact).await
    }

    /// The connection that did not answer is given up; the next use opens another one.
    async fn watched<T>(&self, work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        js::within(SILENT_AFTER_MS, work).await.unwrap_or_else(|| {
            self.close();
            Err(StoreError::Silent)
        })
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
        let again = if self.newer {
            connect_as_it_is(&self.name).await?
        } else {
            connect(&self.name, self.version).await?
        };
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

async fn connect(name: &str, version: u8) -> Result<Database, StoreError> {
    let opening = Database::open(name)
        .with_version(version)
        .with_on_upgrade_needed(|event, database| schema::upgrade(event.old_version() as u8, &database))
        .build()?;
    opened(js::within(BLOCKED_AFTER_MS, opening.into_future()).await)
}

async fn connect_as_it_is(name: &str) -> Result<Database, StoreError> {
    opened(js::within(BLOCKED_AFTER_MS, Database::open(name).build()?.into_future()).await)
}

fn opened(answer: Option<Result<Database, OpenDbError>>) -> Result<Database, StoreError> {
    Ok(answer.ok_or_else(|| StoreError::Closed("another tab holds the store".into()))??)
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

//! Whose turn it is to send and to pull, among the tabs of this device: a lock, and a lease in the database, because
//! a frozen tab keeps its lock. What a turn writes down carries its token; after another tab took over, it is refused.

use super::{
    clock, js,
    json::{read, write},
    locks::{self, Held, Mode},
    store::{Op, Store, StoreError, schema},
};
use indexed_db_futures::{prelude::*, transaction::TransactionMode};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Name of the note.
pub(super) const LEASE: &str = "lease";
/// Longer than any answer may take on an ordinary line; a longer request asks for more.
const LASTS_MS: i64 = 45_000;
const LOOK_AGAIN_MS: u32 = 200;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    pub token: u64,
    /// On the clock of the device.
    pub until_ms: i64,
}

/// Ends when this is dropped.
pub struct Turn {
    store: Rc<Store>,
    _lock: Held,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.store.lease.set(None);
    }
}

impl Turn {
    /// Waits for it; takes it from a holder whose lease is over.
    pub async fn take(store: Rc<Store>) -> Result<Turn, StoreError> {
        let name = format!("{}.sync", store.name());
        let lock = loop {
            if let Some(lock) = locks::hold(&name, Mode::AloneIfFree).await {
                break lock;
            }
            let kept = store.get(schema::META, LEASE).await?;
            if lease(kept).is_none_or(|lease| !lease.holds()) {
                break locks::hold(&name, Mode::Steal).await.ok_or(StoreError::Taken)?;
            }
            js::sleep(LOOK_AGAIN_MS).await;
        };
        renew(&store, None, LASTS_MS).await?;
        Ok(Turn { store, _lock: lock })
    }
}

impl Store {
    /// Before a request that may take so long.
    /// # Errors  `Taken` when another tab has taken over.
    pub async fn keep_turn(&self, milliseconds: i64) -> Result<(), StoreError> {
        match self.lease.get() {
            Some(lease) if lease.until_ms - now() < milliseconds => {
                renew(self, Some(lease.token), milliseconds + LASTS_MS).await
            }
            _ => Ok(()),
        }
    }
}

impl Lease {
    /// A lease that ends long after any that we give means that the clock went back.
    fn holds(self) -> bool {
        (0..=10 * LASTS_MS).contains(&(self.until_ms - now()))
    }
}

/// With a token only the holder of it; without one the next token.
async fn renew(store: &Store, token: Option<u64>, milliseconds: i64) -> Result<(), StoreError> {
    let taken = store.transact(&[schema::META], TransactionMode::Readwrite, async |transaction| {
        let meta = transaction.object_store(schema::META)?;
        let kept = lease(meta.get::<JsValue, JsValue, _>(JsValue::from(LEASE)).primitive()?.await?);
        let last = kept.unwrap_or_default().token;
        if token.is_some_and(|token| token != last) {
            return Err(StoreError::Taken);
        }
        let lease = Lease { token: token.unwrap_or(last + 1), until_ms: now() + milliseconds };
        Op::put(schema::META, LEASE, &write(&lease)).send(transaction)?;
        Ok(lease)
    });
    store.lease.set(Some(taken.await?));
    Ok(())
}

pub(super) fn lease(kept: Option<JsValue>) -> Option<Lease> {
    read(&kept?.as_string()?)
}

fn now() -> i64 {
    clock::now().timestamp_millis()
}

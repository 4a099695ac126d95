//! Seals what a version before this one left open. Each part changes in one transaction, and only where a value is
//! still the one that was read: stopped at any moment, everything is there once, sealed or not, and both can be read.

use super::{Item, Protection, Ring, device::put};
use crate::browser::{
    event_log, js,
    store::{Store, StoreError, every, schema},
};
use indexed_db_futures::{BuildPrimitive, prelude::*, transaction::TransactionMode};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Once per device; a note says that it is done.
pub async fn sweep(store: &Rc<Store>, ring: &Ring) -> Result<(), StoreError> {
    const DONE: &str = "swept";
    if matches!(ring.protection(), Protection::Nothing | Protection::Lost)
        || store.get(schema::KEY, DONE).await?.is_some()
    {
        return Ok(());
    }
    for (key, value) in store.rows(schema::META, every(), u32::MAX).await? {
        let name = key.as_string().unwrap_or_default();
        if let (Some(person), Some(mark)) = (name.strip_prefix("pin/"), value.as_string()) {
            ring.take_over_pin(person, &mark).await?;
        }
    }
    for part in [schema::EVENT, schema::LETTER, schema::DRAFT, schema::PAGE, schema::META] {
        part_of(store, ring, part).await?;
    }
    store.write(&[put(DONE, 1.into())]).await?;
    Ok(())
}

struct Change {
    key: JsValue,
    before: JsValue,
    after: JsValue,
}

async fn part_of(store: &Store, ring: &Ring, part: &'static str) -> Result<(), StoreError> {
    let mut changes = Vec::new();
    for (key, before) in store.rows(part, every(), u32::MAX).await? {
        let after = match (part == schema::EVENT, key.as_string(), before.as_string()) {
            (true, ..) => event_log::sealed_row(ring, &before).await?,
            (false, Some(key), Some(text)) => {
                Some(ring.seal_one(Item { part, key: &key, text: &text }).await?)
            }
            _ => None,
        };
        if let Some(after) = after.filter(|after| *after != before) {
            changes.push(Change { key, before, after });
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    let put = async |transaction: &indexed_db_futures::transaction::Transaction<'_>| {
        let rows = transaction.object_store(part)?;
        for Change { key, before, after } in &changes {
            let now = rows.get::<JsValue, JsValue, _>(key.clone()).primitive()?.await?;
            if now.is_some_and(|now| js::as_json(&now) == js::as_json(before)) {
                rows.put(after.clone()).with_key(key.clone()).without_key_type().primitive()?.await?;
            }
        }
        Ok(())
    };
    store.transact(&[part], TransactionMode::Readwrite, put).await
}

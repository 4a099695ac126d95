//! Makes this browser forget the app: keys first, so that nothing that stays behind can be opened, then everything.
//! Only for a device that its provider took back, and only when nothing is left to send.

use super::{
    js,
    store::{Store, StoreError, every, schema},
};
use indexed_db_futures::{
    BuildPrimitive, KeyRange,
    database::Database,
    query_source::QuerySource,
    transaction::{Transaction, TransactionMode},
};
use js_sys::{Array, AsyncIterator, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A database that a frozen tab holds is deleted when that tab ends; its keys are gone before.
const WAIT_MS: u32 = 3_000;

#[wasm_bindgen]
extern "C" {
    type Folder;

    #[wasm_bindgen(method)]
    fn keys(this: &Folder) -> AsyncIterator;
    #[wasm_bindgen(method, catch, js_name = removeEntry)]
    async fn remove(this: &Folder, name: &str, options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Destroys the keys and all notes of this device, in one transaction.
/// # Errors  `Taken` when there is an event after `last`, or another number of letters: somebody wrote meanwhile.
pub async fn erase_keys(store: &Store, last: u64, letters: usize) -> Result<(), StoreError> {
    let parts = [schema::EVENT, schema::LETTER, schema::KEY, schema::META];
    let erase = async |transaction: &Transaction<'_>| {
        let later = KeyRange::LowerBound(JsValue::from(last as f64), true);
        let is_later = count(transaction, schema::EVENT, later).await? > 0;
        if is_later || count(transaction, schema::LETTER, every()).await? != letters {
            return Err(StoreError::Taken);
        }
        for part in [schema::KEY, schema::META] {
            transaction.object_store(part)?.delete::<JsValue, _>(every()).primitive()?.await?;
        }
        Ok(())
    };
    store.transact(&parts, TransactionMode::Readwrite, erase).await
}

async fn count(
    transaction: &Transaction<'_>,
    part: &str,
    range: KeyRange<JsValue>,
) -> Result<usize, StoreError> {
    let store = transaction.object_store(part)?;
    Ok(store.get_all_keys::<JsValue>().with_query::<JsValue, _>(range).primitive()?.await?.count())
}

/// Deletes every database, cache, file, note and worker of this address. Each as far as the browser lets it.
pub async fn forget_all(store: &Store) {
    store.close();
    let mut names = databases().await;
    names.push(store.name().to_owned());
    names.sort();
    names.dedup();
    for name in names {
        if let Ok(deleting) = Database::delete_by_name(&name) {
            js::within(WAIT_MS, deleting.into_future()).await.map(drop).unwrap_or_default();
        }
    }
    files().await.unwrap_or_default();
    workers().await.unwrap_or_default();
    caches().await.unwrap_or_default();
    let Some(window) = js::window() else { return };
    for storage in [window.local_storage(), window.session_storage()] {
        if let Ok(Some(storage)) = storage {
            storage.clear().unwrap_or_default();
        }
    }
}

async fn databases() -> Vec<String> {
    let factory = js::get(&js_sys::global(), "indexedDB");
    let listed = async { Some(Array::from(&call(&factory, "databases").await?)) };
    let listed = listed.await.unwrap_or_default();
    listed.iter().filter_map(|found| js::text(&found, "name")).collect()
}

async fn files() -> Option<()> {
    let storage = js::get(&js::window()?.navigator(), "storage");
    let root: Folder = call(&storage, "getDirectory").await?.unchecked_into();
    let mut names = Vec::new();
    let keys = root.keys();
    while let Some(name) = js::get(&JsFuture::from(keys.next().ok()?).await.ok()?, "value").as_string() {
        names.push(name);
    }
    let all = js::object(&[("recursive", true.into())]).into();
    for name in names {
        root.remove(&name, &all).await.map(drop).unwrap_or_default();
    }
    Some(())
}

async fn workers() -> Option<()> {
    let container = js::get(&js::window()?.navigator(), "serviceWorker");
    for registration in Array::from(&call(&container, "getRegistrations").await?) {
        call(&registration, "unregister").await;
    }
    Some(())
}

async fn caches() -> Option<()> {
    let caches = js::window()?.caches().ok()?;
    for name in Array::from(&JsFuture::from(caches.keys()).await.ok()?) {
        JsFuture::from(caches.delete(&name.as_string()?)).await.map(drop).unwrap_or_default();
    }
    Some(())
}

/// What a method without arguments promises; `None` where there is no such method, or it fails.
async fn call(target: &JsValue, method: &str) -> Option<JsValue> {
    let method: Function = js::get(target, method).dyn_into().ok()?;
    JsFuture::from(Promise::resolve(&method.call0(target).ok()?)).await.ok()
}

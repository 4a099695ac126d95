//! The events written on this device: frozen bytes, signature, and a note of what became of each.
//! The chain has one writer at a time because every place in it (`slot`) is unique in the store.

use super::{
    js,
    store::{Store, StoreError, schema},
};
use domain::ids::DeviceId;
use indexed_db_futures::{KeyRange, cursor::CursorDirection, prelude::*, transaction::Transaction};
use std::rc::Rc;
use sync::{Appended, Entry, EventLog, Head, LogError, Signed, Stored};
use wasm_bindgen::JsValue;

#[derive(Clone)]
pub struct OwnLog {
    store: Rc<Store>,
}

impl OwnLog {
    pub fn new(store: Rc<Store>) -> Self {
        Self { store }
    }

    /// Puts one event at the end of this device's chain, and removes the draft it was made from, in one transaction.
    /// # Errors  `Taken` when another tab wrote this place first: read the new head, seal again.
    pub async fn extend(&self, entry: &Entry, draft: Option<&str>) -> Result<u64, StoreError> {
        let value = row(entry, &slot(entry, 0));
        let parts: &[&str] = if draft.is_some() { &[schema::EVENT, schema::DRAFT] } else { &[schema::EVENT] };
        let added = self.store.write(parts, async |transaction| {
            // Requests are on their way when built; waiting once, for the commit, is enough.
            let events = transaction.object_store(schema::EVENT)?;
            let added = events.add(value.clone()).with_key_type::<f64>().primitive()?;
            if let Some(key) = draft {
                drop(transaction.object_store(schema::DRAFT)?.delete(key).primitive()?);
            }
            Ok(added)
        });
        Ok(added.await?.await? as u64)
    }

    /// Everything on this device, in order. Entries that cannot be read are counted, and stay as they are.
    pub async fn all(&self) -> Result<(Vec<Stored>, usize), StoreError> {
        self.store
            .read(&[schema::EVENT], async |transaction| {
                let store = transaction.object_store(schema::EVENT)?;
                let keys = store.get_all_keys::<f64>().primitive()?;
                let values = store.get_all::<JsValue>().primitive()?;
                let keys = keys.await?.collect::<Result<Vec<f64>, _>>()?;
                let values = values.await?.collect::<Result<Vec<JsValue>, _>>()?;
                let total = values.len();
                let stored: Vec<Stored> = keys
                    .into_iter()
                    .zip(&values)
                    .filter_map(|(seq, value)| stored(seq as u64, value))
                    .collect();
                let unreadable = total - stored.len();
                Ok((stored, unreadable))
            })
            .await
    }

    /// Writes what became of events, all in one transaction.
    pub async fn set_notes(&self, notes: &[(u64, String)]) -> Result<(), StoreError> {
        self.change(notes.iter().map(|(seq, note)| (*seq, Some(note.as_str()))).collect()).await
    }

    /// Lets go of events. Only for those that the server has acknowledged long ago.
    pub async fn forget(&self, seqs: &[u64]) -> Result<(), StoreError> {
        self.change(seqs.iter().map(|seq| (*seq, None)).collect()).await
    }

    async fn change(&self, changes: Vec<(u64, Option<&str>)>) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.store
            .write(&[schema::EVENT], async |transaction| {
                let store = transaction.object_store(schema::EVENT)?;
                for (seq, note) in &changes {
                    let key = *seq as f64;
                    let Some(note) = note else {
                        store.delete(key).primitive()?.await?;
                        continue;
                    };
                    let value: Option<JsValue> = store.get(key).primitive()?.await?;
                    if let Some(value) = value {
                        js::set(&value, "note", &(*note).into());
                        store.put(value).with_key(key).without_key_type().primitive()?.await?;
                    }
                }
                Ok(())
            })
            .await
    }
}

impl EventLog for OwnLog {
    async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Appended>, LogError> {
        let done = self.store.write(&[schema::EVENT], async |transaction| {
            let mut appended = Vec::with_capacity(entries.len());
            for entry in &entries {
                appended.push(append_one(transaction, entry).await?);
            }
            Ok(appended)
        });
        Ok(done.await?)
    }

    async fn read(&self, after: u64, limit: usize) -> Result<Vec<Stored>, LogError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let read = self.store.read(&[schema::EVENT], async |transaction| {
            let store = transaction.object_store(schema::EVENT)?;
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            let after = KeyRange::LowerBound(after as f64, true);
            let keys = store
                .get_all_keys::<f64>()
                .with_query::<f64, _>(after.clone())
                .with_limit(limit)
                .primitive()?;
            let values =
                store.get_all::<JsValue>().with_query::<f64, _>(after).with_limit(limit).primitive()?;
            let keys = keys.await?.collect::<Result<Vec<f64>, _>>()?;
            let values = values.await?.collect::<Result<Vec<JsValue>, _>>()?;
            keys.into_iter()
                .zip(&values)
                .map(|(seq, value)| {
                    stored(seq as u64, value)
                        .ok_or_else(|| StoreError::Damaged(format!("event {seq} is unreadable")))
                })
                .collect()
        });
        Ok(read.await?)
    }

    async fn head(&self, device: &DeviceId, epoch: u32) -> Result<Option<Head>, LogError> {
        let chain = format!("{device}/{epoch}/");
        let read = self.store.read(&[schema::EVENT], async |transaction| {
            let store = transaction.object_store(schema::EVENT)?;
            let slots = store.index(schema::BY_SLOT)?;
            let cursor = slots.open_key_cursor().with_query::<String, _>(within(&chain));
            let Some(mut last) = cursor.with_direction(CursorDirection::Prev).primitive()?.await? else {
                return Ok(None);
            };
            let Some(slot) = last.next_key::<String>().await? else { return Ok(None) };
            let first_branch = format!("{}/0", slot.rsplit_once('/').map_or("", |(place, _)| place));
            let value: Option<JsValue> = slots.get(first_branch).primitive()?.await?;
            let stored = value.as_ref().and_then(|value| stored(0, value));
            let Some(Stored { entry, .. }) = stored else {
                return Err(StoreError::Damaged(format!("the head of {chain} is unreadable")));
            };
            Ok(Some(Head { dseq: entry.dseq, hash: entry.hash }))
        });
        Ok(read.await?)
    }
}

async fn append_one(transaction: &Transaction<'_>, entry: &Entry) -> Result<Appended, StoreError> {
    let store = transaction.object_store(schema::EVENT)?;
    let slots = store.index(schema::BY_SLOT)?;
    let place = place(entry);
    let rivals = slots.get_all::<JsValue>().with_query::<String, _>(within(&place)).primitive()?.await?;
    let rivals = rivals.collect::<Result<Vec<JsValue>, _>>()?;
    let same = rivals
        .iter()
        .find(|rival| js::text(rival, "hash").is_some_and(|hash| hash == entry.hash.to_string()));
    if let Some(slot) = same.and_then(|rival| js::text(rival, "slot")) {
        let mut seqs =
            slots.get_all_keys::<f64>().with_query::<String, _>(KeyRange::Only(slot)).primitive()?.await?;
        let seq = seqs.next().transpose()?.unwrap_or_default() as u64;
        return Ok(Appended::Duplicate { seq });
    }
    let value = row(entry, &slot(entry, rivals.len()));
    let seq = store.add(value).with_key_type::<f64>().primitive()?.await? as u64;
    Ok(if rivals.is_empty() { Appended::New { seq } } else { Appended::Fork { seq } })
}

/// Numbers are padded so that the order of the text is the order of the chain.
fn place(entry: &Entry) -> String {
    format!("{}/{}/{:012}/", entry.device, entry.epoch, entry.dseq)
}

fn slot(entry: &Entry, branch: usize) -> String {
    format!("{}{branch}", place(entry))
}

/// Every key that begins with this text.
pub(super) fn within(start: &str) -> KeyRange<String> {
    KeyRange::Bound(start.to_owned(), false, format!("{start}\u{ffff}"), true)
}

fn row(entry: &Entry, slot: &str) -> JsValue {
    js::object(&[
        ("slot", slot.into()),
        ("hash", entry.hash.to_string().into()),
        ("bytes", entry.signed.bytes.as_str().into()),
        ("sig", entry.signed.sig.as_str().into()),
        ("note", entry.note.as_deref().map_or(JsValue::NULL, JsValue::from_str)),
    ])
    .into()
}

fn stored(seq: u64, value: &JsValue) -> Option<Stored> {
    let slot = js::text(value, "slot")?;
    let mut parts = slot.rsplitn(4, '/');
    parts.next()?;
    let dseq = parts.next()?.parse().ok()?;
    let epoch = parts.next()?.parse().ok()?;
    let device = parts.next()?.into();
    let hash = js::text(value, "hash")?.parse().ok()?;
    let signed = Signed { bytes: js::text(value, "bytes")?, sig: js::text(value, "sig")? };
    Some(Stored { seq, entry: Entry { device, epoch, dseq, hash, signed, note: js::text(value, "note") } })
}

//! The events written on this device: frozen bytes, signature, and a note of what became of each.
//! The chain has one writer at a time because every place in it (`slot`) is unique in the store.

use super::{
    js,
    store::{Op, Store, StoreError, schema, under},
};
use domain::ids::DeviceId;
use indexed_db_futures::{
    KeyRange,
    prelude::*,
    transaction::{Transaction, TransactionMode},
};
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
    /// Gives its number in the store.
    /// # Errors  `Taken` when another tab wrote this place first: read the new head, seal again.
    pub async fn extend(&self, entry: &Entry, draft: Option<&str>) -> Result<u64, StoreError> {
        let mut ops = vec![Op::Add { part: schema::EVENT, value: row(entry, &slot(entry, 0)) }];
        ops.extend(draft.map(|draft| Op::delete(schema::DRAFT, draft)));
        Ok(self.store.write(&ops).await?.unwrap_or_default())
    }

    /// Puts events at the end of this device's chain, all in one transaction or none. Gives the number of the first.
    /// # Errors  `Taken` when another tab wrote a place first: read the new head, seal again.
    #[cfg(feature = "desk")]
    pub async fn extend_all(&self, entries: &[Entry]) -> Result<u64, StoreError> {
        let add = |entry: &Entry| Op::Add { part: schema::EVENT, value: row(entry, &slot(entry, 0)) };
        let ops: Vec<Op> = entries.iter().map(add).collect();
        let last = self.store.write(&ops).await?.unwrap_or_default();
        // Nothing else is numbered inside the transaction.
        Ok((last + 1).saturating_sub(entries.len() as u64))
    }

    /// Everything above this number, in order. Entries that cannot be read are counted, and stay as they are.
    pub async fn readable(&self, above: u64) -> Result<(Vec<Stored>, usize), StoreError> {
        let rows = self.store.rows(schema::EVENT, after(above), u32::MAX).await?;
        let total = rows.len();
        let stored: Vec<Stored> = rows.iter().filter_map(stored).collect();
        let unreadable = total - stored.len();
        Ok((stored, unreadable))
    }

    /// Writes what became of events, all in one transaction.
    pub async fn set_notes(&self, events: &[Stored]) -> Result<(), StoreError> {
        let put = |Stored { seq, entry }: &Stored| Op::Put {
            part: schema::EVENT,
            key: (*seq as f64).into(),
            value: row(entry, &slot(entry, 0)),
        };
        let ops: Vec<Op> = events.iter().map(put).collect();
        self.change(&ops).await
    }

    /// Lets go of events. Only for those that the server has acknowledged long ago.
    pub async fn forget(&self, seqs: &[u64]) -> Result<(), StoreError> {
        let delete = |seq: &u64| Op::Delete { part: schema::EVENT, key: (*seq as f64).into() };
        let ops: Vec<Op> = seqs.iter().map(delete).collect();
        self.change(&ops).await
    }

    async fn change(&self, ops: &[Op]) -> Result<(), StoreError> {
        if ops.is_empty() {
            return Ok(());
        }
        self.store.write(ops).await.map(drop)
    }
}

impl EventLog for OwnLog {
    async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Appended>, LogError> {
        let done = self.store.transact(&[schema::EVENT], TransactionMode::Readwrite, async |transaction| {
            let mut appended = Vec::with_capacity(entries.len());
            for entry in &entries {
                appended.push(append_one(transaction, entry).await?);
            }
            Ok(appended)
        });
        Ok(done.await?)
    }

    async fn read(&self, from: u64, limit: usize) -> Result<Vec<Stored>, LogError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let rows = self.store.rows(schema::EVENT, after(from), limit).await?;
        let read = rows.iter().map(|row| {
            stored(row).ok_or_else(|| LogError::Damaged(format!("event {:?} is unreadable", row.0.as_f64())))
        });
        read.collect()
    }

    async fn head(&self, device: &DeviceId, epoch: u32) -> Result<Option<Head>, LogError> {
        let chain = under(&format!("{device}/{epoch}/"));
        let head = self.store.transact(&[schema::EVENT], TransactionMode::Readonly, async |transaction| {
            let store = transaction.object_store(schema::EVENT)?;
            let slots = store.index(schema::BY_SLOT)?;
            // The store gives the numbers in the order of the slots: the last one is the end of the chain.
            let seqs =
                slots.get_all_keys::<JsValue>().with_query::<JsValue, _>(chain.clone()).primitive()?.await?;
            let Some(last) = seqs.last().transpose()? else { return Ok(None) };
            let Some(last) = store.get::<JsValue, JsValue, _>(last).primitive()?.await? else {
                return Ok(None);
            };
            // Of a fork, the one that came first.
            let slot = js::text(&last, "slot").unwrap_or_default();
            let first = format!("{}/0", slot.rsplit_once('/').map_or("", |(place, _)| place));
            Ok(slots.get::<JsValue, JsValue, _>(JsValue::from(first)).primitive()?.await?)
        });
        let Some(value) = head.await? else { return Ok(None) };
        // The place and the hash are enough to go on, also when the event itself cannot be read.
        let slot = js::text(&value, "slot").unwrap_or_default();
        let dseq = slot.rsplit('/').nth(1).and_then(|dseq| dseq.parse().ok());
        let hash = js::text(&value, "hash").and_then(|hash| hash.parse().ok());
        match (dseq, hash) {
            (Some(dseq), Some(hash)) => Ok(Some(Head { dseq, hash })),
            _ => Err(LogError::Damaged("the end of the chain is unreadable".into())),
        }
    }
}

async fn append_one(transaction: &Transaction<'_>, entry: &Entry) -> Result<Appended, StoreError> {
    let store = transaction.object_store(schema::EVENT)?;
    let slots = store.index(schema::BY_SLOT)?;
    let place = place(entry);
    let rivals = slots.get_all::<JsValue>().with_query::<JsValue, _>(under(&place)).primitive()?.await?;
    let rivals = rivals.collect::<Result<Vec<JsValue>, _>>()?;
    let same = rivals
        .iter()
        .find(|rival| js::text(rival, "hash").is_some_and(|hash| hash == entry.hash.to_string()));
    if let Some(slot) = same.and_then(|rival| js::text(rival, "slot")) {
        let only = KeyRange::Only(JsValue::from(slot));
        let mut seqs = slots.get_all_keys::<f64>().with_query::<JsValue, _>(only).primitive()?.await?;
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

/// Every number above this one.
fn after(seq: u64) -> KeyRange<JsValue> {
    KeyRange::LowerBound((seq as f64).into(), true)
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

fn stored((seq, value): &(JsValue, JsValue)) -> Option<Stored> {
    let seq = seq.as_f64()? as u64;
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

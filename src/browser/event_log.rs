//! The events written on this device: frozen bytes, signature, and a note of what became of each. Bytes and note are
//! sealed with the outbox key, so that they can be sent whoever is here, also behind the lock.
//! The chain has one writer at a time because every place in it (`slot`) is unique in the store.

mod copies;

use super::{
    js,
    seal::{Item, Opened, Ring},
    second_copy::SecondCopy,
    store::{Op, Store, StoreError, schema, under},
    witness::Beside,
};
use domain::ids::DeviceId;
use indexed_db_futures::{
    KeyRange,
    prelude::*,
    transaction::{Transaction, TransactionMode},
};
use js_sys::Uint8Array;
use std::rc::Rc;
use sync::{Appended, Entry, EventLog, Hash, Head, LogError, Signed, Stored, base64url};
use wasm_bindgen::{JsCast, JsValue};

#[derive(Clone)]
pub struct OwnLog {
    store: Rc<Store>,
    ring: Rc<Ring>,
    /// What is not in the database, and outlives it.
    pub beside: Beside,
    copy: SecondCopy,
}

/// Between the bytes and the note of an event; JSON never has it.
const END: char = '\0';

impl OwnLog {
    pub fn new(store: Rc<Store>, ring: Rc<Ring>) -> Self {
        let (beside, copy) = (Beside::new(store.name()), SecondCopy::of_unsent(store.name()));
        Self { store, ring, beside, copy }
    }

    /// What is kept of an event, sealed: needs no signature yet.
    pub async fn seal(&self, hash: &Hash, bytes: &str) -> Result<JsValue, StoreError> {
        self.ring.seal_one(Item { part: schema::EVENT, key: &hash.to_string(), text: bytes }).await
    }

    /// Puts one event at the end of this device's chain, and removes the draft it was made from, in one transaction.
    /// Gives its number in the store.
    /// # Errors  `Taken` when another tab wrote this place first: read the new head, seal again.
    pub async fn extend(
        &self,
        entry: &Entry,
        sealed: JsValue,
        draft: Option<&str>,
    ) -> Result<u64, StoreError> {
        let value = row(entry, &slot(entry, 0), sealed);
        let mut ops = vec![Op::Add { part: schema::EVENT, value: value.clone() }];
        ops.extend(draft.map(|draft| Op::delete(schema::DRAFT, draft)));
        let seq = self.store.write(&ops).await?.unwrap_or_default();
        self.copy.put(vec![(entry.hash.to_string(), js::as_json(&value))]);
        Ok(seq)
    }

    /// Puts events at the end of this device's chain, all in one transaction or none. Gives the number of the first.
    /// # Errors  `Taken` when another tab wrote a place first: read the new head, seal again.
    #[cfg(feature = "desk")]
    pub async fn extend_all(&self, entries: &[Entry]) -> Result<u64, StoreError> {
        let sealed = self.sealed(entries.iter()).await?;
        let add = |(entry, sealed): (&Entry, JsValue)| Op::Add {
            part: schema::EVENT,
            value: row(entry, &slot(entry, 0), sealed),
        };
        let ops: Vec<Op> = entries.iter().zip(sealed).map(add).collect();
        let last = self.store.write(&ops).await?.unwrap_or_default();
        // Nothing else is numbered inside the transaction.
        Ok((last + 1).saturating_sub(entries.len() as u64))
    }

    /// Everything above this number, in order. Entries that cannot be read are counted, and stay as they are.
    pub async fn readable(&self, above: u64) -> Result<(Vec<Stored>, usize), StoreError> {
        let rows = self.store.rows(schema::EVENT, after(above), u32::MAX).await?;
        let total = rows.len();
        let stored: Vec<Stored> = self.opened(rows).await.into_iter().flatten().collect();
        let unreadable = total - stored.len();
        Ok((stored, unreadable))
    }

    /// Writes what became of events, all in one transaction.
    pub async fn set_notes(&self, events: &[Stored]) -> Result<(), StoreError> {
        let sealed = self.sealed(events.iter().map(|stored| &stored.entry)).await?;
        let put = |(Stored { seq, entry }, sealed): (&Stored, JsValue)| Op::Put {
            part: schema::EVENT,
            key: (*seq as f64).into(),
            value: row(entry, &slot(entry, 0), sealed),
        };
        let ops: Vec<Op> = events.iter().zip(sealed).map(put).collect();
        self.change(&ops).await
    }

    /// Lets go of events. Only for those that the server has acknowledged long ago.
    pub async fn forget(&self, seqs: &[u64]) -> Result<(), StoreError> {
        let delete = |seq: &u64| Op::Delete { part: schema::EVENT, key: (*seq as f64).into() };
        let ops: Vec<Op> = seqs.iter().map(delete).collect();
        self.change(&ops).await
    }

    async fn sealed(&self, entries: impl Iterator<Item = &Entry>) -> Result<Vec<JsValue>, StoreError> {
        let texts: Vec<(String, String)> = entries
            .map(|entry| (entry.hash.to_string(), text(&entry.signed.bytes, entry.note.as_deref())))
            .collect();
        let items: Vec<Item<'_>> =
            texts.iter().map(|(key, text)| Item { part: schema::EVENT, key, text }).collect();
        self.ring.seal(&items).await
    }

    /// Each row, or none where it cannot be read.
    async fn opened(&self, rows: Vec<(JsValue, JsValue)>) -> Vec<Option<Stored>> {
        let sealed: Vec<(String, JsValue)> = rows.iter().map(|(_, value)| body(value)).collect();
        let texts = self.ring.look(schema::EVENT, &sealed).await;
        rows.iter().zip(texts).map(|(row, text)| stored(row, text)).collect()
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
        let sealed = self.sealed(entries.iter()).await?;
        let done = self.store.transact(&[schema::EVENT], TransactionMode::Readwrite, async |transaction| {
            let mut appended = Vec::with_capacity(entries.len());
            for (entry, sealed) in entries.iter().zip(&sealed) {
                appended.push(append_one(transaction, entry, sealed).await?);
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
        let seqs: Vec<JsValue> = rows.iter().map(|(seq, _)| seq.clone()).collect();
        let read = self.opened(rows).await.into_iter().zip(seqs).map(|(stored, seq)| {
            stored.ok_or_else(|| LogError::Damaged(format!("event {:?} is unreadable", seq.as_f64())))
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

async fn append_one(
    transaction: &Transaction<'_>,
    entry: &Entry,
    sealed: &JsValue,
) -> Result<Appended, StoreError> {
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
    let value = row(entry, &slot(entry, rivals.len()), sealed.clone());
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

/// A row of an older version of the app with its bytes and note sealed; none where it is no such row.
pub(super) async fn sealed_row(ring: &Ring, row: &JsValue) -> Result<Option<JsValue>, StoreError> {
    let Some(bytes) = js::text(row, "bytes") else { return Ok(None) };
    let [slot, hash, sig] = ["slot", "hash", "sig"].map(|name| js::text(row, name).unwrap_or_default());
    let text = text(&bytes, js::text(row, "note").as_deref());
    let sealed = ring.seal_one(Item { part: schema::EVENT, key: &hash, text: &text }).await?;
    Ok(Some(fields(&slot, &hash, &sig, sealed)))
}

/// Under which hash, and what.
fn body(row: &JsValue) -> (String, JsValue) {
    let sealed = js::text(row, "sealed").and_then(|sealed| base64url::decode(&sealed));
    let sealed = sealed.map_or(JsValue::UNDEFINED, |sealed| Uint8Array::from(&sealed[..]).into());
    (js::text(row, "hash").unwrap_or_default(), sealed)
}

fn parts(text: &str) -> (&str, Option<&str>) {
    text.split_once(END).map_or((text, None), |(bytes, note)| (bytes, Some(note)))
}

fn text(bytes: &str, note: Option<&str>) -> String {
    note.map_or_else(|| bytes.to_owned(), |note| format!("{bytes}{END}{note}"))
}

fn row(entry: &Entry, slot: &str, sealed: JsValue) -> JsValue {
    fields(slot, &entry.hash.to_string(), &entry.signed.sig, sealed)
}

/// Sealed bytes stand in a row as text, so that a copy of the row can be kept anywhere.
/// Where nothing can be sealed, it is the row of version 1.
fn fields(slot: &str, hash: &str, sig: &str, sealed: JsValue) -> JsValue {
    let row = js::object(&[("slot", slot.into()), ("hash", hash.into()), ("sig", sig.into())]);
    match (sealed.dyn_ref::<Uint8Array>(), sealed.as_string()) {
        (Some(sealed), _) => js::set(&row, "sealed", &base64url::encode(&sealed.to_vec()).into()),
        (None, text) => {
            let text = text.unwrap_or_default();
            let (bytes, note) = parts(&text);
            js::set(&row, "bytes", &bytes.into());
            js::set(&row, "note", &note.map_or(JsValue::NULL, JsValue::from));
        }
    }
    row.into()
}

fn stored((seq, value): &(JsValue, JsValue), sealed: Opened) -> Option<Stored> {
    let seq = seq.as_f64()? as u64;
    let slot = js::text(value, "slot")?;
    let mut numbers = slot.rsplitn(4, '/');
    numbers.next()?;
    let dseq = numbers.next()?.parse().ok()?;
    let epoch = numbers.next()?.parse().ok()?;
    let device = numbers.next()?.into();
    let hash = js::text(value, "hash")?.parse().ok()?;
    let (bytes, note) = match sealed {
        Opened::Text(text) => {
            let (bytes, note) = parts(&text);
            (bytes.to_owned(), note.map(str::to_owned))
        }
        // As version 1 wrote it.
        _ => (js::text(value, "bytes")?, js::text(value, "note")),
    };
    let signed = Signed { bytes, sig: js::text(value, "sig")? };
    Some(Stored { seq, entry: Entry { device, epoch, dseq, hash, signed, note } })
}

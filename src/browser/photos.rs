//! Photos on this device: a note of each, its small picture, and its bytes until the server has them. Bytes are kept
//! as `Uint8Array`, never as `Blob`, which some browsers lose (F11), and sealed with the outbox key, so that they can be
//! sent whoever is here.

use super::{
    json::{read, write},
    seal::{Item, Opened, Ring},
    store::{Op, Store, StoreError, schema, under},
};
use serde::{Serialize, de::DeserializeOwned};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// What is kept of a photo beside its note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Thumb,
    Full,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Thumb => "thumb",
            Part::Full => "full",
        }
    }
}

const NOTE: &str = "note/";

#[derive(Clone)]
pub struct PhotoShelf {
    store: Rc<Store>,
    ring: Rc<Ring>,
}

impl PhotoShelf {
    pub fn new(store: Rc<Store>, ring: Rc<Ring>) -> Self {
        Self { store, ring }
    }

    /// Every note, in the order of their keys. What cannot be read stays as it is.
    pub async fn notes<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows = match self.store.rows(schema::PHOTO, under(NOTE), u32::MAX).await {
            // A layout without photos, which a tab of an older app still holds.
            Err(StoreError::Damaged(_)) => return Ok(Vec::new()),
            other => other?,
        };
        let rows: Vec<(String, JsValue)> =
            rows.into_iter().filter_map(|(key, note)| Some((key.as_string()?, note))).collect();
        let texts = self.ring.look(schema::PHOTO, &rows).await.into_iter();
        let note = |found| match found {
            Opened::Text(text) => read(&text),
            Opened::Locked | Opened::Unreadable => None,
        };
        Ok(texts.filter_map(note).collect())
    }

    /// The note and both pictures, in one transaction.
    pub async fn add<T: Serialize>(
        &self,
        key: &str,
        note: &T,
        full: &[u8],
        thumb: &[u8],
    ) -> Result<(), StoreError> {
        let ops = [
            self.put_bytes(Part::Full, key, full).await?,
            self.put_bytes(Part::Thumb, key, thumb).await?,
            self.put_note(key, note).await?,
        ];
        self.store.write(&ops).await.map(drop)
    }

    pub async fn set_note<T: Serialize>(&self, key: &str, note: &T) -> Result<(), StoreError> {
        self.store.write(&[self.put_note(key, note).await?]).await.map(drop)
    }

    /// The server has a receipt for it: the bytes may go, the small picture stays.
    pub async fn delivered<T: Serialize>(&self, key: &str, note: &T) -> Result<(), StoreError> {
        let ops = [self.put_note(key, note).await?, Op::delete(schema::PHOTO, &place(Part::Full, key))];
        self.store.write(&ops).await.map(drop)
    }

    pub async fn remove(&self, keys: &[String]) -> Result<(), StoreError> {
        let gone = |key: &String| {
            [format!("{NOTE}{key}"), place(Part::Thumb, key), place(Part::Full, key)]
                .map(|key| Op::delete(schema::PHOTO, &key))
        };
        let ops: Vec<Op> = keys.iter().flat_map(gone).collect();
        if ops.is_empty() {
            return Ok(());
        }
        self.store.write(&ops).await.map(drop)
    }

    /// `None` when it is not here, or cannot be read now.
    pub async fn bytes(&self, part: Part, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let place = place(part, key);
        let Some(kept) = self.store.get(schema::PHOTO, &place).await? else { return Ok(None) };
        Ok(self.ring.open_bytes(schema::PHOTO, &place, &kept).await)
    }

    async fn put_note<T: Serialize>(&self, key: &str, note: &T) -> Result<Op, StoreError> {
        let (key, text) = (format!("{NOTE}{key}"), write(note));
        let item = Item { part: schema::PHOTO, key: &key, text: &text };
        let value = self.ring.seal_one(item).await?;
        Ok(Op::Put { part: schema::PHOTO, key: key.into(), value })
    }

    async fn put_bytes(&self, part: Part, key: &str, bytes: &[u8]) -> Result<Op, StoreError> {
        let place = place(part, key);
        let value = self.ring.seal_bytes(schema::PHOTO, &place, bytes).await?;
        Ok(Op::Put { part: schema::PHOTO, key: place.into(), value })
    }
}

fn place(part: Part, key: &str) -> String {
    format!("{}/{key}", part.name())
}

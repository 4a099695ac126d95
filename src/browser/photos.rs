//! Photos on this device: a note of each, its small picture, and its bytes until the server has them; where there is room,
//! some weeks longer, because a server that is restored may have lost them. Bytes are kept
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

    /// What became of a photo.
    /// # Errors  `Taken` when another tab has taken over the turn in which it was found out.
    pub async fn set_note<T: Serialize>(&self, key: &str, note: &T) -> Result<(), StoreError> {
        self.store.write_in_turn(&[self.put_note(key, note).await?]).await
    }

    /// There is a receipt for it: the bytes go, the small picture stays.
    /// # Errors  As `set_note`.
    pub async fn delivered<T: Serialize>(&self, key: &str, note: &T) -> Result<(), StoreError> {
        let gone = [place(Part::Full, key), spare(key)].map(|place| Op::delete(schema::PHOTO, &place));
        let mut ops = vec![self.put_note(key, note).await?];
        ops.extend(gone);
        self.store.write_in_turn(&ops).await
    }

    /// There is a receipt for it: the bytes stay as long as nothing else needs their room.
    /// # Errors  `Full` when there is none; otherwise as `set_note`. Nothing was written then.
    pub async fn delivered_and_kept<T: Serialize>(
        &self,
        key: &str,
        note: &T,
        full: &[u8],
    ) -> Result<(), StoreError> {
        let place_of_spare = spare(key);
        let value = self.ring.seal_bytes(schema::PHOTO, &place_of_spare, full).await?;
        let ops = [
            self.put_note(key, note).await?,
            Op::delete(schema::PHOTO, &place(Part::Full, key)),
            Op::Put { part: schema::PHOTO, key: place_of_spare.into(), value },
        ];
        self.store.write_in_turn_if_room(&ops).await
    }

    /// The server may have lost it: the bytes that were kept wait again. False when they are not here any more.
    /// # Errors  As `set_note`.
    pub async fn take_back<T: Serialize>(&self, key: &str, note: &T) -> Result<bool, StoreError> {
        let Some(full) = self.bytes_at(&spare(key)).await? else { return Ok(false) };
        let ops = [
            self.put_bytes(Part::Full, key, &full).await?,
            Op::delete(schema::PHOTO, &spare(key)),
            self.put_note(key, note).await?,
        ];
        self.store.write_in_turn(&ops).await?;
        Ok(true)
    }

    pub async fn remove(&self, keys: &[String]) -> Result<(), StoreError> {
        let gone = |key: &String| {
            [format!("{NOTE}{key}"), place(Part::Thumb, key), place(Part::Full, key), spare(key)]
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
        match self.bytes_at(&place(part, key)).await? {
            None if part == Part::Full => self.bytes_at(&spare(key)).await,
            found => Ok(found),
        }
    }

    /// It is here, whether or not it can be read now.
    pub async fn has(&self, part: Part, key: &str) -> Result<bool, StoreError> {
        Ok(self.store.get(schema::PHOTO, &place(part, key)).await?.is_some())
    }

    async fn bytes_at(&self, place: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(kept) = self.store.get(schema::PHOTO, place).await? else { return Ok(None) };
        Ok(self.ring.open_bytes(schema::PHOTO, place, &kept).await)
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

/// Where the bytes lie that the server has.
fn spare(key: &str) -> String {
    format!("{}{key}", schema::SPARE)
}

fn place(part: Part, key: &str) -> String {
    format!("{}/{key}", part.name())
}

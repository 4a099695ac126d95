//! Letters of this device: reports without a name. Until the service has one, it lies once more beside the database, as
//! unsent events do; a letter has no chain that would show that it is gone.

use super::Shelf;
use crate::browser::{
    js,
    json::{read, write},
    seal::{Item, Opened},
    shelf::Found,
    store::{Op, StoreError, every, schema},
};
use js_sys::Uint8Array;
use serde::{Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};
use sync::{Hash, base64url};
use wasm_bindgen::{JsCast, JsValue};

/// Fields of a second copy: the key of the letter, and the letter as it lies in the database.
const KEY: &str = "key";
const SEALED: &str = "sealed";
const OPEN: &str = "open";

/// What the second copies had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// Letters that the database had lost.
    pub back: usize,
    /// They open with a later sign-in, or never.
    pub locked: usize,
}

impl Shelf {
    /// The letters of this device.
    pub async fn letters<T: DeserializeOwned>(&self) -> Result<Found<T>, StoreError> {
        self.read_under(schema::LETTER, "", |(_, text)| read(&text)).await
    }

    /// Saves a letter, and removes the draft it was made from, in one transaction. `is_taken`: the service has it, so
    /// its second copy goes.
    pub async fn save_letter<T: Serialize>(
        &self,
        key: &str,
        letter: &T,
        draft: Option<&str>,
        is_taken: bool,
    ) -> Result<(), StoreError> {
        let text = write(letter);
        let value = self.ring.seal_one(Item { part: schema::LETTER, key, text: &text }).await?;
        let mut ops = vec![Op::Put { part: schema::LETTER, key: key.into(), value: value.clone() }];
        ops.extend(draft.map(|draft| Op::delete(schema::DRAFT, draft)));
        self.write(&ops).await?;
        match is_taken {
            true => self.letter_copies.forget(vec![name(key)]),
            false => self.letter_copies.put(vec![copy(key, &value)]),
        }
        Ok(())
    }

    /// Puts back what the second copies have and the database has lost.
    pub async fn mend_letters(&self) -> Result<Mended, StoreError> {
        let (copies, rows) = self.copies_and_rows().await?;
        let gone: Vec<(String, JsValue)> =
            copies.into_iter().filter(|(key, _)| !rows.contains_key(key)).collect();
        let mut mended = Mended::default();
        if gone.is_empty() {
            return Ok(mended);
        }
        let mut ops = Vec::with_capacity(gone.len());
        for ((key, _), opened) in gone.iter().zip(self.ring.look(schema::LETTER, &gone).await) {
            let Opened::Text(text) = opened else {
                mended.locked += 1;
                continue;
            };
            // Sealed anew: the key of before may be at hand only now.
            let value = self.ring.seal_one(Item { part: schema::LETTER, key, text: &text }).await?;
            ops.push(Op::Put { part: schema::LETTER, key: key.as_str().into(), value });
        }
        mended.back = ops.len();
        self.write(&ops).await?;
        Ok(mended)
    }

    /// A copy of each of these letters, and none of those that the service has.
    pub async fn match_letter_copies(&self, waiting: &BTreeSet<String>) -> Result<(), StoreError> {
        let (copies, rows) = self.copies_and_rows().await?;
        let is_taken = |key: &&String| rows.contains_key(*key) && !waiting.contains(*key);
        self.letter_copies.forget(copies.keys().filter(is_taken).map(|key| name(key)).collect());
        let is_missing =
            |(key, _): &(&String, &JsValue)| waiting.contains(*key) && !copies.contains_key(*key);
        self.letter_copies.put(rows.iter().filter(is_missing).map(|(key, value)| copy(key, value)).collect());
        Ok(())
    }

    /// Each under the key of its letter.
    async fn copies_and_rows(
        &self,
    ) -> Result<(BTreeMap<String, JsValue>, BTreeMap<String, JsValue>), StoreError> {
        let copies = self.letter_copies.all().await;
        let rows = self.store.rows(schema::LETTER, every(), u32::MAX).await?;
        Ok((
            copies.iter().filter_map(copied).collect(),
            rows.into_iter().filter_map(|(key, value)| Some((key.as_string()?, value))).collect(),
        ))
    }
}

/// A file name that says nothing.
fn name(key: &str) -> String {
    Hash::of(&[key.as_bytes()]).to_string()
}

fn copy(key: &str, value: &JsValue) -> (String, String) {
    let row = js::object(&[(KEY, key.into())]);
    match value.dyn_ref::<Uint8Array>() {
        Some(sealed) => js::set(&row, SEALED, &base64url::encode(&sealed.to_vec()).into()),
        None => js::set(&row, OPEN, value),
    }
    (name(key), js::as_json(&row))
}

fn copied(copy: &JsValue) -> Option<(String, JsValue)> {
    let sealed = || Some(Uint8Array::from(&base64url::decode(&js::text(copy, SEALED)?)?[..]).into());
    let value = js::text(copy, OPEN).map(JsValue::from).or_else(sealed)?;
    Some((js::text(copy, KEY)?, value))
}

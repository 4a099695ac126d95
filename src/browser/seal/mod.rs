//! What is kept on this device is sealed. The ring holds the keys that are at hand now: the outbox key of the device,
//! always; the key of one person, while they are here and not behind the lock. A layer above the store: text in,
//! sealed values out. Which key, and what each protects against: docs/decisions/022.

mod aes;
mod beside;
mod derive;
mod device;
mod passkey;
mod person;
mod pin;
mod sweep;

use super::{
    js,
    keys::KeyError,
    second_copy::SecondCopy,
    store::{Store, StoreError, schema},
};
use aes::Key;
use derive::{POINT_BYTES, PublicKey};
use indexed_db_futures::{BuildPrimitive, prelude::*, transaction::TransactionMode};
use js_sys::{Array, Promise, Uint8Array};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

pub use person::Entered;
pub use sweep::sweep;

/// Owner of what belongs to whoever stands at this device.
pub const NOBODY: &str = "-";
/// What stands in front of the pages of a restored server.
pub const ASIDE: &str = "aside-";

/// The first byte of a sealed value: with which key.
const BY_DEVICE: u8 = 1;
const BY_PERSON: u8 = 2;
/// To the public key of a person, while their own key is away; a point follows.
const TO_PERSON: u8 = 3;

/// How well this browser keeps the key of the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protection {
    /// As a key that can be used and not read.
    Key,
    /// Only as bytes: who copies the data copies the key.
    Bytes,
    /// It was kept once and does not come back now. What it sealed waits for the next sign-in.
    Lost,
    /// No cryptography here: things lie open.
    #[default]
    Nothing,
}

pub struct Ring {
    store: Rc<Store>,
    protection: Cell<Protection>,
    /// Wraps the other keys.
    device: RefCell<Option<Key>>,
    /// Seals what has to be sent, and what belongs to the device.
    outbox: RefCell<Option<Key>>,
    /// The outbox key that this device had before its database was emptied.
    earlier: RefCell<Option<Key>>,
    /// Rows that open with a sign-in only, outside the database.
    beside: SecondCopy,
    /// Whose things can be read now.
    open: RefCell<Option<Open>>,
    known: RefCell<Vec<(String, PublicKey)>>,
    /// From the last sign-in, for a person whose key did not open with it.
    offered: RefCell<Option<(String, Vec<u8>)>>,
}

struct Open {
    person: String,
    key: Key,
    private: CryptoKey,
    point: Uint8Array,
}

/// A text on its way into the store. `key` is its key there, or for an event its hash.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    pub part: &'static str,
    pub key: &'a str,
    pub text: &'a str,
}

/// A value of the store, looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    Text(String),
    /// Of somebody who is not here, or is behind the lock.
    Locked,
    Unreadable,
}

enum Owner<'a> {
    Open,
    Device,
    Person(&'a str),
}

impl Ring {
    /// The keys of this device; made at the first start. No person is here yet.
    /// # Errors  Only what the store cannot do. A browser that keeps no keys is told by `protection`.
    pub async fn open(store: &Rc<Store>) -> Result<Rc<Ring>, StoreError> {
        let ring = Ring {
            store: store.clone(),
            protection: Cell::default(),
            device: RefCell::default(),
            outbox: RefCell::default(),
            earlier: RefCell::default(),
            beside: SecondCopy::of_keys(store.name()),
            open: RefCell::default(),
            known: RefCell::default(),
            offered: RefCell::default(),
        };
        match ring.find_device_key().await {
            // The layout of version 1, which a tab of an older app still holds: sealed at a later start.
            Err(StoreError::Damaged(_)) => {}
            other => other?,
        }
        Ok(Rc::new(ring))
    }

    pub fn protection(&self) -> Protection {
        self.protection.get()
    }

    /// Seals texts, all or none.
    pub async fn seal(&self, items: &[Item<'_>]) -> Result<Vec<JsValue>, StoreError> {
        let (jobs, mut heads) = (Array::new(), Vec::with_capacity(items.len()));
        for item in items {
            let Some((head, key)) = self.key_for(item).await? else {
                jobs.push(&item.text.into());
                heads.push(None);
                continue;
            };
            let (iv, sealing) = key.sealing(&place(item.part, item.key), item.text.as_bytes())?;
            jobs.push(&sealing);
            heads.push(Some((head, iv)));
        }
        let done: Array = JsFuture::from(Promise::all(&jobs)).await.map_err(KeyError::from)?.unchecked_into();
        let whole = |(value, head): (JsValue, Option<(Vec<u8>, Uint8Array)>)| match head {
            Some((head, iv)) => aes::joined(&head, &iv, &value).into(),
            None => value,
        };
        Ok(done.iter().zip(heads).map(whole).collect())
    }

    pub async fn seal_one(&self, item: Item<'_>) -> Result<JsValue, StoreError> {
        match self.key_for(&item).await? {
            Some(with) => sealed(with, &item, item.text.as_bytes()).await,
            None => Ok(item.text.into()),
        }
    }

    /// Seals bytes that have to be sent, such as a photo.
    pub async fn seal_bytes(
        &self,
        part: &'static str,
        key: &str,
        bytes: &[u8],
    ) -> Result<JsValue, StoreError> {
        let item = Item { part, key, text: "" };
        match self.key_for(&item).await? {
            Some(with) => sealed(with, &item, bytes).await,
            None => Ok(Uint8Array::from(bytes).into()),
        }
    }

    /// Bytes as they were; `None` when they cannot be read now. What does not begin as a sealed value lies open.
    pub async fn open_bytes(&self, part: &str, key: &str, value: &JsValue) -> Option<Vec<u8>> {
        let kept = value.dyn_ref::<Uint8Array>()?;
        if !matches!(kept.get_index(0), BY_DEVICE | BY_PERSON | TO_PERSON) {
            return Some(kept.to_vec());
        }
        let plain = match self.opening(part, key, value).await {
            Ok(opening) => JsFuture::from(opening).await.ok(),
            Err(_) => None,
        };
        match plain {
            Some(plain) => Some(Uint8Array::new(&plain).to_vec()),
            None => self.open_earlier(part, key, kept).await,
        }
    }

    /// Looks into values of one part; each comes with its key.
    pub async fn look(&self, part: &str, rows: &[(String, JsValue)]) -> Vec<Opened> {
        let jobs = Array::new();
        let mut looked = Vec::with_capacity(rows.len());
        for (key, value) in rows {
            match self.opening(part, key, value).await {
                Ok(promise) => {
                    jobs.push(&promise);
                    looked.push(None);
                }
                Err(known) => looked.push(Some(known)),
            }
        }
        let settled: Array =
            JsFuture::from(Promise::all_settled(&jobs)).await.unwrap_or_default().unchecked_into();
        let mut settled = settled.iter();
        let text = |settled: JsValue| {
            let plain = js::get(&settled, "value");
            let text = plain.is_object().then(|| String::from_utf8(Uint8Array::new(&plain).to_vec()));
            text.and_then(Result::ok).map_or(Opened::Unreadable, Opened::Text)
        };
        let mut looked: Vec<Opened> = looked
            .into_iter()
            .map(|known| known.or_else(|| settled.next().map(text)).unwrap_or(Opened::Unreadable))
            .collect();
        self.look_earlier(part, rows, &mut looked).await;
        looked
    }

    /// Is this value as an older version of the app wrote it, or one without cryptography?
    pub fn is_sealed(value: &JsValue) -> bool {
        value.is_instance_of::<Uint8Array>()
    }

    /// The head and the key for an item; none where it may lie open.
    async fn key_for(&self, item: &Item<'_>) -> Result<Option<(Vec<u8>, Key)>, StoreError> {
        if self.protection() == Protection::Nothing {
            return Ok(None);
        }
        let person = match owner(item.part, item.key) {
            Owner::Open => return Ok(None),
            Owner::Device => {
                let key = self.outbox.borrow().clone().ok_or(KeyError::NotKept)?;
                return Ok(Some((vec![BY_DEVICE], key)));
            }
            Owner::Person(person) => person,
        };
        if let Some(open) = &*self.open.borrow()
            && open.person == person
        {
            return Ok(Some((vec![BY_PERSON], open.key.clone())));
        }
        let (key, point) = self.public_key_of(person).await?.one_key().await?;
        let mut head = vec![TO_PERSON];
        head.extend(point.to_vec());
        Ok(Some((head, key)))
    }

    /// The promise of what a value holds; or what is known without it.
    async fn opening(&self, part: &str, key: &str, value: &JsValue) -> Result<Promise, Opened> {
        if let Some(text) = value.as_string() {
            return Err(Opened::Text(text));
        }
        let sealed = value.dyn_ref::<Uint8Array>().ok_or(Opened::Unreadable)?;
        let rest = |from: u32| sealed.subarray(from, sealed.length());
        let is_here =
            |open: &&Open| matches!(owner(part, key), Owner::Person(person) if person == open.person);
        let (with, rest) = match sealed.get_index(0) {
            BY_DEVICE => (self.outbox.borrow().clone(), rest(1)),
            BY_PERSON => {
                let here = self.open.borrow();
                let open = here.as_ref().filter(is_here).ok_or(Opened::Locked)?;
                (Some(open.key.clone()), rest(1))
            }
            TO_PERSON => {
                let (private, own) = {
                    let here = self.open.borrow();
                    let open = here.as_ref().filter(is_here).ok_or(Opened::Locked)?;
                    (open.private.clone(), open.point.clone())
                };
                let point = sealed.slice(1, 1 + POINT_BYTES);
                (derive::key_again(&private, &own, &point).await.ok(), rest(1 + POINT_BYTES))
            }
            _ => (None, rest(1)),
        };
        with.and_then(|with| with.opening(&place(part, key), &rest).ok()).ok_or(Opened::Unreadable)
    }

    /// Writes into the part of the keys only where nothing is yet; gives what is there afterwards.
    async fn put_once(&self, rows: &[(&str, JsValue)]) -> Result<(), StoreError> {
        let put = async |transaction: &indexed_db_futures::transaction::Transaction<'_>| {
            let keys = transaction.object_store(schema::KEY)?;
            let first = keys.get::<JsValue, JsValue, _>(JsValue::from(rows[0].0)).primitive()?.await?;
            if first.is_some() {
                return Ok(());
            }
            for (name, value) in rows {
                keys.put(value.clone())
                    .with_key(JsValue::from(*name))
                    .without_key_type()
                    .primitive()?
                    .await?;
            }
            Ok(())
        };
        self.store.transact(&[schema::KEY], TransactionMode::Readwrite, put).await
    }
}

impl From<KeyError> for StoreError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Store(error) => error,
            KeyError::Crypto(why) => StoreError::Failed(why),
            KeyError::NotKept => StoreError::Failed("a key of this device is not there".into()),
        }
    }
}

/// One value, with its head and its key.
async fn sealed((head, key): (Vec<u8>, Key), item: &Item<'_>, plain: &[u8]) -> Result<JsValue, StoreError> {
    let (iv, sealing) = key.sealing(&place(item.part, item.key), plain)?;
    let sealed = JsFuture::from(sealing).await.map_err(KeyError::from)?;
    Ok(aes::joined(&head, &iv, &sealed).into())
}

/// What a value is bound to: moved to another place it does not open. The number is that of this layout.
fn place(part: &str, key: &str) -> String {
    format!("{part}|{key}|1")
}

/// Whose key seals a value. Counters, cursors, and who this device is, lie open.
fn owner<'a>(part: &str, key: &'a str) -> Owner<'a> {
    match part {
        schema::EVENT | schema::LETTER | schema::PHOTO => Owner::Device,
        schema::META => match key.split_once('/') {
            None if matches!(key, "me" | "directory") => Owner::Device,
            Some(("seen" | "practice", person)) => Owner::Person(person),
            _ => Owner::Open,
        },
        _ => {
            let key = key.strip_prefix(ASIDE).and_then(|aside| Some(aside.split_once('/')?.1)).unwrap_or(key);
            match key.split_once('/') {
                Some((person, _)) if person != NOBODY => Owner::Person(person),
                _ => Owner::Device,
            }
        }
    }
}

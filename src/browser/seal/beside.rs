//! The way back when the whole database is emptied: the rows that open with the share of a sign-in lie once more
//! beside it, as the second copies of unsent reports do. Nothing in them opens with this device alone or with a PIN.

use super::{
    Opened, Ring,
    aes::Key,
    device::{bytes, put},
    person::{BY_SERVICE, Slots},
    place,
};
use crate::browser::{
    js,
    keys::KeyError,
    second_copy::SecondCopy,
    store::{Op, StoreError, schema},
};
use js_sys::Uint8Array;
use sync::{Hash, base64url};
use wasm_bindgen::prelude::*;

/// Of the row of a person. The slots of device and PIN need a key that is gone with the database.
const FIELDS: [&str; 4] = ["point", "private", "canary", BY_SERVICE];
/// The one field of any other row.
const VALUE: &str = "value";
const NAME: &str = "name";

/// An outbox key under the key of a person.
pub(super) const OUTBOX: &str = "outbox/";
/// The outbox key of before, which second copies may still be sealed with.
const EARLIER: &str = "earlier/";
const PERSON: &str = "person/";

impl Ring {
    /// Copies the row of a person; only when a sign-in could open it.
    pub(super) fn copy_person(&self, slots: &Slots<'_>) {
        let fields: Option<Vec<_>> =
            FIELDS.iter().map(|field| Some((*field, bytes(&slots.row, field)?))).collect();
        if let Some(fields) = fields {
            copy(&self.beside, &format!("{PERSON}{}", slots.person), &fields);
        }
    }

    /// At a start without keys: what lies beside the database comes back into it. True when there was an outbox key.
    pub(super) async fn put_back(&self) -> Result<bool, StoreError> {
        let mut is_back = false;
        for copy in self.beside.all().await {
            let Some(name) = js::text(&copy, NAME) else { continue };
            let field = |field: &&'static str| Some((*field, decoded(&copy, field)?));
            let row: JsValue = if name.starts_with(PERSON) {
                let fields: Vec<_> = FIELDS.iter().filter_map(field).collect();
                js::object(&fields).into()
            } else {
                decoded(&copy, VALUE).unwrap_or_default()
            };
            self.put_once(&[(&name, row)]).await?;
            is_back |= name.starts_with(OUTBOX);
        }
        Ok(is_back)
    }

    /// Keeps the outbox key under the key of a person, and what that row held before as the earlier one.
    pub(super) async fn keep_outbox(
        &self,
        person: &str,
        key: &Key,
        now: &[u8],
        held: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let mut kept = vec![(format!("{OUTBOX}{person}"), now)];
        kept.extend(held.filter(|held| *held != now).map(|held| (format!("{EARLIER}{person}"), held)));
        let mut ops: Vec<Op> = Vec::with_capacity(kept.len());
        for (name, raw) in kept {
            let sealed = key.seal(&place(schema::KEY, &name), raw).await?;
            copy(&self.beside, &name, &[(VALUE, sealed.clone())]);
            ops.push(put(&name, sealed.into()));
        }
        self.store.write(&ops).await?;
        self.find_earlier(person, key).await
    }

    async fn find_earlier(&self, person: &str, key: &Key) -> Result<(), StoreError> {
        let name = format!("{EARLIER}{person}");
        let Some(kept) = self.store.get(schema::KEY, &name).await? else { return Ok(()) };
        let sealed: &Uint8Array = kept.dyn_ref().ok_or(KeyError::NotKept)?;
        if let Some(raw) = key.open(&place(schema::KEY, &name), sealed).await {
            self.earlier.replace(Some(Key::import(&raw).await?));
        }
        Ok(())
    }

    /// What the outbox key of today did not open, with the one of before.
    pub(super) async fn look_earlier(&self, part: &str, rows: &[(String, JsValue)], looked: &mut [Opened]) {
        for ((key, value), opened) in rows.iter().zip(looked) {
            let Some(sealed) = value.dyn_ref::<Uint8Array>() else { continue };
            if *opened != Opened::Unreadable {
                continue;
            }
            let plain = self.open_earlier(part, key, sealed).await;
            if let Some(text) = plain.and_then(|plain| String::from_utf8(plain).ok()) {
                *opened = Opened::Text(text);
            }
        }
    }

    /// One value with the outbox key of before.
    pub(super) async fn open_earlier(&self, part: &str, key: &str, sealed: &Uint8Array) -> Option<Vec<u8>> {
        let earlier = self.earlier.borrow().clone().filter(|_| sealed.get_index(0) == super::BY_DEVICE)?;
        earlier.open(&place(part, key), &sealed.subarray(1, sealed.length())).await
    }
}

fn copy(beside: &SecondCopy, name: &str, fields: &[(&str, Uint8Array)]) {
    let row = js::object(&[(NAME, name.into())]);
    for (field, value) in fields {
        js::set(&row, field, &base64url::encode(&value.to_vec()).into());
    }
    beside.put(vec![(Hash::of(&[name.as_bytes()]).to_string(), js::as_json(&row))]);
}

fn decoded(copy: &JsValue, field: &str) -> Option<JsValue> {
    let bytes = base64url::decode(&js::text(copy, field)?)?;
    Some(Uint8Array::from(&bytes[..]).into())
}

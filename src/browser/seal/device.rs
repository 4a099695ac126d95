//! The keys of the device. One is made by the browser and never read; it wraps the outbox key, which can also be found
//! again by a person who was here before. Never is one written over before another was read back and tried.

use super::{
    Protection, Ring,
    aes::{self, Key},
    place,
};
use crate::browser::{
    js,
    keys::KeyError,
    store::{Op, StoreError, schema},
};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

const DEVICE: &str = "device";
const OUTBOX: &str = "outbox";
const TRIAL: &str = "trial";

impl Ring {
    /// Reads the keys, or makes them at the first start.
    pub(super) async fn find_device_key(&self) -> Result<(), StoreError> {
        if self.read_device_key().await? {
            return Ok(());
        }
        let has_outbox = self.store.get(schema::KEY, OUTBOX).await?.is_some();
        if has_outbox || self.put_back().await? {
            self.protection.set(Protection::Lost);
            return Ok(());
        }
        match self.make_device_key(&aes::random()).await {
            Ok(rows) => self.put_once(&rows).await?,
            Err(KeyError::Store(error)) => return Err(error),
            // Nothing can be sealed here; nothing is said to be.
            Err(KeyError::Crypto(_) | KeyError::NotKept) => return Ok(()),
        }
        // Another tab may have been first: its keys count.
        match self.read_device_key().await? {
            true => Ok(()),
            false => Err(KeyError::NotKept.into()),
        }
    }

    /// A person who was here before opens the outbox key for a device that lost its own.
    pub(super) async fn mend_device_key(&self, raw_outbox: &[u8]) -> Result<(), KeyError> {
        let rows = self.make_device_key(raw_outbox).await?;
        let put = |(name, value): &(&str, JsValue)| put(name, value.clone());
        let ops: Vec<Op> = rows.iter().map(put).collect();
        self.store.write(&ops).await?;
        self.read_device_key().await?;
        Ok(())
    }

    /// The device joins again and nobody signs in with it: it goes on with new keys. A later sign-in finds the old one.
    pub async fn begin_again(&self) -> Result<(), StoreError> {
        match self.protection() {
            Protection::Lost => Ok(self.renew_device_key().await?),
            _ => Ok(()),
        }
    }

    /// Nobody could open the outbox key: a new one. The old one stays, under another name.
    pub(super) async fn renew_device_key(&self) -> Result<(), KeyError> {
        for name in [DEVICE, OUTBOX] {
            if let Some(old) = self.store.get(schema::KEY, name).await? {
                let aside = format!("lost/{}/{name}", js_sys::Date::now());
                self.store.write(&[put(&aside, old)]).await?;
            }
        }
        self.mend_device_key(&aes::random()).await
    }

    pub(super) async fn raw_outbox(&self) -> Option<Vec<u8>> {
        let wrapped = self.store.get(schema::KEY, OUTBOX).await.ok()??;
        let device = self.device.borrow().clone()?;
        device.open(&place(schema::KEY, OUTBOX), wrapped.dyn_ref()?).await
    }

    /// The self-test of each start: what the browser gives back must open the outbox key.
    async fn read_device_key(&self) -> Result<bool, StoreError> {
        let Some(kept) = self.store.get(schema::KEY, DEVICE).await? else { return Ok(false) };
        let Some((device, protection)) = usable(&kept).await else { return Ok(false) };
        self.device.replace(Some(device));
        let Some(raw) = self.raw_outbox().await else {
            self.device.replace(None);
            return Ok(false);
        };
        self.outbox.replace(Some(Key::import(&raw).await?));
        self.protection.set(protection);
        Ok(true)
    }

    /// Writes a key, reads it back and opens with what came back; where that fails, the same with the key as bytes.
    /// Gives the rows to write: the outbox key first.
    async fn make_device_key(&self, raw_outbox: &[u8]) -> Result<[(&'static str, JsValue); 2], KeyError> {
        let handle = async { self.tried(Key::handle().await?.as_js(), raw_outbox).await };
        match handle.await {
            Ok(rows) => Ok(rows),
            Err(KeyError::Store(error @ (StoreError::Full | StoreError::Closed(_)))) => Err(error.into()),
            Err(_) => self.tried(Uint8Array::from(&aes::random()[..]).into(), raw_outbox).await,
        }
    }

    async fn tried(
        &self,
        kept: JsValue,
        raw_outbox: &[u8],
    ) -> Result<[(&'static str, JsValue); 2], KeyError> {
        let (here, _) = usable(&kept).await.ok_or(KeyError::NotKept)?;
        let wrapped = here.seal(&place(schema::KEY, OUTBOX), raw_outbox).await?;
        self.store.write(&[put(TRIAL, kept.clone())]).await?;
        let back = self.store.get(schema::KEY, TRIAL).await?;
        let tried = match back {
            Some(back) => usable(&back).await,
            None => None,
        };
        let opened = match tried {
            Some((back, _)) => back.open(&place(schema::KEY, OUTBOX), &wrapped).await,
            None => None,
        };
        self.store.write(&[Op::delete(schema::KEY, TRIAL)]).await?;
        match opened.as_deref() == Some(raw_outbox) {
            true => Ok([(OUTBOX, wrapped.into()), (DEVICE, kept)]),
            false => Err(KeyError::NotKept),
        }
    }
}

pub(super) fn put(name: &str, value: JsValue) -> Op {
    Op::Put { part: schema::KEY, key: name.into(), value }
}

/// A key as the store gave it back.
async fn usable(kept: &JsValue) -> Option<(Key, Protection)> {
    if let Some(bytes) = kept.dyn_ref::<Uint8Array>() {
        return Some((Key::import(&bytes.to_vec()).await.ok()?, Protection::Bytes));
    }
    Some((Key::of(kept.clone())?, Protection::Key))
}

/// A field of a row that holds sealed bytes.
pub(super) fn bytes(row: &JsValue, name: &str) -> Option<Uint8Array> {
    js::get(row, name).dyn_into().ok()
}

//! A passkey whose keeper gives a secret (the extension `prf` of WebAuthn) opens the key of its person on this device,
//! without PIN, password or signal. The field of the row holds one slot for each passkey, under its id.

use super::{
    Entered, Ring,
    aes::{self, Key},
    derive,
    device::bytes,
    person::Slots,
};
use crate::browser::{js, keys::KeyError, passkey::PasskeySecret, store::StoreError};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::*;

pub(super) const BY_PASSKEY: &str = "passkey";

impl Ring {
    /// Ids of the passkeys that open the key of a person here.
    pub async fn passkeys(&self, person: &str) -> Vec<String> {
        match self.slots_of(person).await {
            Ok(Some(slots)) => ids(&slots),
            _ => Vec::new(),
        }
    }

    /// From now on this passkey opens the key of its person here. Nothing changes while that key is behind a PIN and no
    /// share of the service is at hand: the next sign-in brings one.
    pub async fn add_passkey(
        &self,
        person: &str,
        share: Option<&[u8]>,
        secret: &PasskeySecret,
    ) -> Result<(), StoreError> {
        let Some(slots) = self.slots_of(person).await? else { return Ok(()) };
        let raw = match self.raw_by_device(&slots).await {
            Some(raw) => Some(raw),
            None => self.raw_by_service(&slots, share).await?,
        };
        let Some(raw) = raw else { return Ok(()) };
        let salt = aes::random();
        let key = key_of(&slots, secret, &salt).await?;
        let slot = js::object(&[
            ("salt", Uint8Array::from(&salt[..]).into()),
            ("sealed", key.seal(&place(&slots, &secret.id), &raw).await?.into()),
        ]);
        let all = Object::assign(&Object::new(), js::get(&slots.row, BY_PASSKEY).unchecked_ref());
        js::set(&all, &secret.id, &slot);
        self.write_slots(&slots.with(&[(BY_PASSKEY, all.into())])).await
    }

    /// Opens the key of the person; with another secret nothing is written. `forget_pin` when it was tried too often.
    pub async fn unlock_by_passkey(
        &self,
        person: &str,
        secret: &PasskeySecret,
        forget_pin: bool,
    ) -> Result<bool, StoreError> {
        let Some(slots) = self.slots_of(person).await? else { return Ok(false) };
        let slot = js::get(&js::get(&slots.row, BY_PASSKEY), &secret.id);
        let (Some(salt), Some(sealed)) = (bytes(&slot, "salt"), bytes(&slot, "sealed")) else {
            return Ok(false);
        };
        let key = key_of(&slots, secret, &salt.to_vec()).await?;
        let Some(raw) = key.open(&place(&slots, &secret.id), &sealed).await else { return Ok(false) };
        if self.take(&slots, &raw).await? != Entered::Open {
            return Ok(false);
        }
        let offered = self.offered.take().filter(|(offered_to, _)| offered_to == person);
        if forget_pin || offered.is_some() {
            let share = offered.as_ref().map(|(_, share)| &share[..]);
            self.mend(slots, &raw, share, forget_pin).await?;
        }
        Ok(true)
    }

    /// Passkeys that are gone open nothing here any more.
    pub async fn keep_passkeys(
        &self,
        person: &str,
        is_there: impl Fn(&str) -> bool,
    ) -> Result<(), StoreError> {
        let Some(slots) = self.slots_of(person).await? else { return Ok(()) };
        let (stay, go): (Vec<String>, Vec<String>) = ids(&slots).into_iter().partition(|id| is_there(id));
        if go.is_empty() {
            return Ok(());
        }
        let before = js::get(&slots.row, BY_PASSKEY);
        let all: Vec<(&str, JsValue)> = stay.iter().map(|id| (&**id, js::get(&before, id))).collect();
        self.write_slots(&slots.with(&[(BY_PASSKEY, js::object(&all).into())])).await
    }
}

fn ids(slots: &Slots<'_>) -> Vec<String> {
    let all = js::get(&slots.row, BY_PASSKEY);
    let names = all.dyn_ref::<Object>().map(Object::keys);
    names.into_iter().flat_map(|names| names.to_vec()).filter_map(|name| name.as_string()).collect()
}

fn place(slots: &Slots<'_>, id: &str) -> String {
    slots.of(&format!("{BY_PASSKEY}/{id}"))
}

async fn key_of(slots: &Slots<'_>, secret: &PasskeySecret, salt: &[u8]) -> Result<Key, KeyError> {
    let both = [&secret.bytes[..], salt].concat();
    derive::key_of(&both, &format!("nm.slot.passkey.v1|{}", slots.person)).await
}

//! The six digits of the screen lock. They are kept nowhere: a key made from them, by PBKDF2 with SHA-256 and 600,000
//! rounds, and from a half that only this device can open, opens the key of the person, or does not.

use super::{
    Entered, Ring,
    aes::{self, Key},
    derive,
    device::bytes,
    person::{BY_DEVICE, BY_PIN, BY_SERVICE, HALF, Slots},
};
use crate::browser::{
    ids, js,
    keys::KeyError,
    store::{Op, StoreError, schema},
};
use js_sys::Uint8Array;
use serde::Deserialize;
use sync::base64url;

pub const ROUNDS: u32 = 600_000;

/// What versions before this one kept of a PIN.
#[derive(Deserialize)]
struct PinMark {
    rounds: u32,
    salt: String,
    mark: String,
}

impl Ring {
    pub async fn has_pin(&self, person: &str) -> bool {
        matches!(self.slots_of(person).await, Ok(Some(slots)) if slots.has(BY_PIN))
    }

    /// Only for somebody whose key the device opens: they are here and have no PIN.
    pub async fn set_pin(&self, person: &str, pin: &str) -> Result<(), StoreError> {
        let mut salt = [0; 16];
        ids::fill(&mut salt);
        let stretched = derive::stretched(pin, &salt, ROUNDS).await?;
        self.add_pin(person, &stretched, &salt, ROUNDS).await
    }

    /// Are these the digits? Nothing is opened.
    pub async fn fits(&self, person: &str, pin: &str) -> Result<bool, StoreError> {
        Ok(self.raw_by_pin(&self.slots_here(person).await?, pin).await?.is_some())
    }

    /// Opens the key of the person. With the wrong digits nothing is written.
    pub async fn unlock(&self, person: &str, pin: &str) -> Result<bool, StoreError> {
        let slots = self.slots_here(person).await?;
        let Some(raw) = self.raw_by_pin(&slots, pin).await? else { return Ok(false) };
        if self.take(&slots, &raw).await? != Entered::Open {
            return Ok(false);
        }
        let offered = self.offered.take().filter(|(offered_to, _)| offered_to == person);
        if let Some((_, share)) = offered {
            self.mend(slots, &raw, Some(&share), false).await?;
        }
        Ok(true)
    }

    /// From now on the device alone opens their key again. `false` with the wrong digits.
    pub async fn remove_pin(&self, person: &str, pin: &str) -> Result<bool, StoreError> {
        let slots = self.slots_here(person).await?;
        let Some(raw) = self.raw_by_pin(&slots, pin).await? else { return Ok(false) };
        self.mend(slots, &raw, None, true).await?;
        Ok(true)
    }

    /// A PIN that was set before the store was sealed: what was kept of it is what its key is made from.
    pub(super) async fn take_over_pin(&self, person: &str, mark: &str) -> Result<(), StoreError> {
        let Some(PinMark { rounds, salt, mark }) = crate::browser::json::read(mark) else { return Ok(()) };
        let (Some(salt), Some(stretched)) = (base64url::decode(&salt), base64url::decode(&mark)) else {
            return Ok(());
        };
        self.add_pin(person, &stretched, &salt, rounds).await?;
        self.store.write(&[Op::delete(schema::META, &format!("pin/{person}"))]).await?;
        Ok(())
    }

    async fn add_pin(
        &self,
        person: &str,
        stretched: &[u8],
        salt: &[u8],
        rounds: u32,
    ) -> Result<(), StoreError> {
        let slots = self.slots_here(person).await?;
        let raw = self.raw_by_device(&slots).await.ok_or(KeyError::NotKept)?;
        let device = self.device.borrow().clone().ok_or(KeyError::NotKept)?;
        let half = aes::random();
        let key = pin_key(&slots, stretched, &half).await?;
        let slot = js::object(&[
            ("rounds", rounds.into()),
            ("salt", Uint8Array::from(salt).into()),
            ("sealed", key.seal(&slots.of(BY_PIN), &raw).await?.into()),
        ]);
        let half = device.seal(&slots.of(HALF), &half).await?;
        let slots = slots.with(&[(BY_PIN, slot.into()), (HALF, half.into())]);
        let slots = if slots.has(BY_SERVICE) { slots.without(&[BY_DEVICE]) } else { slots };
        self.write_slots(&slots).await
    }

    async fn raw_by_pin(&self, slots: &Slots<'_>, pin: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let slot = js::get(&slots.row, BY_PIN);
        let rounds = js::get(&slot, "rounds").as_f64().unwrap_or_default() as u32;
        let (Some(salt), Some(sealed), Some(half)) =
            (bytes(&slot, "salt"), bytes(&slot, "sealed"), bytes(&slots.row, HALF))
        else {
            return Err(KeyError::NotKept.into());
        };
        let device = self.device.borrow().clone().ok_or(KeyError::NotKept)?;
        let half = device.open(&slots.of(HALF), &half).await.ok_or(KeyError::NotKept)?;
        let stretched = derive::stretched(pin, &salt.to_vec(), rounds).await?;
        Ok(pin_key(slots, &stretched, &half).await?.open(&slots.of(BY_PIN), &sealed).await)
    }

    async fn slots_here<'a>(&self, person: &'a str) -> Result<Slots<'a>, StoreError> {
        Ok(self.slots_of(person).await?.ok_or(KeyError::NotKept)?)
    }
}

async fn pin_key(slots: &Slots<'_>, stretched: &[u8], half: &[u8]) -> Result<Key, KeyError> {
    let secret = [stretched, half].concat();
    derive::key_of(&secret, &format!("nm.slot.pin.v1|{}", slots.person)).await
}

//! The key of one person on this device, and the ways to it: the device key alone, a PIN, a share that the service
//! gives after a sign-in. One row per person holds them all, so that they change together.

use super::{
    Open, Protection, Ring,
    aes::{self, Key},
    beside::OUTBOX,
    derive::{self, Pair, PublicKey},
    device::{bytes, put},
    passkey::BY_PASSKEY,
    place,
};
use crate::browser::{
    js,
    keys::KeyError,
    store::{Op, StoreError, schema},
};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

/// Opens with the right key only; tried before anything is written with a key.
const CANARY: &[u8] = b"this key is the right one";

/// Slots and other fields of the row.
pub(super) const BY_DEVICE: &str = "device";
pub(super) const BY_PIN: &str = "pin";
pub(super) const BY_SERVICE: &str = "service";
/// The half of a PIN's key that only this device has.
pub(super) const HALF: &str = "half";

/// What came of it when a person was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// Their things can be read.
    Open,
    /// Their PIN is asked for.
    Locked,
    /// Only the service can help: they sign in.
    SignIn,
}

/// A row and the key in it.
pub(super) struct Slots<'a> {
    pub person: &'a str,
    pub row: JsValue,
}

impl Ring {
    /// Shows a person. Without a PIN the device alone opens their key.
    pub async fn enter(&self, person: &str) -> Result<Entered, StoreError> {
        self.close();
        if self.protection() == Protection::Nothing {
            return Ok(Entered::Open);
        }
        let Some(slots) = self.slots_of(person).await? else { return Ok(Entered::SignIn) };
        if slots.has(BY_PIN) {
            return Ok(Entered::Locked);
        }
        match self.raw_by_device(&slots).await {
            Some(raw) => Ok(self.take(&slots, &raw).await?),
            None => Ok(Entered::SignIn),
        }
    }

    /// The same just after a sign-in: with the share of the service. `forget_pin` when it was tried too often.
    /// Where nothing opens their key, a new one is made; what the old one sealed stays.
    pub async fn admit(
        &self,
        person: &str,
        share: Option<&[u8]>,
        forget_pin: bool,
    ) -> Result<Entered, StoreError> {
        self.close();
        if self.protection() == Protection::Nothing {
            return Ok(Entered::Open);
        }
        // Half of the way through a PIN went with the key of the device.
        let forget_pin = forget_pin || self.protection() == Protection::Lost;
        let slots = match self.slots_of(person).await? {
            Some(slots) => slots,
            None => {
                self.renew_device_key().await?;
                self.slots_of(person).await?.ok_or(KeyError::NotKept)?
            }
        };
        let raw = match self.raw_by_device(&slots).await {
            Some(raw) => Some(raw),
            None => self.raw_by_service(&slots, share).await?,
        };
        if let Some(raw) = raw
            && self.take(&slots, &raw).await? == Entered::Open
        {
            self.mend(slots, &raw, share, forget_pin).await?;
            return Ok(Entered::Open);
        }
        if slots.has(BY_PIN) && !forget_pin {
            self.offered.replace(share.map(|share| (person.to_owned(), share.to_vec())));
            return Ok(Entered::Locked);
        }
        self.renew(slots, share).await
    }

    /// Their key goes out of memory; what is written for them now is sealed to their public key.
    pub fn close(&self) {
        self.open.replace(None);
    }

    /// They signed out: where the service holds a share, the device alone opens their key no longer.
    pub async fn sign_out(&self, person: &str) -> Result<(), StoreError> {
        self.close();
        let Some(slots) = self.slots_of(person).await? else { return Ok(()) };
        match slots.has(BY_SERVICE) && slots.has(BY_DEVICE) {
            true => self.write_slots(&slots.without(&[BY_DEVICE])).await,
            false => Ok(()),
        }
    }

    /// Their every role has ended: from now on only the service opens their key here, if they come back. No PIN does, no
    /// passkey, and not the device alone. `has_own_words`: forms of theirs that are not finished, which a key that the
    /// service never held must not take along.
    pub async fn revoke(&self, person: &str, has_own_words: bool) -> Result<(), StoreError> {
        self.close();
        self.offered.replace(None);
        let name = format!("person/{person}");
        let Some(row) = self.store.get(schema::KEY, &name).await? else { return Ok(()) };
        let slots = Slots { person, row };
        if slots.has(BY_SERVICE) {
            return self.write_slots(&slots.without(&[BY_DEVICE, BY_PIN, HALF, BY_PASSKEY])).await;
        }
        if !has_own_words {
            self.known.borrow_mut().retain(|(known, _)| known != person);
            self.store.write(&[Op::delete(schema::KEY, &name)]).await?;
        }
        Ok(())
    }

    /// Does the device alone open their key, without a PIN or the service?
    pub async fn opens_alone(&self, person: &str) -> bool {
        matches!(self.slots_of(person).await, Ok(Some(slots)) if slots.has(BY_DEVICE))
    }

    /// Can the things of this person be read now?
    pub fn is_open(&self, person: &str) -> bool {
        self.protection() == Protection::Nothing
            || self.open.borrow().as_ref().is_some_and(|open| open.person == person)
    }

    pub(super) async fn public_key_of(&self, person: &str) -> Result<PublicKey, StoreError> {
        if let Some((_, key)) = self.known.borrow().iter().find(|(known, _)| known == person) {
            return Ok(key.clone());
        }
        let slots = self.slots_of(person).await?.ok_or(KeyError::NotKept)?;
        let key = PublicKey::of(bytes(&slots.row, "point").ok_or(KeyError::NotKept)?).await?;
        self.known.borrow_mut().push((person.to_owned(), key.clone()));
        Ok(key)
    }

    /// The row of a person, made when they are here for the first time. None when the device has lost its own key.
    pub(super) async fn slots_of<'a>(&self, person: &'a str) -> Result<Option<Slots<'a>>, StoreError> {
        let name = format!("person/{person}");
        if let Some(row) = self.store.get(schema::KEY, &name).await? {
            return Ok(Some(Slots { person, row }));
        }
        let Some(device) = self.device.borrow().clone() else { return Ok(None) };
        let (raw, pair) = (aes::random(), Pair::make().await?);
        let key = Key::import(&raw).await?;
        let of = |field: &str| of(person, field);
        let row: JsValue = js::object(&[
            ("point", pair.point.into()),
            ("private", key.seal(&of("private"), &pair.private).await?.into()),
            ("canary", key.seal(&of("canary"), CANARY).await?.into()),
            (BY_DEVICE, device.seal(&of(BY_DEVICE), &raw).await?.into()),
        ])
        .into();
        self.put_once(&[(&name, row)]).await?;
        // Another tab may have been first.
        let row = self.store.get(schema::KEY, &name).await?.ok_or(KeyError::NotKept)?;
        Ok(Some(Slots { person, row }))
    }

    pub(super) async fn write_slots(&self, slots: &Slots<'_>) -> Result<(), StoreError> {
        self.store.write(&[put(&format!("person/{}", slots.person), slots.row.clone())]).await?;
        self.copy_person(slots);
        Ok(())
    }

    /// Tries the key, and holds it from now on.
    pub(super) async fn take(&self, slots: &Slots<'_>, raw: &[u8]) -> Result<Entered, StoreError> {
        let key = Key::import(raw).await?;
        let (Some(canary), Some(private), Some(point)) =
            (bytes(&slots.row, "canary"), bytes(&slots.row, "private"), bytes(&slots.row, "point"))
        else {
            return Ok(Entered::SignIn);
        };
        if key.open(&slots.of("canary"), &canary).await.as_deref() != Some(CANARY) {
            return Ok(Entered::SignIn);
        }
        let Some(private) = key.open(&slots.of("private"), &private).await else {
            return Ok(Entered::SignIn);
        };
        let private = derive::private_key(&private).await?;
        self.open.replace(Some(Open { person: slots.person.to_owned(), key, private, point }));
        Ok(Entered::Open)
    }

    pub(super) async fn raw_by_device(&self, slots: &Slots<'_>) -> Option<Vec<u8>> {
        let device = self.device.borrow().clone()?;
        device.open(&slots.of(BY_DEVICE), &bytes(&slots.row, BY_DEVICE)?).await
    }

    pub(super) async fn raw_by_service(
        &self,
        slots: &Slots<'_>,
        share: Option<&[u8]>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let (Some(share), Some(slot)) = (share, bytes(&slots.row, BY_SERVICE)) else { return Ok(None) };
        Ok(service_key(slots, share).await?.open(&slots.of(BY_SERVICE), &slot).await)
    }

    /// Their key is open: the slots are made as they should be. Without a PIN the device alone opens it. With one, it
    /// does so only until the service holds a share, because a forgotten PIN must not cost a report.
    pub(super) async fn mend(
        &self,
        slots: Slots<'_>,
        raw: &[u8],
        share: Option<&[u8]>,
        forget_pin: bool,
    ) -> Result<(), StoreError> {
        self.mend_outbox(&slots, raw).await?;
        let device = self.device.borrow().clone().ok_or(KeyError::NotKept)?;
        let mut slots = slots;
        if let Some(share) = share {
            let slot = service_key(&slots, share).await?.seal(&slots.of(BY_SERVICE), raw).await?;
            slots = slots.with(&[(BY_SERVICE, slot.into())]);
        }
        if forget_pin {
            slots = slots.without(&[BY_PIN, HALF]);
        }
        slots = match slots.has(BY_PIN) && slots.has(BY_SERVICE) {
            true => slots.without(&[BY_DEVICE]),
            false => {
                let slot = device.seal(&slots.of(BY_DEVICE), raw).await?;
                slots.with(&[(BY_DEVICE, slot.into())])
            }
        };
        self.write_slots(&slots).await
    }

    /// The outbox key also under the key of this person, for a device that loses its own; and back from there.
    async fn mend_outbox(&self, slots: &Slots<'_>, raw: &[u8]) -> Result<(), StoreError> {
        let name = format!("{OUTBOX}{}", slots.person);
        let (key, at) = (Key::import(raw).await?, place(schema::KEY, &name));
        let kept = self.store.get(schema::KEY, &name).await?;
        let held = match kept.as_ref().and_then(|kept| kept.dyn_ref::<Uint8Array>()) {
            Some(kept) => key.open(&at, kept).await,
            None => None,
        };
        if self.protection() == Protection::Lost {
            match &held {
                Some(outbox) => self.mend_device_key(outbox).await?,
                None => self.renew_device_key().await?,
            }
        }
        match self.raw_outbox().await {
            Some(outbox) => self.keep_outbox(slots.person, &key, &outbox, held.as_deref()).await,
            None => Ok(()),
        }
    }

    /// Nothing opens the old key. It stays under another name, with what it sealed.
    async fn renew(&self, slots: Slots<'_>, share: Option<&[u8]>) -> Result<Entered, StoreError> {
        if self.protection() == Protection::Lost {
            self.renew_device_key().await?;
        }
        let (person, name) = (slots.person, format!("person/{}", slots.person));
        let aside = format!("lost/{}/{name}", js_sys::Date::now());
        self.store.write(&[put(&aside, slots.row), Op::delete(schema::KEY, &name)]).await?;
        self.known.borrow_mut().retain(|(known, _)| known != person);
        let slots = self.slots_of(person).await?.ok_or(KeyError::NotKept)?;
        let raw = self.raw_by_device(&slots).await.ok_or(KeyError::NotKept)?;
        let entered = self.take(&slots, &raw).await?;
        self.mend(slots, &raw, share, false).await?;
        Ok(entered)
    }
}

impl Slots<'_> {
    pub fn has(&self, slot: &str) -> bool {
        js::get(&self.row, slot).is_object()
    }

    pub fn of(&self, field: &str) -> String {
        of(self.person, field)
    }

    /// The same row with other fields. What the store gave back is not changed.
    pub fn with(self, fields: &[(&str, JsValue)]) -> Self {
        let row = Object::assign(&Object::new(), self.row.unchecked_ref());
        fields.iter().for_each(|(name, value)| js::set(&row, name, value));
        Self { row: row.into(), ..self }
    }

    pub fn without(self, fields: &[&str]) -> Self {
        let changed = self.with(&[]);
        for field in fields {
            Reflect::delete_property(changed.row.unchecked_ref::<Object>(), &(*field).into())
                .unwrap_or_default();
        }
        changed
    }
}

async fn service_key(slots: &Slots<'_>, share: &[u8]) -> Result<Key, KeyError> {
    derive::key_of(share, &format!("nm.slot.service.v1|{}", slots.person)).await
}

fn of(person: &str, field: &str) -> String {
    place(schema::KEY, &format!("person/{person}/{field}"))
}

//! AES-256-GCM by WebCrypto: a random IV of 96 bits for each item, and its place in the store as additional data.

use crate::browser::{ids, js, keys::KeyError, keys::subtle};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

pub const KEY_BYTES: usize = 32;
const IV_BYTES: usize = 12;

#[derive(Clone, Debug)]
pub struct Key(CryptoKey);

impl Key {
    /// A key whose bytes nobody sees, this app included.
    pub async fn handle() -> Result<Key, KeyError> {
        let how = js::object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
        let making = subtle()?.generate_key_with_object(&how, false, &uses())?;
        Ok(Key(JsFuture::from(making).await?.dyn_into()?))
    }

    /// Of 32 bytes.
    pub async fn import(raw: &[u8]) -> Result<Key, KeyError> {
        let bytes = Uint8Array::from(raw);
        let coming = subtle()?.import_key_with_str("raw", &bytes, "AES-GCM", false, &uses())?;
        Ok(Key(JsFuture::from(coming).await?.dyn_into()?))
    }

    /// As the store gives it back.
    pub fn of(value: JsValue) -> Option<Key> {
        value.dyn_into().ok().map(Key)
    }

    pub fn as_js(&self) -> JsValue {
        self.0.clone().into()
    }

    /// IV and sealed bytes.
    pub async fn seal(&self, place: &str, plain: &[u8]) -> Result<Uint8Array, KeyError> {
        let (iv, sealing) = self.sealing(place, plain)?;
        Ok(joined(&[], &iv, &JsFuture::from(sealing).await?))
    }

    /// `None` when this is not the key, or something was changed.
    pub async fn open(&self, place: &str, sealed: &Uint8Array) -> Option<Vec<u8>> {
        let plain = JsFuture::from(self.opening(place, sealed).ok()?).await.ok()?;
        Some(Uint8Array::new(&plain).to_vec())
    }

    /// A new IV, and the promise of the sealed bytes.
    pub fn sealing(&self, place: &str, plain: &[u8]) -> Result<(Uint8Array, Promise), KeyError> {
        let mut iv = [0; IV_BYTES];
        ids::fill(&mut iv);
        let iv = Uint8Array::from(&iv[..]);
        let sealing = subtle()?.encrypt_with_object_and_u8_array(&how(&iv, place), &self.0, plain)?;
        Ok((iv, sealing))
    }

    /// The promise of what was sealed.
    pub fn opening(&self, place: &str, sealed: &Uint8Array) -> Result<Promise, KeyError> {
        let iv = sealed.subarray(0, IV_BYTES as u32);
        let rest = sealed.subarray(IV_BYTES as u32, sealed.length());
        Ok(subtle()?.decrypt_with_object_and_js_u8_array(&how(&iv, place), &self.0, &rest)?)
    }
}

/// 32 random bytes.
pub fn random() -> [u8; KEY_BYTES] {
    let mut bytes = [0; KEY_BYTES];
    ids::fill(&mut bytes);
    bytes
}

/// Head, IV and sealed bytes as one value.
pub fn joined(head: &[u8], iv: &Uint8Array, sealed: &JsValue) -> Uint8Array {
    let (sealed, head_bytes) = (Uint8Array::new(sealed), head.len() as u32);
    let whole = Uint8Array::new_with_length(head_bytes + iv.length() + sealed.length());
    whole.set(&Uint8Array::from(head), 0);
    whole.set(iv, head_bytes);
    whole.set(&sealed, head_bytes + iv.length());
    whole
}

fn how(iv: &Uint8Array, place: &str) -> js_sys::Object {
    let place = Uint8Array::from(place.as_bytes());
    js::object(&[("name", "AES-GCM".into()), ("iv", iv.into()), ("additionalData", place.into())])
}

fn uses() -> Array {
    Array::of2(&"encrypt".into(), &"decrypt".into())
}

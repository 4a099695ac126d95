//! The key of this device: ECDSA P-256, made in the browser, never exportable, kept in the store. A browser that does
//! not keep such keys keeps its bytes.

use super::{
    js,
    store::{Op, Store, StoreError, schema},
};
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use sync::{Hash, base64url};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

const NAME: &str = "device_key";
/// A key that the server does not know yet; the old one stays in use until it does.
const TRIAL: &str = "device_key_trial";

/// A private key that signs, and the public key as the server wants it.
#[derive(Clone)]
pub struct DeviceKey {
    private: CryptoKey,
    /// The key, or its bytes, as they are kept.
    kept: JsValue,
    /// Base64url of the uncompressed point.
    pub public_key: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    Store(StoreError),
    /// WebCrypto refused, or the page is not secure (https or localhost).
    Crypto(String),
    /// The key was written but did not come back whole.
    NotKept,
}

impl From<StoreError> for KeyError {
    fn from(error: StoreError) -> Self {
        KeyError::Store(error)
    }
}

impl From<JsValue> for KeyError {
    fn from(error: JsValue) -> Self {
        KeyError::Crypto(js::explain(&error))
    }
}

impl DeviceKey {
    /// The key of this device, if it has one.
    pub async fn read(store: &Rc<Store>) -> Result<Option<DeviceKey>, KeyError> {
        DeviceKey::read_as(store, NAME).await
    }

    /// The key of a try to join whose answer was lost, or a new one.
    pub async fn on_trial(store: &Rc<Store>) -> Result<DeviceKey, KeyError> {
        match DeviceKey::read_as(store, TRIAL).await? {
            Some(key) => Ok(key),
            None => DeviceKey::make(store).await,
        }
    }

    /// Makes a key, writes it to the store, reads it back and signs once with what came back.
    /// It becomes the key of this device with `keep`.
    pub async fn make(store: &Rc<Store>) -> Result<DeviceKey, KeyError> {
        match DeviceKey::made(store, false).await {
            Err(KeyError::NotKept | KeyError::Store(StoreError::Failed(_))) => {
                DeviceKey::made(store, true).await
            }
            other => other,
        }
    }

    async fn made(store: &Rc<Store>, as_bytes: bool) -> Result<DeviceKey, KeyError> {
        let subtle = subtle()?;
        let usages = Array::of2(&"sign".into(), &"verify".into());
        let pair = JsFuture::from(subtle.generate_key_with_object(&algorithm(), as_bytes, &usages)?).await?;
        let private: CryptoKey = js::get(&pair, "privateKey").dyn_into()?;
        let public: CryptoKey = js::get(&pair, "publicKey").dyn_into()?;
        let point = JsFuture::from(subtle.export_key("raw", &public)?).await?;
        let public_key = base64url::encode(&Uint8Array::new(&point).to_vec());
        let kept = match as_bytes {
            true => Uint8Array::new(&JsFuture::from(subtle.export_key("pkcs8", &private)?).await?).into(),
            false => private.clone().into(),
        };
        let made = DeviceKey { private, kept, public_key };
        made.write(store, TRIAL).await?;
        let key = DeviceKey::read_as(store, TRIAL).await?.ok_or(KeyError::NotKept)?;
        key.prove(&public).await?;
        Ok(key)
    }

    /// From now on this device signs with this key.
    pub async fn keep(&self, store: &Rc<Store>) -> Result<(), KeyError> {
        self.write(store, NAME).await?;
        store.write(&[Op::delete(schema::META, TRIAL)]).await?;
        Ok(())
    }

    /// Base64url of the signature over the 32 bytes of a hash.
    pub async fn sign(&self, hash: &Hash) -> Result<String, KeyError> {
        let signing =
            subtle()?.sign_with_object_and_u8_array(&with_sha256(), &self.private, hash.as_bytes())?;
        let signature = JsFuture::from(signing).await?;
        Ok(base64url::encode(&Uint8Array::new(&signature).to_vec()))
    }

    async fn read_as(store: &Rc<Store>, name: &str) -> Result<Option<DeviceKey>, KeyError> {
        let Some(kept) = store.get(schema::META, name).await? else { return Ok(None) };
        let public_key = js::text(&kept, "public_key").ok_or(KeyError::NotKept)?;
        let kept = js::get(&kept, "private");
        let private = match kept.dyn_ref::<Uint8Array>() {
            Some(bytes) => {
                let usages = Array::of1(&"sign".into());
                let coming =
                    subtle()?.import_key_with_object("pkcs8", bytes, &algorithm(), false, &usages)?;
                JsFuture::from(coming).await?.dyn_into()?
            }
            None => kept.clone().dyn_into::<CryptoKey>().map_err(|_| KeyError::NotKept)?,
        };
        Ok(Some(DeviceKey { private, kept, public_key }))
    }

    async fn write(&self, store: &Rc<Store>, name: &str) -> Result<(), KeyError> {
        let fields = [("private", self.kept.clone()), ("public_key", self.public_key.as_str().into())];
        let kept: JsValue = js::object(&fields).into();
        store.write(&[Op::Put { part: schema::META, key: name.into(), value: kept }]).await?;
        Ok(())
    }

    async fn prove(&self, public: &CryptoKey) -> Result<(), KeyError> {
        let hash = Hash::of(&[b"is this key whole?"]);
        let signature = base64url::decode(&self.sign(&hash).await?).ok_or(KeyError::NotKept)?;
        let verifying = subtle()?.verify_with_object_and_u8_array_and_u8_array(
            &with_sha256(),
            public,
            &signature,
            hash.as_bytes(),
        )?;
        match JsFuture::from(verifying).await?.as_bool() {
            Some(true) => Ok(()),
            _ => Err(KeyError::NotKept),
        }
    }
}

/// Did the owner of this public key sign this text? An uncompressed point, and r and s, in base64url.
pub async fn signed(public: &str, text: &str, sig: &str) -> bool {
    let verify = async {
        let (point, sig) = (base64url::decode(public)?, base64url::decode(sig)?);
        let (subtle, usages) = (subtle().ok()?, Array::of1(&"verify".into()));
        let point = Uint8Array::from(&point[..]);
        let coming = subtle.import_key_with_object("raw", &point, &algorithm(), false, &usages).ok()?;
        let key: CryptoKey = JsFuture::from(coming).await.ok()?.dyn_into().ok()?;
        let verifying =
            subtle.verify_with_object_and_u8_array_and_u8_array(&with_sha256(), &key, &sig, text.as_bytes());
        JsFuture::from(verifying.ok()?).await.ok()?.as_bool()
    };
    verify.await.unwrap_or_default()
}

/// Absent on pages that are not secure.
pub(super) fn subtle() -> Result<SubtleCrypto, KeyError> {
    let crypto = js::window().and_then(|window| window.crypto().ok());
    let subtle = crypto.map(|crypto| js::get(&crypto, "subtle")).filter(JsValue::is_object);
    subtle.map(JsCast::unchecked_into).ok_or_else(|| KeyError::Crypto("this page is not secure".into()))
}

fn algorithm() -> js_sys::Object {
    js::object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())])
}

fn with_sha256() -> js_sys::Object {
    js::object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())])
}

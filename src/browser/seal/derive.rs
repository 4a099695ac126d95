//! Keys made from something else: from a PIN, from a secret, or from two halves of a P-256 agreement.

use super::aes::{KEY_BYTES, Key};
use crate::browser::{js, keys::KeyError, keys::subtle};
use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

/// Bytes of an uncompressed point.
pub const POINT_BYTES: u32 = 65;

/// Who can be written to while their own key is away.
#[derive(Clone, Debug)]
pub struct PublicKey {
    key: CryptoKey,
    pub point: Uint8Array,
}

/// Two new halves: the private one as bytes, to be sealed.
pub struct Pair {
    pub private: Vec<u8>,
    pub point: Uint8Array,
}

/// HKDF with SHA-256.
pub async fn key_of(secret: &[u8], purpose: &str) -> Result<Key, KeyError> {
    let base = base(secret, "HKDF").await?;
    let how = js::object(&[
        ("name", "HKDF".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::new_with_length(0).into()),
        ("info", Uint8Array::from(purpose.as_bytes()).into()),
    ]);
    Key::import(&bits(&how, &base).await?).await
}

/// PBKDF2 with SHA-256: 32 bytes.
pub async fn stretched(words: &str, salt: &[u8], rounds: u32) -> Result<Vec<u8>, KeyError> {
    let base = base(words.as_bytes(), "PBKDF2").await?;
    let how = js::object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", rounds.into()),
    ]);
    bits(&how, &base).await
}

impl Pair {
    pub async fn make() -> Result<Pair, KeyError> {
        let (private, point) = halves().await?;
        let private = JsFuture::from(subtle()?.export_key("pkcs8", &private)?).await?;
        Ok(Pair { private: Uint8Array::new(&private).to_vec(), point })
    }
}

impl PublicKey {
    pub async fn of(point: Uint8Array) -> Result<PublicKey, KeyError> {
        let coming = subtle()?.import_key_with_object("raw", &point, &ecdh(), false, &Array::new())?;
        Ok(PublicKey { key: JsFuture::from(coming).await?.dyn_into()?, point })
    }

    /// A key for one item, and the point that the other side makes it again from.
    pub async fn one_key(&self) -> Result<(Key, Uint8Array), KeyError> {
        let (private, point) = halves().await?;
        Ok((agreed(&private, &self.key, &point, &self.point).await?, point))
    }
}

/// As it is sealed in the store.
pub async fn private_key(bytes: &[u8]) -> Result<CryptoKey, KeyError> {
    let uses = Array::of1(&"deriveBits".into());
    let bytes = Uint8Array::from(bytes);
    let coming = subtle()?.import_key_with_object("pkcs8", &bytes, &ecdh(), false, &uses)?;
    Ok(JsFuture::from(coming).await?.dyn_into()?)
}

/// The same key from the other side.
pub async fn key_again(private: &CryptoKey, own: &Uint8Array, other: &Uint8Array) -> Result<Key, KeyError> {
    let other = PublicKey::of(other.clone()).await?;
    agreed(private, &other.key, &other.point, own).await
}

async fn agreed(
    private: &CryptoKey,
    public: &CryptoKey,
    one: &Uint8Array,
    two: &Uint8Array,
) -> Result<Key, KeyError> {
    let how = js::object(&[("name", "ECDH".into()), ("public", public.into())]);
    let mut secret = bits(&how, private).await?;
    secret.extend(one.to_vec());
    secret.extend(two.to_vec());
    key_of(&secret, "nm.box.v1").await
}

/// One half that never leaves, unless it is exported to be sealed; one for everybody.
async fn halves() -> Result<(CryptoKey, Uint8Array), KeyError> {
    let uses = Array::of1(&"deriveBits".into());
    let pair = JsFuture::from(subtle()?.generate_key_with_object(&ecdh(), true, &uses)?).await?;
    let public: CryptoKey = js::get(&pair, "publicKey").dyn_into()?;
    let point = JsFuture::from(subtle()?.export_key("raw", &public)?).await?;
    Ok((js::get(&pair, "privateKey").dyn_into()?, Uint8Array::new(&point)))
}

async fn base(secret: &[u8], name: &str) -> Result<CryptoKey, KeyError> {
    let uses = Array::of1(&"deriveBits".into());
    let bytes = Uint8Array::from(secret);
    Ok(JsFuture::from(subtle()?.import_key_with_str("raw", &bytes, name, false, &uses)?).await?.dyn_into()?)
}

async fn bits(how: &Object, base: &CryptoKey) -> Result<Vec<u8>, KeyError> {
    let bits = JsFuture::from(subtle()?.derive_bits_with_object(how, base, KEY_BYTES as u32 * 8)?).await?;
    Ok(Uint8Array::new(&bits).to_vec())
}

fn ecdh() -> Object {
    js::object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())])
}

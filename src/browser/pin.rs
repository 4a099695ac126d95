//! The six digits of the screen lock: PBKDF2 with SHA-256, 600,000 rounds, a salt of its own.

use super::{ids, js, keys::KeyError};
use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use sync::base64url;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

const ROUNDS: u32 = 600_000;

/// What is kept of a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinMark {
    rounds: u32,
    salt: String,
    mark: String,
}

pub async fn mark(pin: &str) -> Result<PinMark, KeyError> {
    let mut salt = [0; 16];
    ids::fill(&mut salt);
    let mark = derive(pin, &salt, ROUNDS).await?;
    Ok(PinMark { rounds: ROUNDS, salt: base64url::encode(&salt), mark })
}

pub async fn fits(pin: &str, kept: &PinMark) -> Result<bool, KeyError> {
    let salt = base64url::decode(&kept.salt).ok_or(KeyError::NotKept)?;
    Ok(derive(pin, &salt, kept.rounds).await? == kept.mark)
}

async fn derive(pin: &str, salt: &[u8], rounds: u32) -> Result<String, KeyError> {
    let subtle = super::keys::subtle()?;
    let usages = Array::of1(&"deriveBits".into());
    let digits = Uint8Array::from(pin.as_bytes());
    let base = JsFuture::from(subtle.import_key_with_str("raw", &digits, "PBKDF2", false, &usages)?).await?;
    let how = js::object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", rounds.into()),
    ]);
    let base: CryptoKey = base.dyn_into()?;
    let bits = JsFuture::from(subtle.derive_bits_with_object(&how, &base, 256)?).await?;
    Ok(base64url::encode(&Uint8Array::new(&bits).to_vec()))
}

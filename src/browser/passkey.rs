//! Passkeys: the browser asks the phone, or a key in a pocket, and its holder unlocks it. What is asked and what comes
//! back travels as JSON, with bytes as base64url.

use super::js;
use js_sys::{Array, Promise, Uint8Array};
use serde_json::{Value, json};
use sync::base64url;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Keeper;

    #[wasm_bindgen(method, catch)]
    fn create(this: &Keeper, options: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Keeper, options: &JsValue) -> Result<Promise, JsValue>;
}

/// Why there is no answer of a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyError {
    /// This browser knows no passkeys, or the page is not secure.
    Unable,
    /// The person did not unlock one in time, or there is none that fits.
    NotUsed,
    /// This keeper has one of this person already.
    Known,
    /// Not at the address that passkeys belong to.
    Elsewhere,
}

impl From<JsValue> for PasskeyError {
    fn from(error: JsValue) -> Self {
        match js::text(&error, "name").as_deref() {
            Some("NotAllowedError" | "AbortError") => PasskeyError::NotUsed,
            Some("InvalidStateError") => PasskeyError::Known,
            Some("SecurityError") => PasskeyError::Elsewhere,
            _ => PasskeyError::Unable,
        }
    }
}

/// Can this browser keep and use passkeys?
pub fn is_possible() -> bool {
    js::has(&js_sys::global(), "PublicKeyCredential") && keeper().is_ok()
}

/// The name in the address of this page.
pub fn page_host() -> String {
    js::window().and_then(|window| window.location().hostname().ok()).unwrap_or_default()
}

/// Makes a passkey, as the service asks.
pub async fn make(options: &Value) -> Result<Value, PasskeyError> {
    let asked = in_bytes(options)?;
    bytes_in_place(&js::get(&js::get(&asked, "publicKey"), "user"), "id")?;
    let made = JsFuture::from(keeper()?.create(&asked)?).await?;
    answer(&made, &["clientDataJSON", "attestationObject"])
}

/// Lets a passkey sign, as the service asks.
pub async fn sign(options: &Value) -> Result<Value, PasskeyError> {
    let asked = in_bytes(options)?;
    let signed = JsFuture::from(keeper()?.get(&asked)?).await?;
    answer(&signed, &["clientDataJSON", "authenticatorData", "signature"])
}

fn keeper() -> Result<Keeper, PasskeyError> {
    let window = js::window().ok_or(PasskeyError::Unable)?;
    let keeper = js::get(&window.navigator(), "credentials");
    if keeper.is_object() { Ok(keeper.unchecked_into()) } else { Err(PasskeyError::Unable) }
}

/// The options with their challenge and the ids of passkeys as bytes.
fn in_bytes(options: &Value) -> Result<JsValue, PasskeyError> {
    let asked = js_sys::JSON::parse(&options.to_string())?;
    let public = js::get(&asked, "publicKey");
    bytes_in_place(&public, "challenge")?;
    for list in ["allowCredentials", "excludeCredentials"] {
        let list = js::get(&public, list);
        for one in list.dyn_ref::<Array>().map(Array::to_vec).unwrap_or_default() {
            bytes_in_place(&one, "id")?;
        }
    }
    Ok(asked)
}

fn bytes_in_place(target: &JsValue, name: &str) -> Result<(), PasskeyError> {
    let text = js::text(target, name).ok_or(PasskeyError::Unable)?;
    let bytes = base64url::decode(&text).ok_or(PasskeyError::Unable)?;
    js::set(target, name, &Uint8Array::from(&bytes[..]));
    Ok(())
}

/// What the browser answers, with these fields.
fn answer(credential: &JsValue, fields: &[&str]) -> Result<Value, PasskeyError> {
    let inside = js::get(credential, "response");
    let response = fields.iter().map(|name| ((*name).to_owned(), text_of(&inside, name)));
    let id = js::text(credential, "id").ok_or(PasskeyError::Unable)?;
    Ok(json!({
        "id": id,
        "rawId": text_of(credential, "rawId"),
        "type": "public-key",
        "response": response.collect::<serde_json::Map<_, _>>(),
    }))
}

fn text_of(target: &JsValue, name: &str) -> Value {
    base64url::encode(&Uint8Array::new(&js::get(target, name)).to_vec()).into()
}

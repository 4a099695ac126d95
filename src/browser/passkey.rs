//! Passkeys: the browser asks the phone, or a key in a pocket, and its holder unlocks it. What is asked and what comes
//! back travels as JSON, with bytes as base64url.

use super::{ids, js};
use js_sys::{Array, Object, Promise, Uint8Array};
use serde_json::{Value, json};
use std::fmt;
use sync::base64url;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Credential;

    #[wasm_bindgen(method, catch, js_name = getClientExtensionResults)]
    fn extension_results(this: &Credential) -> Result<JsValue, JsValue>;

    type Keeper;

    #[wasm_bindgen(method, catch)]
    fn create(this: &Keeper, options: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Keeper, options: &JsValue) -> Result<Promise, JsValue>;
}

/// How long its holder may take to unlock it.
const PATIENCE_MS: u32 = 60_000;
/// What a passkey is given to make its secret from: the same each time, on every device.
const SECRET_FROM: &[u8] = b"nm.passkey.secret.v1";

/// What a passkey answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// For the service.
    pub credential: Value,
    /// Where its keeper gives one. Not for the service.
    pub secret: Option<PasskeySecret>,
}

/// Bytes that only this passkey gives, the same each time (the extension `prf`).
#[derive(Clone, PartialEq, Eq)]
pub struct PasskeySecret {
    /// Of the passkey at its keeper, in base64url.
    pub id: String,
    pub bytes: Vec<u8>,
}

impl fmt::Debug for PasskeySecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.id)
    }
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
pub async fn make(options: &Value) -> Result<Answer, PasskeyError> {
    let asked = in_bytes(options)?;
    bytes_in_place(&js::get(&js::get(&asked, "publicKey"), "user"), "id")?;
    let made = JsFuture::from(keeper()?.create(&asked)?).await?;
    answer(&made, &["clientDataJSON", "attestationObject"])
}

/// Lets a passkey sign, as the service asks.
pub async fn sign(options: &Value) -> Result<Answer, PasskeyError> {
    let asked = in_bytes(options)?;
    let signed = JsFuture::from(keeper()?.get(&asked)?).await?;
    answer(&signed, &["clientDataJSON", "authenticatorData", "signature"])
}

/// The secret of one of these passkeys, for this device alone: no service is asked.
pub async fn secret_of(passkeys: &[String]) -> Result<PasskeySecret, PasskeyError> {
    let mut challenge = [0; 32];
    ids::fill(&mut challenge);
    let known: Vec<Value> = passkeys.iter().map(|id| json!({ "type": "public-key", "id": id })).collect();
    let options = json!({ "publicKey": {
        "challenge": base64url::encode(&challenge),
        "allowCredentials": known,
        "userVerification": "required",
        "timeout": PATIENCE_MS,
    } });
    sign(&options).await?.secret.ok_or(PasskeyError::NotUsed)
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
    let first = js::object(&[("first", Uint8Array::from(SECRET_FROM).into())]);
    let secret = js::object(&[("eval", first.into())]);
    let more = js::get(&public, "extensions");
    let more = Object::assign(&js::object(&[("prf", secret.into())]), more.unchecked_ref());
    js::set(&public, "extensions", &more);
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
fn answer(credential: &JsValue, fields: &[&str]) -> Result<Answer, PasskeyError> {
    let inside = js::get(credential, "response");
    let response = fields.iter().map(|name| ((*name).to_owned(), text_of(&inside, name)));
    let id = js::text(credential, "id").ok_or(PasskeyError::Unable)?;
    let credential_for_service = json!({
        "id": id,
        "rawId": text_of(credential, "rawId"),
        "type": "public-key",
        "response": response.collect::<serde_json::Map<_, _>>(),
    });
    let results = credential.unchecked_ref::<Credential>().extension_results().unwrap_or_default();
    let first = js::get(&js::get(&js::get(&results, "prf"), "results"), "first");
    let bytes = first.is_object().then(|| Uint8Array::new(&first).to_vec());
    let secret = bytes.map(|bytes| PasskeySecret { id, bytes });
    Ok(Answer { credential: credential_for_service, secret })
}

fn text_of(target: &JsValue, name: &str) -> Value {
    base64url::encode(&Uint8Array::new(&js::get(target, name)).to_vec()).into()
}

//! Passkeys: a second factor for who wants one. After the password the phone, or a key in a pocket, signs what we ask it
//! to, and its holder unlocks it. The ceremonies are those of `webauthn-rs`; what was asked lies in the database, for
//! minutes and once, and the asker holds a ticket for it.

pub mod own;
pub mod second;

use super::secrets;
use crate::{
    app::{Address, App},
    clock::real_now,
    error::{AppError, Why},
    log::hub::Hub,
    store::Challenge,
};
use chrono::Duration;
use serde::{Serialize, de::DeserializeOwned};
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

const MINUTES: i64 = 5;
const ADD: &str = "add";
const SIGN_IN: &str = "sign_in";

/// What the browser is to ask a passkey for, and the ticket for the answer.
#[derive(Debug, Serialize)]
pub struct Asked<T> {
    ticket: String,
    /// As `navigator.credentials` takes it, bytes as base64url.
    options: T,
}

/// The name that passkeys are bound to: that of the address of this service. Numbers have none, and browsers keep
/// passkeys only for https and for this very machine.
pub fn host(site: &Address) -> Option<String> {
    let host = Url::parse(&site.base_url).ok()?.domain()?.to_owned();
    (site.secure || host == "localhost").then_some(host)
}

fn ceremonies(site: &Address) -> Result<Webauthn, AppError> {
    let (Some(host), Ok(origin)) = (host(site), Url::parse(&site.base_url)) else {
        return Err(Why::PasskeysNotHere.into());
    };
    let timeout = std::time::Duration::from_secs(MINUTES.unsigned_abs() * 60);
    let built = WebauthnBuilder::new(&host, &origin);
    let built = built.and_then(|builder| builder.rp_name("Noticed").timeout(timeout).build());
    built.map_err(|error| {
        tracing::error!(%error, "passkeys cannot be used");
        Why::Broken.into()
    })
}

/// Keeps what was asked, in place of what was asked before.
async fn ask<T, S: Serialize>(
    app: &App,
    hub: &Hub,
    of: Of<'_>,
    (options, state): (T, S),
) -> Result<Asked<T>, AppError> {
    let ticket = secrets::token()?;
    let challenge = Challenge {
        purpose: of.purpose,
        device: of.device.to_owned(),
        staff: of.staff.to_owned(),
        ticket: secrets::hash("passkey", &ticket),
        state: as_json(&state)?,
        expires_at: real_now() + Duration::minutes(MINUTES),
    };
    let mut writing = app.store.write(&hub.tenant).await?;
    writing.open_challenge(&challenge).await?;
    writing.commit().await?;
    Ok(Asked { ticket, options })
}

/// Who is asked, on which device, for what.
#[derive(Clone, Copy)]
struct Of<'a> {
    purpose: &'static str,
    device: &'a str,
    staff: &'a str,
}

/// What was asked, once: whose passkey, and what the ceremony has to know.
/// # Errors  `passkey_over`.
async fn asked<S: DeserializeOwned>(
    app: &App,
    hub: &Hub,
    purpose: &'static str,
    device: &str,
    ticket: &str,
) -> Result<(String, S), AppError> {
    let mut writing = app.store.write(&hub.tenant).await?;
    let taken = writing.take_challenge(purpose, device, secrets::hash("passkey", ticket), real_now()).await?;
    writing.commit().await?;
    let (staff, state) = taken.ok_or(Why::PasskeyOver)?;
    Ok((staff, read(&state)?))
}

fn as_json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(unreadable)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> AppError {
    tracing::error!(line = error.line(), column = error.column(), "what is kept of a passkey does not read");
    Why::Broken.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_a_line_that_nobody_listens_to() {
        let of = |base_url: &str| {
            let secure = base_url.starts_with("https://");
            host(&Address { base_url: base_url.into(), secure, behind_proxy: false })
        };
        assert_eq!(of("http://localhost:8080").as_deref(), Some("localhost"));
        assert_eq!(of("https://noticed.example.org").as_deref(), Some("noticed.example.org"));
        assert_eq!(of("http://noticed.example.org"), None);
        assert_eq!(of("https://192.0.2.7"), None);
        assert_eq!(of("http://127.0.0.1:8080"), None);
        assert_eq!(of("https://[2001:db8::1]:8443"), None);
    }
}

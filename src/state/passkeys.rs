//! Passkeys of the person who is signed in, and the second half of a sign-in with one. All of it needs the server.

use super::{App, Problem, explain};
use crate::browser::{
    http::Ask,
    passkey::{self, PasskeyError},
};
use domain::time::Instant;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// The server's answer to a right password of somebody who has a passkey.
pub(super) const NEEDS_PASSKEY: &str = "\"needs\":\"passkey\"";

const NOT_HERE: &str =
    "Passkeys do not work at this address. Open Noticed at its usual address, and try again.";
const NOT_ABLE: &str = "This phone or browser cannot keep passkeys.";

/// Those of one person.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Passkeys {
    /// The name of the address that they work at; none where the service has only a number.
    host: Option<String>,
    pub passkeys: Vec<PasskeyRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PasskeyRow {
    pub id: String,
    pub name: String,
    pub added_at: Instant,
    pub last_used_at: Option<Instant>,
}

/// Can this page add a passkey?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasskeysHere {
    Possible,
    /// The service is reached by a number, or without https.
    NoName,
    /// They work at this other name.
    At(String),
    /// The browser has no way to keep them.
    NotThisBrowser,
}

impl Passkeys {
    pub fn here(&self) -> PasskeysHere {
        match &self.host {
            None => PasskeysHere::NoName,
            Some(host) if *host != passkey::page_host() => PasskeysHere::At(host.clone()),
            Some(_) if passkey::is_possible() => PasskeysHere::Possible,
            Some(_) => PasskeysHere::NotThisBrowser,
        }
    }
}

/// What a passkey has to sign, for minutes and once.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PasskeyAsked {
    ticket: String,
    options: Value,
}

impl App {
    pub async fn passkeys(&self) -> Result<Passkeys, Problem> {
        let device = self.device().map(|device| device.id).unwrap_or_default();
        explain::read(&Ask::get("/v1/passkeys", &device).send().await?)
    }

    /// # Errors  with the field `password` or `name` where one of them is at fault.
    pub async fn add_passkey(&self, name: &str, password: &str) -> Result<Passkeys, Problem> {
        let asked: PasskeyAsked = self.tell("/v1/passkeys/start", &json!({ "password": password })).await?;
        let credential = passkey::make(&asked.options).await.map_err(|error| match error {
            PasskeyError::NotUsed => {
                Problem::new("No passkey was added. Try again, and unlock your phone when it asks.")
            }
            PasskeyError::Known => Problem::new("This phone has a passkey of yours already."),
            PasskeyError::Elsewhere => Problem::new(NOT_HERE),
            PasskeyError::Unable => Problem::new(NOT_ABLE),
        })?;
        let body = json!({ "ticket": asked.ticket, "name": name, "credential": credential });
        self.tell("/v1/passkeys", &body).await
    }

    /// # Errors  with the field `password` when it is not right.
    pub async fn remove_passkey(&self, id: &str, password: &str) -> Result<Passkeys, Problem> {
        self.tell("/v1/passkeys/remove", &json!({ "id": id, "password": password })).await
    }

    /// The second half of a sign-in. What was asked stays good when nobody unlocked a passkey.
    pub async fn sign_in_with_passkey(
        &self,
        asked: &PasskeyAsked,
        draft: Option<&str>,
    ) -> Result<(), PasskeyProblem> {
        let credential = passkey::sign(&asked.options).await.map_err(|error| {
            PasskeyProblem::TryAgain(Problem::new(match error {
                PasskeyError::NotUsed | PasskeyError::Known => {
                    "No passkey was used. Press the button again, and unlock your phone when it asks."
                }
                PasskeyError::Elsewhere => NOT_HERE,
                PasskeyError::Unable => NOT_ABLE,
            }))
        })?;
        let device = self.device().map(|device| device.id).unwrap_or_default();
        let body = json!({ "ticket": asked.ticket, "credential": credential }).to_string();
        let reply = Ask::post("/v1/sign-in/passkey", &device, &body).send().await;
        let reply = reply.map_err(|error| PasskeyProblem::StartAgain(error.into()))?;
        self.came_in(&reply, draft).await.map_err(PasskeyProblem::StartAgain)
    }

    async fn tell<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Problem> {
        let device = self.device().map(|device| device.id).unwrap_or_default();
        explain::read(&Ask::post(path, &device, &body.to_string()).send().await?)
    }
}

/// Where a sign-in with a passkey goes on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasskeyProblem {
    /// The same can be asked again.
    TryAgain(Problem),
    /// From the password on.
    StartAgain(Problem),
}

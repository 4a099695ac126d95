//! Passkeys of the person who is signed in, and the second half of a sign-in with one. All of it needs the server.

use super::{App, Problem, explain, welcome::Welcome};
use crate::browser::{
    http::{Ask, Reply},
    passkey::{self, PasskeyError, PasskeySecret},
};
use domain::time::Instant;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sync::base64url;

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
        let list = explain::read(&Ask::get("/v1/passkeys", &device).send().await?)?;
        self.known_passkeys(list).await
    }

    /// # Errors  with the field `password` or `name` where one of them is at fault.
    pub async fn add_passkey(&self, name: &str, password: &str) -> Result<Passkeys, Problem> {
        let asked: PasskeyAsked = self.tell("/v1/passkeys/start", &json!({ "password": password })).await?;
        let made = passkey::make(&asked.options).await.map_err(|error| match error {
            PasskeyError::NotUsed => {
                Problem::new("No passkey was added. Try again, and unlock your phone when it asks.")
            }
            PasskeyError::Known => Problem::new("This phone has a passkey of yours already."),
            PasskeyError::Elsewhere => Problem::new(NOT_HERE),
            PasskeyError::Unable => Problem::new(NOT_ABLE),
        })?;
        let body = json!({ "ticket": asked.ticket, "name": name, "credential": made.credential });
        let list = self.tell("/v1/passkeys", &body).await?;
        if let (Some(secret), Some(me)) = (&made.secret, self.me()) {
            self.keep().opened()?.ring.add_passkey(&me.staff, None, secret).await?;
        }
        self.known_passkeys(list).await
    }

    /// # Errors  with the field `password` when it is not right.
    pub async fn remove_passkey(&self, id: &str, password: &str) -> Result<Passkeys, Problem> {
        let list = self.tell("/v1/passkeys/remove", &json!({ "id": id, "password": password })).await?;
        self.known_passkeys(list).await
    }

    /// Those that are gone open nothing on this device any more.
    async fn known_passkeys(&self, list: Passkeys) -> Result<Passkeys, Problem> {
        let is_there = |id: &str| {
            let name = base64url::decode(id).map(|id| sync::passkey::name_of(&id).to_string());
            name.is_some_and(|name| list.passkeys.iter().any(|row| row.id == name))
        };
        self.keep_passkeys(is_there).await?;
        Ok(list)
    }

    /// Somebody came in without a passkey: none of theirs opens anything on this device.
    pub(super) async fn forget_passkeys(&self) -> Result<(), Problem> {
        self.keep_passkeys(|_| false).await
    }

    async fn keep_passkeys(&self, is_there: impl Fn(&str) -> bool) -> Result<(), Problem> {
        if let Some(me) = self.me() {
            self.keep().opened()?.ring.keep_passkeys(&me.staff, is_there).await?;
        }
        self.lock.look_at_passkeys().await;
        Ok(())
    }

    /// The second half of a sign-in. What was asked stays good when nobody unlocked a passkey.
    pub async fn sign_in_with_passkey(
        &self,
        asked: &PasskeyAsked,
        draft: Option<&str>,
    ) -> Result<(), PasskeyProblem> {
        let signed = passkey::sign(&asked.options).await.map_err(|error| {
            PasskeyProblem::TryAgain(Problem::new(match error {
                PasskeyError::NotUsed | PasskeyError::Known => {
                    "No passkey was used. Press the button again, and unlock your phone when it asks."
                }
                PasskeyError::Elsewhere => NOT_HERE,
                PasskeyError::Unable => NOT_ABLE,
            }))
        })?;
        let device = self.device().map(|device| device.id).unwrap_or_default();
        let body = json!({ "ticket": asked.ticket, "credential": signed.credential }).to_string();
        let reply = Ask::post("/v1/sign-in/passkey", &device, &body).send().await;
        let reply = reply.map_err(|error| PasskeyProblem::StartAgain(error.into()))?;
        self.came_in(&reply, draft).await.map_err(PasskeyProblem::StartAgain)?;
        // The lock opens with the PIN or the password where this cannot be kept.
        self.keep_secret(&reply, signed.secret).await.unwrap_or_default();
        Ok(())
    }

    /// The passkey that was used opens the lock of this device too, where its keeper gives a secret.
    async fn keep_secret(&self, reply: &Reply, secret: Option<PasskeySecret>) -> Result<(), Problem> {
        let (Some(secret), Some(me)) = (secret, self.me()) else { return Ok(()) };
        let share = explain::read::<Welcome>(reply)?.share();
        self.keep().opened()?.ring.add_passkey(&me.staff, share.as_deref(), &secret).await?;
        self.lock.look_at_passkeys().await;
        Ok(())
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

//! `GET /v1/passkeys`, `POST /v1/passkeys/start`, `POST /v1/passkeys`, `POST /v1/passkeys/remove`: a person's own. Adding
//! and removing need the password again.

use super::{ADD, Asked, Of, as_json, ask, asked, ceremonies, host, read};
use crate::{
    app::App,
    clock::real_now,
    door::{password_again::password_again, secrets, who::Person},
    error::{AppError, Why},
    http::{Body, Reply},
    store::PasskeyRow,
};
use axum::extract::State;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use sync::passkey;
use uuid::Uuid;
use webauthn_rs::prelude::{
    CreationChallengeResponse, Passkey, PasskeyRegistration, RegisterPublicKeyCredential,
};

/// More than anybody has pockets for.
const MOST: usize = 10;
const LONGEST_NAME: usize = 60;

#[derive(Serialize)]
pub struct PasskeyList {
    /// The name of the address that passkeys work at; none where they do not.
    host: Option<String>,
    passkeys: Vec<PasskeyLine>,
}

#[derive(Serialize)]
struct PasskeyLine {
    id: String,
    name: String,
    added_at: Instant,
    last_used_at: Option<Instant>,
}

#[derive(Deserialize)]
pub struct Start {
    password: String,
}

#[derive(Deserialize)]
pub struct Add {
    ticket: String,
    name: String,
    credential: RegisterPublicKeyCredential,
}

#[derive(Deserialize)]
pub struct Remove {
    id: String,
    password: String,
}

pub async fn list(State(app): State<App>, person: Person) -> Result<Reply<PasskeyList>, AppError> {
    let rows = app.store.read(&person.hub.tenant).passkeys(&person.staff).await?;
    let line = |row: PasskeyRow| PasskeyLine {
        id: row.id.to_string(),
        name: row.name,
        added_at: row.added_at,
        last_used_at: row.last_used_at,
    };
    Ok(Reply(PasskeyList { host: host(&app.site), passkeys: rows.into_iter().map(line).collect() }))
}

pub async fn start(
    State(app): State<App>,
    person: Person,
    Body(body): Body<Start>,
) -> Result<Reply<Asked<CreationChallengeResponse>>, AppError> {
    let ceremonies = ceremonies(&app.site)?;
    let account = password_again(&app, &person, body.password, "password").await?;
    let known = app.store.read(&person.hub.tenant).passkeys(&person.staff).await?;
    if known.len() >= MOST {
        return Err(Why::PasskeysFull.into());
    }
    let known = known.iter().map(|row| Ok(read::<Passkey>(&row.credential)?.cred_id().clone()));
    let known = known.collect::<Result<Vec<_>, AppError>>()?;
    // The same for all passkeys of a person, and it tells nothing about them.
    let of_person = secrets::hash("passkey-person", &format!("{:?}\n{}", person.hub.tenant, person.staff));
    let handle = Uuid::from_slice(&of_person.as_bytes()[..16]).unwrap_or_default();
    let name = person.hub.read().await?.directory().staff_name(&person.staff).to_owned();
    let begun = ceremonies.start_passkey_registration(handle, &account.sign_in, &name, Some(known));
    let begun = begun.map_err(|_| Why::PasskeyNotAdded)?;
    let of = Of { purpose: ADD, device: &person.device.id, staff: &person.staff };
    Ok(Reply(ask(&app, &person.hub, of, begun).await?))
}

pub async fn add(
    State(app): State<App>,
    person: Person,
    Body(body): Body<Add>,
) -> Result<Reply<PasskeyList>, AppError> {
    let name = body.name.trim();
    if name.is_empty() {
        return Err(AppError::from(Why::MissingField).field("name"));
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(AppError::from(Why::BadValue).field("name"));
    }
    let (staff, state): (String, PasskeyRegistration) =
        asked(&app, &person.hub, ADD, &person.device.id, &body.ticket).await?;
    if *staff != *person.staff {
        return Err(Why::PasskeyOver.into());
    }
    let made = ceremonies(&app.site)?.finish_passkey_registration(&body.credential, &state);
    let made = made.map_err(|error| {
        tracing::info!(device = person.device.id, %error, "a passkey was not added");
        Why::PasskeyNotAdded
    })?;
    let row = PasskeyRow {
        id: passkey::name_of(made.cred_id().as_ref()),
        name: name.to_owned(),
        credential: as_json(&made)?,
        added_at: real_now(),
        last_used_at: None,
    };
    let mut writing = app.store.write(&person.hub.tenant).await?;
    if !writing.add_passkey(&person.staff, &row).await? {
        return Err(Why::PasskeyKnown.into());
    }
    writing.commit().await?;
    tracing::info!(device = person.device.id, "a passkey was added");
    list(State(app), person).await
}

pub async fn remove(
    State(app): State<App>,
    person: Person,
    Body(body): Body<Remove>,
) -> Result<Reply<PasskeyList>, AppError> {
    password_again(&app, &person, body.password, "password").await?;
    let id = body.id.parse().map_err(|_| Why::PasskeyNotFound)?;
    let mut writing = app.store.write(&person.hub.tenant).await?;
    if !writing.remove_passkey(&person.staff, id).await? {
        return Err(Why::PasskeyNotFound.into());
    }
    writing.commit().await?;
    tracing::info!(device = person.device.id, "a passkey was removed");
    list(State(app), person).await
}

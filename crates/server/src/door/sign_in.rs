//! `POST /v1/sign-in` (for somebody with a passkey only the first half: see `passkey`), `POST /v1/sign-out`, `GET /v1/me`.

use super::{
    limits::Counted,
    once, passkey,
    proof::DeviceKey,
    secrets, session,
    welcome::{self, SignedIn, Welcome},
    who::{CameFrom, Enrolled, Leaver, Person},
};
use crate::{
    app::App,
    clock::real_now,
    error::{AppError, Why},
    http::{Body, Reply},
    log::hub::Hub,
    store::Device,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use domain::ids::StaffId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize)]
pub struct SignIn {
    device: String,
    sign_in: String,
    password: String,
    /// When, as written by the device: part of what it signed.
    sent_at: String,
    sig: String,
}

#[derive(Serialize)]
pub struct Done {
    ok: bool,
}

impl Done {
    pub fn ok() -> Self {
        Self { ok: true }
    }
}

pub async fn sign_in(
    State(app): State<App>,
    enrolled: Enrolled,
    CameFrom(address): CameFrom,
    Body(body): Body<SignIn>,
) -> Result<Response, AppError> {
    if body.device != enrolled.device.id {
        return Err(AppError::from(Why::BadRequest).field("device"));
    }
    // Whoever only names a device can slow down nobody but others who cannot prove theirs.
    let key = DeviceKey::of_bytes(&enrolled.device.public_key).ok_or(Why::WrongProof)?;
    let SignIn { device, sign_in, sent_at, sig, .. } = &body;
    let Some(signed) = (once::Signed { device, sign_in, sent_at, sig }).by(&key) else {
        tracing::info!(device = enrolled.device.id, "a sign-in was refused: not proven by the device");
        app.limits.try_once(Counted::Address(address))?;
        return Err(Why::WrongProof.into());
    };
    once::must_be_new(&app, &enrolled, signed, sent_at).await?;
    let name = body.sign_in.trim();
    let by_name = Counted::sign_in(&enrolled.device.id, name);
    let by_device = Counted::device(&enrolled.device.id);
    // Counted before the answer is known: many tries at once are many tries.
    app.limits.check(&by_name)?;
    app.limits.try_once(by_device.clone())?;
    app.limits.count(by_name.clone());
    let account = app.store.read(&enrolled.hub.tenant).account_by_sign_in(name).await?;
    let known = account.as_ref().map(|account| account.password_hash.clone());
    let right = app.passwords.is_right(body.password, known).await?;
    let Some(account) = account.filter(|_| right) else {
        tracing::info!(device = enrolled.device.id, "a sign-in was refused: wrong name or password");
        return Err(Why::WrongPassword.into());
    };
    if let Some(asked) = passkey::second::ask(&app, &enrolled, &account.staff).await? {
        // The tries are given back when the passkey was right too.
        return Ok(Reply(asked).into_response());
    }
    app.limits.forget(&by_name);
    app.limits.take_back(&by_device);
    open(&app, &enrolled.hub, &enrolled.device, &account.staff.into()).await
}

/// Opens a session for somebody who has proven who they are.
pub async fn open(app: &App, hub: &Arc<Hub>, device: &Device, staff: &StaffId) -> Result<Response, AppError> {
    if !welcome::holds_any_role(&*hub.read().await?, staff, app.clock.now()) {
        return Err(Why::NoRoleNow.into());
    }
    let token = secrets::token()?;
    let real = real_now();
    let expires_at = session::expires_at(real, device.shared);
    let mut writing = app.store.write(&hub.tenant).await?;
    writing.add_person(&device.id, staff, app.clock.now()).await?;
    writing.open_session(session::hash(&token), &device.id, staff, real, expires_at).await?;
    writing.commit().await?;
    tracing::info!(device = device.id, "somebody signed in");
    let signed_in = SignedIn { staff: staff.clone(), expires_at };
    welcome::opening(app, hub, device, &signed_in, &token).await
}

pub async fn sign_out(State(app): State<App>, leaver: Leaver) -> Result<Response, AppError> {
    let mut writing = app.store.write(&leaver.hub.tenant).await?;
    writing.close_session(leaver.session).await?;
    writing.commit().await?;
    tracing::info!(device = leaver.device.id, "somebody signed out");
    let mut response = Reply(Done::ok()).into_response();
    if let Some(cookie) = session::no_cookie(&app.site) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

pub async fn me(State(app): State<App>, person: Person) -> Result<Reply<Welcome>, AppError> {
    let signed_in = SignedIn { staff: person.staff, expires_at: person.session_ends };
    Ok(Reply(welcome::welcome(&app, &person.hub, &person.device, Some(&signed_in)).await?))
}

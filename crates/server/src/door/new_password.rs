//! `POST /v1/password`: a new password for oneself, proven by the one of before. Every other session of the person ends.

use super::{
    enrol,
    limits::Counted,
    secrets, session,
    welcome::{self, SignedIn},
    who::Person,
};
use crate::{
    app::App,
    clock::real_now,
    error::{AppError, Why},
    http::Body,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct NewPassword {
    current: String,
    new: String,
}

pub async fn new_password(
    State(app): State<App>,
    person: Person,
    Body(body): Body<NewPassword>,
) -> Result<Response, AppError> {
    let hub = &person.hub;
    let account = app.store.read(&hub.tenant).account(&person.staff).await?.ok_or(Why::WrongCurrent)?;
    // A phone that somebody left open gives no more tries than the door.
    let (by_name, by_device) =
        (Counted::sign_in(&person.device.id, &account.sign_in), Counted::device(&person.device.id));
    app.limits.check(&by_name)?;
    app.limits.try_once(by_device.clone())?;
    app.limits.count(by_name.clone());
    if !app.passwords.is_right(body.current, Some(account.password_hash)).await? {
        return Err(AppError::from(Why::WrongCurrent).field("current"));
    }
    app.limits.forget(&by_name);
    app.limits.take_back(&by_device);
    enrol::must_be_strong(&*hub.read().await?, &person.staff, &account.sign_in, &body.new)
        .map_err(|error| error.field("new"))?;
    let password_hash = app.passwords.hash(body.new).await?;
    let (token, real) = (secrets::token()?, real_now());
    let expires_at = session::expires_at(real, person.device.shared);
    let mut writing = app.store.write(&hub.tenant).await?;
    writing.set_password(&person.staff, &account.sign_in, &password_hash, real).await?;
    writing.close_sessions_of(&person.staff).await?;
    let (device, staff) = (&person.device, &person.staff);
    writing.open_session(session::hash(&token), &device.id, staff, real, expires_at).await?;
    writing.commit().await?;
    tracing::info!(device = device.id, "a password was changed");
    let signed_in = SignedIn { staff: staff.clone(), expires_at };
    welcome::opening(&app, hub, device, &signed_in, &token).await
}

//! `POST /v1/password`: a new password for oneself, proven by the one of before. Every other session of the person ends.

use super::{
    enrol,
    password_again::password_again,
    secrets, session,
    welcome::{self, SignedIn},
    who::Person,
};
use crate::{app::App, clock::real_now, error::AppError, http::Body};
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
    let account = password_again(&app, &person, body.current, "current").await?;
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

//! The second half of a sign-in: who has a passkey and knew the password is asked for it. A session exists only after
//! both.

use super::{Asked, Of, SIGN_IN, as_json, asked, ceremonies, read};
use crate::{
    app::App,
    clock::real_now,
    door::{limits::Counted, sign_in, who::Enrolled},
    error::{AppError, Why},
    http::Body,
    store::PasskeyRow,
};
use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use sync::passkey;
use webauthn_rs::prelude::{Passkey, PasskeyAuthentication, PublicKeyCredential, RequestChallengeResponse};

/// In place of a session, for somebody whose password was right.
#[derive(Debug, Serialize)]
pub struct NeedsPasskey {
    needs: &'static str,
    #[serde(flatten)]
    asked: Asked<RequestChallengeResponse>,
}

#[derive(Deserialize)]
pub struct Finish {
    ticket: String,
    credential: PublicKeyCredential,
}

/// What a person's passkey has to sign; nothing for somebody who has none.
pub async fn ask(app: &App, enrolled: &Enrolled, staff: &str) -> Result<Option<NeedsPasskey>, AppError> {
    let rows = app.store.read(&enrolled.hub.tenant).passkeys(staff).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let ceremonies = ceremonies(&app.site)?;
    let known = rows.iter().map(|row| read(&row.credential)).collect::<Result<Vec<Passkey>, AppError>>()?;
    let begun = ceremonies.start_passkey_authentication(&known);
    let begun = begun.map_err(|_| Why::PasskeyRefused)?;
    let of = Of { purpose: SIGN_IN, device: &enrolled.device.id, staff };
    let asked = super::ask(app, &enrolled.hub, of, begun).await?;
    Ok(Some(NeedsPasskey { needs: "passkey", asked }))
}

pub async fn finish(
    State(app): State<App>,
    enrolled: Enrolled,
    Body(body): Body<Finish>,
) -> Result<Response, AppError> {
    let (hub, device) = (&enrolled.hub, &enrolled.device);
    let by_device = Counted::device(&device.id);
    app.limits.try_once(by_device.clone())?;
    // Taken before it is known whether the answer is right: one try for each password.
    let (staff, state): (String, PasskeyAuthentication) =
        asked(&app, hub, SIGN_IN, &device.id, &body.ticket).await?;
    let refused = || {
        tracing::info!(device = device.id, "a sign-in was refused: the passkey is not right");
        AppError::from(Why::PasskeyRefused)
    };
    let proven = ceremonies(&app.site)?.finish_passkey_authentication(&body.credential, &state);
    let proven = proven.map_err(|_| refused())?;
    let reading = app.store.read(&hub.tenant);
    let account = reading.account(&staff).await?.ok_or_else(refused)?;
    let id = passkey::name_of(proven.cred_id().as_ref());
    let row = reading.passkeys(&staff).await?.into_iter().find(|row| row.id == id);
    // It may have been removed since it was asked for.
    let PasskeyRow { credential, .. } = row.ok_or_else(refused)?;
    let mut passkey: Passkey = read(&credential)?;
    passkey.update_credential(&proven);
    let mut writing = app.store.write(&hub.tenant).await?;
    if !writing.use_passkey(id, &as_json(&passkey)?, real_now()).await? {
        return Err(refused());
    }
    writing.commit().await?;
    app.limits.forget(&Counted::sign_in(&device.id, &account.sign_in));
    // This try, and that of the password.
    app.limits.take_back(&by_device);
    app.limits.take_back(&by_device);
    sign_in::open(&app, hub, device, &staff.into()).await
}

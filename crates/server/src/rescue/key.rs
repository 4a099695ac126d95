//! The key of a provider that its rescue files are encrypted to. Made when it is first asked for, and never replaced:
//! a file that was made years ago still opens.

use crate::{
    app::App,
    clock::real_now,
    door::who::Enrolled,
    error::{AppError, Why},
    http::Reply,
    store::Tenant,
};
use axum::extract::State;
use p256::{
    SecretKey,
    elliptic_curve::{Generate, sec1::ToSec1Point},
};
use serde::Serialize;
use sync::{base64url, rescue::key_id};

#[derive(Serialize)]
pub struct RescueKeyReply {
    rescue_key: String,
}

/// `GET /v1/rescue-key`: for the page of rescue, which has no session and whose device may have lost its own key. What
/// is made with it opens only here.
pub async fn get(State(app): State<App>, enrolled: Enrolled) -> Result<Reply<RescueKeyReply>, AppError> {
    Ok(Reply(RescueKeyReply { rescue_key: public_key(&app, &enrolled.hub.tenant).await? }))
}

/// The public point as devices get it, in base64url.
pub async fn public_key(app: &App, tenant: &Tenant) -> Result<String, AppError> {
    if let Some(key) = private_key(app, tenant).await? {
        return Ok(base64url::encode(&point(&key)));
    }
    let key = SecretKey::generate();
    let mut writing = app.store.write(tenant).await?;
    writing.add_rescue_key(key_id(&point(&key)), &key.to_bytes(), real_now()).await?;
    writing.commit().await?;
    // Somebody else may have been quicker: what is kept counts.
    let kept = private_key(app, tenant).await?.ok_or(Why::Broken)?;
    Ok(base64url::encode(&point(&kept)))
}

pub async fn private_key(app: &App, tenant: &Tenant) -> Result<Option<SecretKey>, AppError> {
    let Some(bytes) = app.store.read(tenant).rescue_key().await? else { return Ok(None) };
    let key = SecretKey::from_slice(&bytes).map_err(|_| {
        tracing::error!("the rescue key of a provider is unreadable");
        AppError::from(Why::Broken)
    })?;
    Ok(Some(key))
}

/// Uncompressed, as WebCrypto takes it.
pub fn point(key: &SecretKey) -> Vec<u8> {
    key.public_key().to_sec1_point(false).as_bytes().to_vec()
}

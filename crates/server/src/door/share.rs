//! The share of the service: with it a device opens what a person has on it, also when they forgot their PIN. Only the
//! reply to a sign-in carries it, never one to a session that is open already: a copied session opens nothing.

use super::secrets;
use crate::{app::App, clock::real_now, error::AppError, store::Tenant};
use domain::ids::StaffId;
use sync::base64url;

/// Base64url of 32 bytes; made at the first sign-in.
pub async fn of(app: &App, tenant: &Tenant, staff: &StaffId) -> Result<String, AppError> {
    if let Some(share) = app.store.read(tenant).device_share(staff).await? {
        return Ok(base64url::encode(&share));
    }
    let made = secrets::bytes()?;
    let mut writing = app.store.write(tenant).await?;
    writing.add_device_share(staff, &made, real_now()).await?;
    writing.commit().await?;
    // Another device of the same person may have been first.
    let kept = app.store.read(tenant).device_share(staff).await?;
    Ok(base64url::encode(kept.as_deref().unwrap_or(&made)))
}

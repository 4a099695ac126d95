//! What is done once a day for every provider: a checkpoint of the log is signed, photos that nothing names are let go.

use super::{checkpoint::Checkpoint, let_go::let_go};
use crate::{app::App, error::AppError, store::Tenant};
use std::time::Duration;

const LOOK_EVERY: Duration = Duration::from_secs(3600);
const LOOKS_A_DAY: u32 = 24;
const DAY_MICROS: i64 = 24 * 3_600_000_000;

/// Looks each hour, until the server is told to stop.
pub async fn keep_signing(app: App) {
    let mut stopping = app.stopping.clone();
    for look in 0_u32.. {
        if let Err(error) = sign_due(&app).await {
            tracing::warn!(code = error.code(), "a checkpoint could not be signed");
        }
        if look % LOOKS_A_DAY == 0
            && let Err(error) = let_photos_go(&app).await
        {
            tracing::warn!(code = error.code(), "photos that nothing names could not be let go");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

async fn let_photos_go(app: &App) -> Result<(), AppError> {
    for tenant in app.store.door().providers().await? {
        let photos = let_go(app, &tenant).await?;
        if photos > 0 {
            tracing::info!(photos, "photos without an event were let go");
        }
    }
    Ok(())
}

async fn sign_due(app: &App) -> Result<(), AppError> {
    for tenant in app.store.door().providers().await? {
        let reading = app.store.read(&tenant);
        let last = reading.checkpoints().await?.pop();
        let due = crate::clock::micros(app.clock.now()) - DAY_MICROS;
        if last.is_none_or(|last| last.at <= due) && reading.log_head().await?.seq > 0 {
            sign(app, &tenant).await?;
        }
    }
    Ok(())
}

/// Signs the log as it stands now.
pub(super) async fn sign(app: &App, tenant: &Tenant) -> Result<Checkpoint, AppError> {
    let mut writing = app.store.write(tenant).await?;
    let head = writing.log_head().await?;
    let checkpoint = Checkpoint::sign(tenant.as_str(), &app.epoch, head, app.clock.now(), &app.key);
    writing.add_checkpoint(&checkpoint).await?;
    writing.commit().await?;
    Ok(checkpoint)
}

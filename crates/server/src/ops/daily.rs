//! Signs a checkpoint of every provider's log once a day.

use super::checkpoint::Checkpoint;
use crate::{app::App, error::AppError, store::Tenant};
use std::time::Duration;

const LOOK_EVERY: Duration = Duration::from_secs(3600);
const DAY_MICROS: i64 = 24 * 3_600_000_000;

/// Looks each hour, until the server is told to stop.
pub async fn keep_signing(app: App) {
    let mut stopping = app.stopping.clone();
    loop {
        if let Err(error) = sign_due(&app).await {
            tracing::warn!(code = error.code(), "a checkpoint could not be signed");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
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

//! Photos that no event names are let go after 30 days: their words never came. What any event names stays, also one
//! that is held or set apart; and so does everything that a device brought which wrote in a record on legal hold.

use crate::{
    app::App,
    error::AppError,
    log::{hub::Change, quarantine::Reason, state::State},
    photos::named,
    store::{Tenant, Writing},
};
use chrono::Duration;
use domain::time::Instant;
use fail::fail_point;
use std::collections::BTreeSet;
use sync::Hash;

const DAYS: i64 = 30;
const PAGE: u32 = 500;

/// Of one provider; gives how many went.
/// # Errors  the store failed; what was let go so far stays gone, and the rest goes the next time.
pub async fn let_go(app: &App, tenant: &Tenant) -> Result<usize, AppError> {
    let before = app.clock.now() - Duration::days(DAYS);
    if app.store.read(tenant).blobs_before(before).await?.is_empty() {
        return Ok(0);
    }
    let going = app.hubs.of(tenant).change(Unnamed { before }).await?;
    fail_point!("let_go::emptied");
    let mut gone = 0;
    for sha256 in going {
        gone += usize::from(remove(app, tenant, sha256).await?);
    }
    Ok(gone)
}

/// The bytes of an empty row, and then the row: bytes without a row would be found by nobody, and stay for ever.
/// `false` when a device began it again meanwhile.
async fn remove(app: &App, tenant: &Tenant, sha256: Hash) -> Result<bool, AppError> {
    let mut writing = app.store.write(tenant).await?;
    if !writing.hold_empty_blob(sha256).await? {
        return Ok(false);
    }
    app.photos.remove(&app.store, tenant, sha256).await?;
    fail_point!("let_go::bytes_gone");
    writing.drop_blob(sha256).await?;
    writing.commit().await?;
    Ok(true)
}

/// Under the provider's lock: no event arrives meanwhile.
struct Unnamed {
    before: Instant,
}

impl Change for Unnamed {
    type Done = Vec<Hash>;

    async fn make(self, state: &mut State, writing: &mut Writing) -> Result<Vec<Hash>, AppError> {
        let mut all_named = BTreeSet::new();
        for received in state.rows_after(0) {
            received.event.with.values().for_each(|value| named::collect(value, &mut all_named));
        }
        let on_hold = devices_on_hold(state, writing).await?;
        let mut old = writing.blobs_before(self.before).await?;
        old.retain(|(sha256, device)| !on_hold.contains(device) && !all_named.contains(sha256));
        if !old.is_empty() {
            let apart = apart(writing).await?;
            old.retain(|(sha256, _)| !apart.iter().any(|bytes| bytes.contains(&sha256.to_string())));
        }
        for (sha256, _) in &old {
            writing.empty_blob(*sha256).await?;
        }
        Ok(old.into_iter().map(|(sha256, _)| sha256).collect())
    }
}

async fn devices_on_hold(state: &State, writing: &Writing) -> Result<BTreeSet<String>, AppError> {
    let mut holds = writing.holds().await?;
    holds.retain(|hold| hold.lifted_at.is_none());
    let records = holds.iter().filter_map(|hold| state.register.record(&hold.record));
    let events = records.flat_map(|record| record.events.iter());
    Ok(events.map(|received| received.event.device.to_string()).collect())
}

/// What arrived and is not in the log, as it came.
async fn apart(writing: &Writing) -> Result<Vec<String>, AppError> {
    let mut all: Vec<String> = writing.held().await?.into_iter().map(|row| row.signed.bytes).collect();
    for number in 0.. {
        let rows = writing.quarantined(Reason::UNPROVEN.map(Reason::code), PAGE, number * PAGE).await?;
        let is_last = rows.len() < PAGE as usize;
        all.extend(rows.into_iter().map(|row| row.signed.bytes));
        if is_last {
            break;
        }
    }
    Ok(all)
}

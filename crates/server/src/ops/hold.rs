//! `GET` and `POST /v1/records/{id}/hold`: the registered manager says that a record must be kept, and why; or no longer.

use crate::{
    app::App,
    door::who::Person,
    error::{AppError, Why},
    http::{Body, Reply},
    store::HoldRow,
};
use axum::extract::{Path, State};
use domain::{roles::Role, time::Instant};
use serde::{Deserialize, Serialize};

const LONGEST_REASON: usize = 500;

#[derive(Deserialize)]
pub struct Change {
    /// `true`: it must be kept; `false`: no longer.
    hold: bool,
    reason: String,
}

#[derive(Serialize)]
pub struct HoldList {
    /// The latest first.
    holds: Vec<HoldLine>,
}

#[derive(Serialize)]
struct HoldLine {
    set_at: Instant,
    set_by: String,
    reason: String,
    lifted_at: Option<Instant>,
    lifted_by: Option<String>,
    lift_reason: Option<String>,
}

pub async fn look(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Reply<HoldList>, AppError> {
    may(&person, &id).await?;
    let rows = app.store.read(&person.hub.tenant).holds().await?;
    let state = person.hub.read().await?;
    let name = |staff: &str| state.directory().staff_name(staff).to_owned();
    let line = |row: HoldRow| HoldLine {
        set_at: row.set_at,
        set_by: name(&row.set_by),
        reason: or_gone(row.reason),
        lifted_at: row.lifted_at,
        lifted_by: row.lifted_by.as_deref().map(name),
        lift_reason: row.lift_reason.map(or_gone),
    };
    Ok(Reply(HoldList { holds: rows.into_iter().filter(|row| row.record == id).map(line).collect() }))
}

pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Body(change): Body<Change>,
) -> Result<Reply<HoldList>, AppError> {
    may(&person, &id).await?;
    let reason = change.reason.trim();
    if reason.is_empty() {
        return Err(AppError::from(Why::MissingField).field("reason"));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(AppError::from(Why::BadValue).field("reason"));
    }
    let now = app.clock.now();
    let is_held = |row: &HoldRow| row.record == id && row.lifted_at.is_none();
    let mut writing = app.store.write(&person.hub.tenant).await?;
    let held = writing.holds().await?.iter().any(is_held);
    match (change.hold, held) {
        // Under the provider's lock: a disposal has ended, or waits until this has.
        (true, false) if writing.disposals().await?.iter().any(|row| row.record == id) => {
            return Err(Why::WordsGone.into());
        }
        (true, false) => writing.set_hold(&id, now, &person.staff, reason).await?,
        (false, true) => drop(writing.lift_hold(&id, now, &person.staff, reason).await?),
        // Somebody else was first: what stands is what was wanted.
        (true, true) | (false, false) => {}
    }
    writing.commit().await?;
    look(State(app), person, Path(id)).await
}

/// Nobody can give no reason: an empty one went with the words of the record.
fn or_gone(reason: String) -> String {
    if reason.is_empty() { "the reason went with the words of the record.".to_owned() } else { reason }
}

async fn may(person: &Person, id: &str) -> Result<(), AppError> {
    let state = person.hub.read().await?;
    let record = state.register.record(id).ok_or(Why::NotFound)?;
    let roles = person.roles.get(&record.site);
    if roles.is_some_and(|roles| roles.has(Role::RegisteredManager)) {
        Ok(())
    } else {
        Err(Why::NotOfSite.into())
    }
}

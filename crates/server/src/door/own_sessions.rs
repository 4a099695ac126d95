//! `GET /v1/sessions` and `POST /v1/sessions/end`: where a person is signed in now, and ending that elsewhere. Ending needs
//! the password again. Source: OWASP ASVS 5.0, 7.5.2 (read 2026-11-26).

use super::{password_again::password_again, who::Person};
use crate::{
    app::App,
    clock::real_now,
    error::AppError,
    http::{Body, Reply},
};
use axum::extract::State;
use domain::time::Instant;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub struct SessionList {
    /// The device that asks first, then the latest first.
    sessions: Vec<SessionLine>,
}

#[derive(Serialize)]
struct SessionLine {
    device: String,
    label: String,
    shared: bool,
    started_at: Instant,
    /// If it is not used again.
    ends_at: Instant,
    /// The device that asks.
    this: bool,
}

#[derive(Deserialize)]
pub struct End {
    password: String,
    /// On which device; on all others when none is named. Never on the one that asks: that is signing out.
    device: Option<String>,
}

pub async fn list(State(app): State<App>, person: Person) -> Result<Reply<SessionList>, AppError> {
    lines(&app, &person).await
}

pub async fn end(
    State(app): State<App>,
    person: Person,
    Body(body): Body<End>,
) -> Result<Reply<SessionList>, AppError> {
    password_again(&app, &person, body.password, "password").await?;
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.close_other_sessions(&person.staff, person.session, body.device.as_deref()).await?;
    writing.commit().await?;
    tracing::info!(device = person.device.id, "sessions elsewhere were ended");
    lines(&app, &person).await
}

async fn lines(app: &App, person: &Person) -> Result<Reply<SessionList>, AppError> {
    let rows = app.store.read(&person.hub.tenant).sessions_of(&person.staff, real_now()).await?;
    let mut sessions: Vec<SessionLine> = rows
        .into_iter()
        .map(|row| SessionLine {
            this: row.device == person.device.id,
            device: row.device,
            label: row.label,
            shared: row.shared,
            started_at: row.started_at,
            ends_at: row.expires_at,
        })
        .collect();
    sessions.sort_by_key(|line| !line.this);
    Ok(Reply(SessionList { sessions }))
}

//! `GET /healthz` and `GET /v1/hello`: is it there, and which server is it?

use crate::{
    app::{App, build},
    error::AppError,
    http::Reply,
};
use axum::extract::State;
use domain::time::Instant;
use serde::Serialize;

#[derive(Serialize)]
pub struct Health {
    ok: bool,
    build: &'static str,
}

#[derive(Serialize)]
pub struct Hello {
    server_epoch: String,
    server_time: Instant,
    /// At least one provider uses this server.
    set_up: bool,
    build: &'static str,
}

/// Asks the database, so that "ok" means that entries can be read.
pub async fn healthz(State(app): State<App>) -> Result<Reply<Health>, AppError> {
    app.store.door().epoch().await?;
    Ok(Reply(Health { ok: true, build: build() }))
}

pub async fn hello(State(app): State<App>) -> Result<Reply<Hello>, AppError> {
    let set_up = !app.store.door().providers().await?.is_empty();
    let (server_epoch, server_time) = (app.epoch.clone(), app.clock.now());
    Ok(Reply(Hello { server_epoch, server_time, set_up, build: build() }))
}

//! What every request may use: the store, the providers in memory, the clock, the limits.

use crate::{
    clock::Clock,
    door::{limits::Limits, password::Passwords},
    http::{assets::Assets, headers::SecurityHeaders},
    log::hub::Hubs,
    ops::key::ServerKey,
    photos::Keeping,
    store::Store,
};
use std::{ops::Deref, sync::Arc};
use tokio::sync::watch;

/// Cheap to clone; one per process.
#[derive(Clone)]
pub struct App(Arc<Inside>);

pub struct Inside {
    pub store: Store,
    pub hubs: Hubs,
    pub photos: Keeping,
    pub clock: Clock,
    pub limits: Limits,
    pub passwords: Passwords,
    pub assets: Assets,
    pub headers: SecurityHeaders,
    /// Changes when the database is restored from a copy.
    pub epoch: String,
    pub site: Address,
    /// Signs checkpoints of the log.
    pub key: ServerKey,
    /// Becomes true when the server is told to stop.
    pub stopping: watch::Receiver<bool>,
}

/// How people reach this server.
#[derive(Clone, Debug)]
pub struct Address {
    /// Without a slash at the end.
    pub base_url: String,
    /// By https, here or at a proxy in front.
    pub secure: bool,
    /// A proxy on this machine speaks https for us.
    pub behind_proxy: bool,
}

impl App {
    pub fn new(inside: Inside) -> Self {
        Self(Arc::new(inside))
    }
}

impl Deref for App {
    type Target = Inside;
    fn deref(&self) -> &Inside {
        &self.0
    }
}

/// Version of the server, as `healthz` and `hello` tell it.
pub fn build() -> &'static str {
    option_env!("NOTICED_BUILD").unwrap_or(env!("CARGO_PKG_VERSION"))
}

//! What the app learns when somebody comes in, or asks who they are.

use super::{session, share, who::roles_of};
use crate::{
    app::App,
    error::AppError,
    http::Reply,
    log::{hub::Hub, state::State},
    rescue::key::public_key,
    store::Device,
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use domain::{
    directory::Directory,
    ids::{SiteId, StaffId},
    roles::Role,
    time::Instant,
};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
pub struct Welcome {
    tenant: String,
    provider: String,
    device: WelcomeDevice,
    person: Option<WelcomePerson>,
    roles: BTreeMap<SiteId, Vec<Role>>,
    server_epoch: String,
    server_time: Instant,
    session_expires_at: Option<Instant>,
    /// The lists of its site, for a shared device that nobody has signed in on.
    #[serde(skip_serializing_if = "Option::is_none")]
    directory: Option<Directory>,
    directory_version: u64,
    /// Public point that a rescue file is encrypted to, in base64url.
    rescue_key: String,
    /// Public key of this server, as `ops::key`: an order to forget everything must be signed with it.
    server_key: String,
    /// Only right after a sign-in: see `share`.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
}

#[derive(Debug, Serialize)]
struct WelcomeDevice {
    id: String,
    label: String,
    epoch: u32,
    shared: bool,
    /// Where a shared device stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<SiteId>,
}

#[derive(Debug, Serialize)]
struct WelcomePerson {
    id: StaffId,
    name: String,
    sign_in: String,
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub staff: StaffId,
    pub expires_at: Instant,
}

/// `signed_in`: nobody when only a device was enrolled.
pub async fn welcome(
    app: &App,
    hub: &Hub,
    device: &Device,
    signed_in: Option<&SignedIn>,
) -> Result<Welcome, AppError> {
    let now = app.clock.now();
    let account = match signed_in {
        Some(who) => app.store.read(&hub.tenant).account(&who.staff).await?,
        None => None,
    };
    let rescue_key = public_key(app, &hub.tenant).await?;
    let state = hub.read().await?;
    let directory = state.directory();
    let roles = signed_in.map(|who| roles_of(directory, &who.staff, now)).unwrap_or_default();
    let person = signed_in.map(|who| WelcomePerson {
        name: directory.staff_name(&who.staff).to_owned(),
        sign_in: account.map_or_else(|| who.staff.to_string(), |account| account.sign_in),
        id: who.staff.clone(),
    });
    let site = device.site.as_deref().filter(|_| device.shared).map(SiteId::from);
    let lists = site.as_ref().filter(|_| signed_in.is_none()).map(|site| directory.of_tablet(site));
    Ok(Welcome {
        tenant: hub.tenant.as_str().to_owned(),
        provider: directory.provider.clone(),
        device: WelcomeDevice {
            id: device.id.clone(),
            label: device.label.clone(),
            epoch: device.epoch,
            shared: device.shared,
            site,
        },
        person,
        roles: roles.into_iter().map(|(site, roles)| (site, roles.iter().collect())).collect(),
        server_epoch: app.epoch.clone(),
        server_time: now,
        session_expires_at: signed_in.map(|who| who.expires_at),
        directory: lists,
        directory_version: state.directory_version,
        rescue_key,
        server_key: app.key.public(),
        share: None,
    })
}

/// The same as a reply that opens the session, for somebody who has just proven who they are.
pub async fn opening(
    app: &App,
    hub: &Hub,
    device: &Device,
    who: &SignedIn,
    token: &str,
) -> Result<Response, AppError> {
    let welcome = welcome(app, hub, device, Some(who)).await?;
    let share = share::of(app, &hub.tenant, &who.staff).await?;
    let mut response = Reply(Welcome { share: Some(share), ..welcome }).into_response();
    if let Some(cookie) = session::cookie(token, &app.site) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Does a person hold any role today?
pub fn holds_any_role(state: &State, staff: &str, now: Instant) -> bool {
    !roles_of(state.directory(), staff, now).is_empty()
}

//! `POST /v1/setup`: the first person of a provider, with the token that was printed at start. Once.

use super::{
    enrol::NewDeviceBody,
    limits::Counted,
    password, secrets, session,
    welcome::{self, SignedIn},
    who::CameFrom,
};
use crate::{
    app::App,
    clock::real_now,
    directory::{entries, rows},
    error::{AppError, Why},
    http::Body,
    log::{hub::Change, state::State as Provider},
    store::{ChangeRow, Device, NewDevice, Writing},
};
use axum::{extract::State, response::Response};
use domain::{
    directory::{Directory, Site, Staff},
    ids::{SiteId, StaffId},
    roles::Role,
    time::Instant,
};
use serde::Deserialize;
use sync::Hash;

/// For a reply that was lost; who waits longer signs in.
const AGAIN_WITHIN: chrono::TimeDelta = chrono::TimeDelta::hours(1);

#[derive(Deserialize)]
pub struct SetUp {
    token: String,
    provider: String,
    site: FirstSite,
    person: FirstPerson,
    password: String,
    device: NewDeviceBody,
}

#[derive(Deserialize)]
struct FirstSite {
    #[serde(default)]
    id: Option<SiteId>,
    name: String,
}

#[derive(Deserialize)]
struct FirstPerson {
    sign_in: String,
    name: String,
}

/// The link that opens set-up.
pub fn link(base_url: &str, token: &str) -> String {
    format!("{base_url}/set-up#{token}")
}

pub fn hash(token: &str) -> Hash {
    secrets::hash("set-up", token)
}

pub async fn set_up(
    State(app): State<App>,
    CameFrom(address): CameFrom,
    Body(body): Body<SetUp>,
) -> Result<Response, AppError> {
    let tenant = app.store.door().by_set_up(hash(&body.token)).await?.ok_or(Why::SetUpUnknown)?;
    let device = body.device.read(false, None)?;
    let hub = app.hubs.of(&tenant);
    if let Some(response) = again(&app, &body, &device, address).await? {
        return Ok(response);
    }
    let (directory, staff) = body.first_directory()?;
    let known = [&*staff, &body.person.name, &body.provider, &body.site.name];
    password::must_be_strong(&body.password, &known)?;
    let token = secrets::token()?;
    let expires_at = session::expires_at(real_now(), false);
    let first = First {
        directory,
        device,
        password_hash: app.passwords.hash(body.password).await?,
        session: session::hash(&token),
        expires_at,
        staff: staff.clone(),
        now: app.clock.now(),
    };
    let device = hub.change(first).await?;
    tracing::info!("a provider was set up");
    let signed_in = SignedIn { staff, expires_at };
    welcome::opening(&app, &hub, &device, &signed_in, &token).await
}

/// The reply to the first try was lost: the same person comes in again, on the device and with the password of then.
/// Within an hour, and not once a passkey is asked for: afterwards the token opens nothing.
async fn again(
    app: &App,
    body: &SetUp,
    device: &NewDevice,
    address: std::net::IpAddr,
) -> Result<Option<Response>, AppError> {
    let tenant = app.store.door().by_set_up(hash(&body.token)).await?.ok_or(Why::SetUpUnknown)?;
    let reading = app.store.read(&tenant);
    let Some(set_up_at) = reading.set_up_at().await? else { return Ok(None) };
    let known = reading.device_by_key(&device.public_key).await?;
    let Some(known) = known.filter(|known| known.revoked_at.is_none()) else { return Ok(None) };
    let Some(account) = reading.account_by_sign_in(body.person.sign_in.trim()).await? else {
        return Ok(None);
    };
    let staff: StaffId = account.staff.as_str().into();
    let is_over = real_now() > set_up_at + AGAIN_WITHIN;
    let is_first = reading.first_person().await?.as_deref() == Some(&*staff)
        && reading.people_of(&known.id).await? == [staff.to_string()];
    if is_over || !is_first || !reading.passkeys(&staff).await?.is_empty() {
        return Ok(None);
    }
    app.limits.try_once(Counted::Address(address))?;
    if !app.passwords.is_right(body.password.clone(), Some(account.password_hash)).await? {
        return Ok(None);
    }
    app.limits.take_back(&Counted::Address(address));
    super::sign_in::open(app, &app.hubs.of(&tenant), &known, &staff).await.map(Some)
}

impl SetUp {
    /// The lists of a provider with one site and one person, who may do what it takes to add the others.
    fn first_directory(&self) -> Result<(Directory, StaffId), AppError> {
        let needed = |field: &str, text: &str| match text.trim() {
            "" => Err(AppError::from(Why::MissingField).field(field)),
            text if text.chars().count() > rows::LONGEST_NAME => {
                Err(AppError::from(Why::BadValue).field(field))
            }
            text => Ok(text.to_owned()),
        };
        let provider = needed("provider", &self.provider)?;
        let site_name = needed("site.name", &self.site.name)?;
        let name = needed("person.name", &self.person.name)?;
        let staff = StaffId::from(needed("person.sign_in", &self.person.sign_in)?);
        if !rows::is_code(&staff) {
            let sentence = "A sign-in name has letters, digits, dots and hyphens only. Choose another one.";
            return Err(AppError::from(Why::BadValue).field("person.sign_in").saying(sentence));
        }
        let site = self.site.id.clone().unwrap_or_else(|| SiteId::from(rows::code_of(&site_name)));
        if !rows::is_code(&site) {
            return Err(AppError::from(Why::BadValue).field("site.id"));
        }
        let roles = vec![Role::RegisteredManager, Role::Provider, Role::Administrator];
        let first = Staff { name, roles: [(site.clone(), roles)].into(), ..Staff::default() };
        let directory = Directory {
            provider,
            sites: [(site, Site { name: site_name, ..Site::default() })].into(),
            staff: [(staff.clone(), first)].into(),
            ..Directory::default()
        };
        Ok((directory, staff))
    }
}

struct First {
    directory: Directory,
    device: NewDevice,
    password_hash: String,
    session: Hash,
    expires_at: Instant,
    staff: StaffId,
    now: Instant,
}

impl Change for First {
    type Done = Device;

    async fn make(self, state: &mut Provider, writing: &mut Writing) -> Result<Device, AppError> {
        let real = real_now();
        if !writing.use_set_up(real).await? {
            return Err(Why::SetUpUsed.into());
        }
        let changes: Vec<ChangeRow> = entries::split(&self.directory)?
            .into_iter()
            .map(|row| ChangeRow { kind: row.kind, id: row.id, before: None, after: row.value })
            .collect();
        let version = writing.change_directory(&changes, &self.staff, self.now).await?;
        writing.set_password(&self.staff, &self.staff, &self.password_hash, real).await?;
        let device = writing.enrol(&self.device, self.now).await?;
        writing.add_person(&device.id, &self.staff, self.now).await?;
        writing.open_session(self.session, &device.id, &self.staff, real, self.expires_at).await?;
        state.set_directory(self.directory, version);
        Ok(device)
    }
}

//! `POST /v1/enrol`: a device joins with an invite code; with a person's code, that person comes in too, unless they
//! made it themselves.

use super::{
    password,
    proof::DeviceKey,
    secrets, session,
    welcome::{self, SignedIn},
};
use crate::{
    app::App,
    clock::real_now,
    error::{AppError, Why},
    http::{Body, Reply},
    log::{hub::Hub, state::State as Provider},
    store::{Device, Invite, Invited, NewDevice},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::ids::StaffId;
use fail::fail_point;
use serde::Deserialize;
use std::sync::Arc;
use sync::Hash;

const LONGEST_LABEL: usize = 60;

#[derive(Deserialize)]
pub struct Enrol {
    code: String,
    #[serde(default)]
    password: Option<String>,
    device: NewDeviceBody,
}

#[derive(Deserialize)]
pub struct NewDeviceBody {
    #[serde(default)]
    label: String,
    /// Base64url of the uncompressed P-256 point.
    public_key: String,
}

impl NewDeviceBody {
    /// # Errors  `bad_key`, or `bad_value` for a label that is too long.
    pub fn read(&self, shared: bool, site: Option<String>) -> Result<NewDevice, AppError> {
        let public_key = DeviceKey::read(&self.public_key).ok_or(Why::BadKey)?;
        let label = self.label.trim();
        if label.chars().count() > LONGEST_LABEL || label.chars().any(char::is_control) {
            return Err(AppError::from(Why::BadValue).field("device.label"));
        }
        let label = if label.is_empty() { "Device without a name" } else { label };
        Ok(NewDevice { label: label.to_owned(), shared, site, public_key })
    }
}

pub fn hash(code: &str) -> Hash {
    secrets::hash("invite", &secrets::tidy_code(code))
}

pub async fn enrol(State(app): State<App>, Body(body): Body<Enrol>) -> Result<Response, AppError> {
    let hash = hash(&body.code);
    let tenant = app.store.door().by_invite(hash).await?.ok_or(Why::InviteUnknown)?;
    let invite = app.store.read(&tenant).invite(hash).await?.ok_or(Why::InviteUnknown)?;
    let hub = app.hubs.of(&tenant);
    let joining = Joining { app: &app, hub: &hub, hash, invite: &invite };
    match &invite.invited {
        Invited::Device { label, site } => {
            let mut device = body.device.read(true, Some(site.clone()))?;
            device.label.clone_from(label);
            joining.device(device).await
        }
        // It only brings in the device: its owner signs in next, with the password and the passkey of before.
        Invited::Person { staff } if *staff == invite.made_by => {
            joining.device(body.device.read(false, None)?).await
        }
        Invited::Person { staff } => {
            let device = body.device.read(false, None)?;
            match body.password {
                Some(password) => joining.person(device, &staff.as_str().into(), password).await,
                None => joining.ask_for_password(),
            }
        }
    }
}

struct Joining<'a> {
    app: &'a App,
    hub: &'a Arc<Hub>,
    hash: Hash,
    invite: &'a Invite,
}

impl Joining<'_> {
    async fn device(self, new: NewDevice) -> Result<Response, AppError> {
        let before = self.used_by_this(&new).await?;
        let device = match before {
            Some(device) => device,
            None => {
                self.must_be_open()?;
                let mut writing = self.app.store.write(&self.hub.tenant).await?;
                let device = writing.enrol(&new, self.app.clock.now()).await?;
                must_be_welcome(&device)?;
                if !writing.use_invite(self.hash, &device.id, real_now()).await? {
                    return Err(Why::InviteUsed.into());
                }
                writing.commit().await?;
                device
            }
        };
        tracing::info!(device = device.id, shared = device.shared, "a device was enrolled");
        Ok(Reply(welcome::welcome(self.app, self.hub, &device, None).await?).into_response())
    }

    async fn person(self, new: NewDevice, staff: &StaffId, password: String) -> Result<Response, AppError> {
        if let Some(device) = self.used_by_this(&new).await? {
            return self.again(device, staff, password).await;
        }
        self.must_be_open()?;
        let account = self.app.store.read(&self.hub.tenant).account(staff).await?;
        let sign_in = account.map_or_else(|| staff.to_string(), |account| account.sign_in);
        {
            let state = self.hub.read().await?;
            must_be_strong(&state, staff, &sign_in, &password)?;
            if !welcome::holds_any_role(&state, staff, self.app.clock.now()) {
                return Err(Why::StaffEnded.into());
            }
        }
        let password_hash = self.app.passwords.hash(password).await?;
        let token = secrets::token()?;
        let (now, real) = (self.app.clock.now(), real_now());
        let expires_at = session::expires_at(real, false);
        let mut writing = self.app.store.write(&self.hub.tenant).await?;
        let device = writing.enrol(&new, now).await?;
        must_be_welcome(&device)?;
        if !writing.use_invite(self.hash, &device.id, real).await? {
            return Err(Why::InviteUsed.into());
        }
        writing.set_password(staff, &sign_in, &password_hash, real).await?;
        writing.close_sessions_of(staff).await?;
        // Somebody else, who looks after them, vouches for them: a lost passkey shuts nobody out for ever.
        let passkeys = writing.remove_passkeys_of(staff).await?;
        writing.add_person(&device.id, staff, now).await?;
        writing.open_session(session::hash(&token), &device.id, staff, real, expires_at).await?;
        fail_point!("enrol::before_commit");
        writing.commit().await?;
        fail_point!("enrol::after_commit");
        tracing::info!(device = device.id, shared = false, "a device was enrolled");
        if passkeys > 0 {
            tracing::info!(device = device.id, passkeys, "a new code removed the passkeys of a person");
        }
        let signed_in = SignedIn { staff: staff.clone(), expires_at };
        welcome::opening(self.app, self.hub, &device, &signed_in, &token).await
    }

    /// The reply to the first try was lost: the same device with the same password comes in.
    async fn again(self, device: Device, staff: &StaffId, password: String) -> Result<Response, AppError> {
        must_be_welcome(&device)?;
        let reading = self.app.store.read(&self.hub.tenant);
        if !reading.passkeys(staff).await?.is_empty() {
            // It was added after the code was used: from then on it is asked for.
            return Err(Why::InviteUsed.into());
        }
        let known = reading.account(staff).await?.map(|account| account.password_hash);
        if self.invite.expires_at < real_now() || !self.app.passwords.is_right(password, known).await? {
            return Err(Why::InviteUsed.into());
        }
        super::sign_in::open(self.app, self.hub, &device, staff).await
    }

    /// The device that used this invite, if it is the one that asks.
    async fn used_by_this(&self, new: &NewDevice) -> Result<Option<Device>, AppError> {
        let Some(used_by) = &self.invite.used_by else { return Ok(None) };
        let found = self.app.store.read(&self.hub.tenant).device_by_key(&new.public_key).await?;
        Ok(found.filter(|device| device.id == *used_by))
    }

    /// The code is good and for a person: the device asks for a password next. Nothing is used up.
    fn ask_for_password(&self) -> Result<Response, AppError> {
        self.must_be_open()?;
        Ok(Reply(serde_json::json!({ "needs": "password" })).into_response())
    }

    fn must_be_open(&self) -> Result<(), AppError> {
        if self.invite.used_by.is_some() {
            return Err(Why::InviteUsed.into());
        }
        if self.invite.expires_at < real_now() { Err(Why::InviteOver.into()) } else { Ok(()) }
    }
}

/// Strong enough beside what everybody at this provider knows.
pub fn must_be_strong(
    state: &Provider,
    staff: &StaffId,
    sign_in: &str,
    password: &str,
) -> Result<(), AppError> {
    let lists = state.directory();
    let sites = lists.sites.values().map(|site| site.name.as_str());
    let known: Vec<&str> =
        [sign_in, lists.staff_name(staff), &lists.provider].into_iter().chain(sites).collect();
    password::must_be_strong(password, &known)
}

/// A device that was removed needs a new key; its old one stays removed.
fn must_be_welcome(device: &Device) -> Result<(), AppError> {
    if device.revoked_at.is_some() { Err(Why::DeviceRevoked.into()) } else { Ok(()) }
}

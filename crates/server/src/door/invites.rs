//! `POST /v1/invites`: a short code, a link and a square to scan, for one person or one shared device.

use super::{
    enrol,
    password_again::password_again,
    secrets,
    who::{KEEPERS, Person, roles_of},
};
use crate::{
    app::App,
    clock::real_now,
    directory::rights::{HIGHER, leads},
    error::{AppError, Why},
    http::{Body, Reply},
    store::Invited,
};
use axum::extract::State;
use chrono::Duration;
use domain::{
    ids::{SiteId, StaffId},
    roles::Role,
    time::Instant,
};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

const MINUTES: i64 = 30;
const LONGEST_LABEL: usize = 60;
const PASSWORD_FIRST: &str =
    "This person can sign in already. Type your own password to make a code for them.";
const PASSWORD_FOR_A_ROLE: &str =
    "This person does more than report. Type your own password to make a code for them.";

#[derive(Deserialize)]
#[serde(untagged)]
pub enum NewInvite {
    Person {
        staff: StaffId,
        /// Of whoever asks: needed for somebody who can sign in already, or does more than report.
        #[serde(default)]
        password: Option<String>,
    },
    Device {
        device_label: String,
        site: SiteId,
    },
}

#[derive(Serialize)]
pub struct InviteReply {
    code: String,
    link: String,
    expires_at: Instant,
    /// The link as a square to scan, an SVG of its own.
    qr_svg: String,
}

pub async fn invite(
    State(app): State<App>,
    person: Person,
    Body(body): Body<NewInvite>,
) -> Result<Reply<InviteReply>, AppError> {
    let invited = match body {
        NewInvite::Person { staff, password } => {
            may_invite(&app, &person, &staff).await?;
            must_be_who_signed_in(&app, &person, &staff, password).await?;
            Invited::Person { staff: staff.to_string() }
        }
        NewInvite::Device { device_label, site } => {
            let label = device_label.trim().to_owned();
            if label.is_empty() {
                return Err(AppError::from(Why::MissingField).field("device_label"));
            }
            if label.chars().count() > LONGEST_LABEL || label.chars().any(char::is_control) {
                return Err(AppError::from(Why::BadValue).field("device_label"));
            }
            if !person.hub.read().await?.directory().sites.contains_key(&site) {
                return Err(Why::SiteUnknown.into());
            }
            if !person.keeps(&site) {
                return Err(Why::NotOfSite.into());
            }
            Invited::Device { label, site: site.to_string() }
        }
    };
    let code = secrets::code()?;
    let now = real_now();
    let expires_at = now + Duration::minutes(MINUTES);
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.add_invite(enrol::hash(&code), &invited, &person.staff, now, expires_at).await?;
    writing.commit().await?;
    Ok(Reply(reply(&app, code, expires_at)))
}

/// As it is shown once to whoever made it.
pub fn reply(app: &App, code: String, expires_at: Instant) -> InviteReply {
    let link = format!("{}/join#{code}", app.site.base_url);
    InviteReply { qr_svg: square(&link), link, expires_at, code }
}

/// A code for somebody who can sign in already changes how they do, or brings in one more device of one's own, and one
/// for somebody who leads lets a stranger lead: a session that was left open is not enough for that.
async fn must_be_who_signed_in(
    app: &App,
    person: &Person,
    staff: &StaffId,
    password: Option<String>,
) -> Result<(), AppError> {
    // Also of a role that begins later, or has ended and can be given again.
    let does_lead = person.hub.read().await?.directory().staff.get(staff).is_some_and(leads);
    let has_account = app.store.read(&person.hub.tenant).account(staff).await?.is_some();
    let words = match (has_account, does_lead) {
        (true, _) => PASSWORD_FIRST,
        (false, true) => PASSWORD_FOR_A_ROLE,
        (false, false) => return Ok(()),
    };
    let Some(password) = password else {
        return Err(AppError::from(Why::MissingField).field("password").saying(words));
    };
    password_again(app, person, password, "password").await.map(drop)
}

/// An invite sets a password, so it is only for those whose every role the inviter looks after.
async fn may_invite(app: &App, person: &Person, staff: &StaffId) -> Result<(), AppError> {
    let state = person.hub.read().await?;
    if !state.directory().staff.contains_key(staff) {
        return Err(Why::StaffUnknown.into());
    }
    let theirs = roles_of(state.directory(), staff, app.clock.now());
    if theirs.is_empty() {
        return Err(Why::StaffEnded.into());
    }
    if *staff == person.staff {
        return Ok(());
    }
    for (site, roles) in &theirs {
        let mine = person.roles.get(site).copied().unwrap_or_default();
        if !mine.meets(KEEPERS) {
            return Err(Why::NotOfSite.into());
        }
        let is_as_high = !roles.meets(HIGHER) || person.roles.values().any(|held| held.meets(HIGHER));
        let is_provider_too = !roles.has(Role::Provider) || person.holds(Role::Provider);
        if !is_as_high || !is_provider_too {
            return Err(Why::NotAllowed.into());
        }
    }
    Ok(())
}

/// An SVG without style or script: one path of black squares.
fn square(text: &str) -> String {
    const BORDER: i32 = 4;
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return String::new() };
    let size = code.size() + 2 * BORDER;
    let dots = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    let path = dots.filter(|(x, y)| code.get_module(*x, *y)).fold(String::new(), |mut path, (x, y)| {
        // Writing to a String cannot fail.
        write!(path, "M{} {}h1v1h-1z", x + BORDER, y + BORDER).unwrap_or_default();
        path
    });
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\" \
         role=\"img\" aria-label=\"Invite code to scan\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

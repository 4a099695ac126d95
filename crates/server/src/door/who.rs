//! Who may use a route: said on the route's own line, checked before its handler runs.

use super::{
    limits::{Counted, network_of},
    proof::DeviceKey,
    session,
};
use crate::{
    app::App,
    clock::real_now,
    error::{AppError, Why},
    http::{Peer, reply},
    log::hub::Hub,
    ops::wipe,
    store::{Device, SessionFound},
};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::Duration;
use domain::{
    directory::Directory,
    ids::{SiteId, StaffId},
    roles::{Role, Roles},
    time::{Instant, london_date},
};
use std::{collections::BTreeMap, net::IpAddr, sync::Arc};
use sync::{
    Hash,
    proof::{self, PROOF_HEADER, Proof},
    wire::LIFE_HEADER,
};

/// The header in which every request of the app names its device.
pub const DEVICE_HEADER: &str = "x-noticed-device";

/// A device knows the time of the service from its last contact.
const PROOF_LASTS: Duration = Duration::hours(1);

#[derive(Clone, Copy, Debug)]
pub enum Who {
    Anyone,
    /// Whoever holds the one-time secret in the body: a set-up token or an invite code. Tries are limited.
    Holder,
    /// Whoever holds the secret in the address, coming from anywhere: a link in a letter, a calendar program.
    Link,
    /// A device that names itself; what it sends carries its own proof.
    NamedDevice,
    /// An enrolled device that was not removed.
    Device,
    /// The same; a proof that comes with the request must be right. A phone whose key is lost has none.
    ProvenDevice,
    /// An enrolled device, or one that was removed: what it still has must arrive before it forgets everything.
    DeviceEvenRemoved,
    /// Somebody who is signed in on the device that the request names, with a role or without: to end it.
    Leaver,
    /// The same, who holds a role today.
    Person,
    /// The same; or a shared device on which nobody with a role is signed in, and which proves itself.
    PersonOrTablet,
    /// The same, with one of these roles at some site; the handler asks for the site.
    Holding(Roles),
}

/// Roles that look after a site's lists, people and devices.
pub const KEEPERS: Roles = Roles::of(&[Role::Administrator, Role::RegisteredManager]);

/// The address, or for IPv6 the network, that a request comes from.
#[derive(Clone, Copy, Debug)]
pub struct CameFrom(pub IpAddr);

/// The device that a request names; not proven.
#[derive(Clone, Debug)]
pub struct Claimed(pub String);

/// An enrolled device; removed only where the route lets in such.
#[derive(Clone)]
pub struct Enrolled {
    pub hub: Arc<Hub>,
    pub device: Device,
}

/// Somebody signed in.
#[derive(Clone)]
pub struct Person {
    pub hub: Arc<Hub>,
    pub device: Device,
    pub staff: StaffId,
    pub session: Hash,
    pub session_ends: Instant,
    pub roles: BTreeMap<SiteId, Roles>,
}

/// Somebody signed in, whatever they may do.
#[derive(Clone)]
pub struct Leaver {
    pub hub: Arc<Hub>,
    pub device: Device,
    pub session: Hash,
}

/// A shared device on which nobody is signed in.
#[derive(Clone)]
pub struct Tablet {
    pub hub: Arc<Hub>,
    pub site: SiteId,
}

/// Who asks for the lists.
#[derive(Clone)]
pub enum Reader {
    Person(Box<Person>),
    Tablet(Tablet),
}

impl Person {
    /// Looks after this site.
    pub fn keeps(&self, site: &str) -> bool {
        self.roles.get(site).is_some_and(|roles| roles.meets(KEEPERS))
    }

    pub fn holds(&self, role: Role) -> bool {
        self.roles.values().any(|roles| roles.has(role))
    }
}

/// The roles of a person at every site today.
pub fn roles_of(directory: &Directory, staff: &str, now: Instant) -> BTreeMap<SiteId, Roles> {
    let date = london_date(now);
    let held = |site: &SiteId| directory.held(staff, site, date).all();
    directory
        .sites
        .keys()
        .map(|site| (site.clone(), held(site)))
        .filter(|(_, roles)| !roles.is_empty())
        .collect()
}

/// Runs before every API handler.
pub async fn guard(app: App, who: Who, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let packs = reply::accepts(&parts.headers, "gzip");
    let from = came_from(&app, &parts);
    let response = match admit(&app, who, from, &mut parts).await {
        Ok(()) => {
            let response = next.run(Request::from_parts(parts, body)).await;
            if matches!(who, Who::Holder) && !response.status().is_client_error() {
                app.limits.take_back(&Counted::Address(from.0));
            }
            response
        }
        Err(error) if error.may_be_a_removal() => {
            let device = claimed(&parts).unwrap_or_default();
            wipe::told(&app, &device, error).await.into_response()
        }
        Err(error) => error.into_response(),
    };
    let mut response = if packs { reply::pack(response).await } else { response };
    reply::never_stored(response.headers_mut());
    if let Ok(life) = HeaderValue::from_str(&app.epoch) {
        response.headers_mut().insert(LIFE_HEADER, life);
    }
    response
}

async fn admit(app: &App, who: Who, from: CameFrom, request: &mut Parts) -> Result<(), AppError> {
    if !matches!(who, Who::Link) {
        must_be_ours(app, &request.method, &request.headers)?;
    }
    request.extensions.insert(from);
    match who {
        // Tries of a link are counted where its answer is made, because it is a page.
        Who::Anyone | Who::Link => {}
        Who::Holder => {
            // Counted before the answer is known: many tries at once are many tries.
            app.limits.try_once(Counted::Address(from.0))?;
        }
        Who::NamedDevice => {
            let claimed = Claimed(claimed(request)?);
            request.extensions.insert(claimed);
        }
        Who::Device => {
            let enrolled = enrolled(app, &claimed(request)?).await?;
            request.extensions.insert(enrolled);
        }
        Who::ProvenDevice => {
            let enrolled = enrolled(app, &claimed(request)?).await?;
            // Without a key a phone still has to say what it has lost with it.
            if let Some(proof) = proof_of(request) {
                must_be_proven(app, request, &enrolled, proof).await?;
            }
            request.extensions.insert(enrolled);
        }
        Who::DeviceEvenRemoved => {
            let joined = joined(app, &claimed(request)?).await?;
            request.extensions.insert(joined);
        }
        Who::Leaver => {
            let SignedIn { hub, device, hash, .. } = signed_in(app, request).await?;
            request.extensions.insert(Leaver { hub, device, session: hash });
        }
        Who::Person => {
            let person = person(app, request).await?;
            request.extensions.insert(person);
        }
        Who::PersonOrTablet => {
            let reader = match person(app, request).await {
                Ok(person) => Reader::Person(Box::new(person)),
                Err(no) if no.wants_sign_in() || no.has_no_role() => {
                    Reader::Tablet(tablet(app, request).await?.ok_or(no)?)
                }
                Err(no) => return Err(no),
            };
            request.extensions.insert(reader);
        }
        Who::Holding(roles) => {
            let person = person(app, request).await?;
            if !person.roles.values().any(|held| held.meets(roles)) {
                return Err(Why::NotAllowed.into());
            }
            request.extensions.insert(person);
        }
    }
    Ok(())
}

async fn enrolled(app: &App, device: &str) -> Result<Enrolled, AppError> {
    let joined = joined(app, device).await?;
    if joined.device.revoked_at.is_some() { Err(Why::DeviceRevoked.into()) } else { Ok(joined) }
}

/// Removed or not.
async fn joined(app: &App, device: &str) -> Result<Enrolled, AppError> {
    let Some(tenant) = app.store.door().by_device(device).await? else {
        return Err(Why::DeviceUnknown.into());
    };
    let found = app.store.read(&tenant).device(device).await?;
    let device = found.ok_or(Why::DeviceUnknown)?;
    Ok(Enrolled { hub: app.hubs.of(&tenant), device })
}

/// The device that the request names, if it is a shared one that stays at a site and proves itself: its id alone is
/// known to many.
async fn tablet(app: &App, request: &Parts) -> Result<Option<Tablet>, AppError> {
    let enrolled = enrolled(app, &claimed(request)?).await?;
    let site = enrolled.device.site.as_deref().filter(|_| enrolled.device.shared);
    let (Some(site), Some(proof)) = (site, proof_of(request)) else { return Ok(None) };
    must_be_proven(app, request, &enrolled, proof).await?;
    Ok(Some(Tablet { hub: enrolled.hub.clone(), site: site.into() }))
}

fn proof_of(request: &Parts) -> Option<Proof> {
    Proof::read(request.headers.get(PROOF_HEADER)?.to_str().ok()?)
}

/// Signed a short while ago by the device that asks, or by another one of its provider that was not removed: a phone
/// whose key is gone joins again as another one, and still says what the first has lost.
async fn must_be_proven(app: &App, request: &Parts, of: &Enrolled, proof: Proof) -> Result<(), AppError> {
    let by = match *proof.by == *of.device.id {
        true => Some(of.device.clone()),
        false => app.store.read(&of.hub.tenant).device(&proof.by).await?,
    };
    let by = by.filter(|by| by.revoked_at.is_none()).ok_or(Why::WrongProof)?;
    if (app.clock.now() - proof.at).abs() > PROOF_LASTS {
        return Err(Why::ProofOver.into());
    }
    let path = request.uri.path();
    let text = proof::text(&proof.by, proof.at, &of.device.id, request.method.as_str(), path);
    let key = DeviceKey::of_bytes(&by.public_key).ok_or(Why::WrongProof)?;
    if key.signed_text(&text, &proof.sig) { Ok(()) } else { Err(Why::WrongProof.into()) }
}

/// The session that a request carries, and where it was opened.
struct SignedIn {
    hub: Arc<Hub>,
    device: Device,
    hash: Hash,
    found: SessionFound,
}

async fn signed_in(app: &App, request: &Parts) -> Result<SignedIn, AppError> {
    let claimed = claimed(request)?;
    let token = session::token(&request.headers, &app.site).ok_or(Why::SignInFirst)?;
    let hash = session::hash(&token);
    let found = app.store.door().session(hash, real_now()).await?.ok_or(Why::SessionOver)?;
    if found.device != claimed {
        return Err(Why::SessionOver.into());
    }
    let Enrolled { hub, device } = enrolled(app, &claimed).await?;
    if hub.tenant != found.tenant {
        return Err(Why::SessionOver.into());
    }
    Ok(SignedIn { hub, device, hash, found })
}

async fn person(app: &App, request: &Parts) -> Result<Person, AppError> {
    let SignedIn { hub, device, hash, found } = signed_in(app, request).await?;
    let real = real_now();
    let roles = roles_of(hub.read().await?.directory(), &found.staff, app.clock.now());
    if roles.is_empty() {
        return Err(Why::NoRoleNow.into());
    }
    let later = session::later_end(found.started_at, found.expires_at, real, device.shared);
    if let Some(ends) = later {
        let mut writing = app.store.write(&hub.tenant).await?;
        writing.extend_session(hash, ends).await?;
        writing.commit().await?;
    }
    let session_ends = later.unwrap_or(found.expires_at);
    Ok(Person { hub, device, staff: found.staff.into(), session: hash, session_ends, roles })
}

/// Whether somebody who was let in would be let in again: for what stays open. Their session does not move on by it.
pub async fn is_still_in(app: &App, person: &Person) -> Result<bool, AppError> {
    let Some(found) = app.store.door().session(person.session, real_now()).await? else { return Ok(false) };
    let device = app.store.read(&person.hub.tenant).device(&found.device).await?;
    let roles = roles_of(person.hub.read().await?.directory(), &found.staff, app.clock.now());
    Ok(device.is_some_and(|device| device.revoked_at.is_none()) && !roles.is_empty())
}

/// What a browser fetches by itself, an event stream and a picture, has no header of ours.
const NAMED_IN_ADDRESS: [&str; 2] = ["/v1/hints", "/v1/blob/"];

/// In a header, which no other website can set; of what cannot have one, in the address.
fn claimed(request: &Parts) -> Result<String, AppError> {
    if let Some(value) = request.headers.get(DEVICE_HEADER) {
        let text = value.to_str().map_err(|_| AppError::from(Why::DeviceMissing))?;
        return if text.is_empty() { Err(Why::DeviceMissing.into()) } else { Ok(text.to_owned()) };
    }
    let may_be_in_address = request.method == Method::GET
        && NAMED_IN_ADDRESS.iter().any(|path| request.uri.path().starts_with(path));
    let query = request.uri.query().filter(|_| may_be_in_address).unwrap_or_default();
    let named = query.split('&').find_map(|pair| pair.strip_prefix("device="));
    named.filter(|device| !device.is_empty()).map(str::to_owned).ok_or(Why::DeviceMissing.into())
}

/// A browser says where a request comes from; other websites may not write here.
fn must_be_ours(app: &App, method: &Method, headers: &HeaderMap) -> Result<(), AppError> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && site != "same-origin"
        && site != "none"
    {
        return Err(Why::OtherOrigin.into());
    }
    if method == Method::GET || method == Method::HEAD {
        return Ok(());
    }
    let Some(origin) = text("origin") else { return Ok(()) };
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same_host =
        origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host));
    if same_host || origin.eq_ignore_ascii_case(&app.site.base_url) {
        Ok(())
    } else {
        Err(Why::OtherOrigin.into())
    }
}

fn came_from(app: &App, request: &Parts) -> CameFrom {
    let peer = request.extensions.get::<ConnectInfo<Peer>>();
    let address = peer.map(|ConnectInfo(peer)| peer.address(&request.headers, app.site.behind_proxy));
    CameFrom(address.map_or(IpAddr::from([0, 0, 0, 0]), network_of))
}

macro_rules! from_the_guard {
    ($($type:ty),*) => {$(
        impl<S: Send + Sync> FromRequestParts<S> for $type {
            type Rejection = Response;

            async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Response> {
                parts.extensions.get::<Self>().cloned().ok_or_else(|| {
                    // The route's line promises less than its handler needs; a test walks every route.
                    tracing::error!(path = parts.uri.path(), "a route lets in somebody its handler cannot serve");
                    (StatusCode::INTERNAL_SERVER_ERROR, AppError::from(Why::Broken)).into_response()
                })
            }
        }
    )*};
}

from_the_guard!(CameFrom, Claimed, Enrolled, Leaver, Person, Reader);

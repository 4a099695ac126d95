//! `GET /v1/devices` and `POST /v1/devices/{id}/revoke`: which devices there are, and removing a lost one.

use super::{
    sign_in,
    who::{KEEPERS, Person, roles_of},
};
use crate::{
    app::App,
    directory::rights::HIGHER,
    error::{AppError, Why},
    http::Reply,
    log::state::State as Provider,
    store::Device,
};
use axum::extract::{Path, State};
use chrono::TimeDelta;
use domain::{ids::StaffId, roles::Role, time::Instant};
use serde::Serialize;

const BEYOND: &str = "The person who uses this device looks after more than you do. Ask an administrator of all their sites to remove it.";

#[derive(Serialize)]
pub struct DeviceList {
    devices: Vec<DeviceLine>,
}

#[derive(Serialize)]
struct DeviceLine {
    id: String,
    label: String,
    shared: bool,
    site: Option<String>,
    /// Who has signed in on it at some time.
    people: Vec<PersonLine>,
    enrolled_at: Instant,
    /// Whole days before now: the moment would tell whose phone brought a report without a name.
    last_contact_at: Option<Instant>,
    revoked_at: Option<Instant>,
    /// The device that asks.
    this: bool,
    /// By whoever asks.
    removable: bool,
}

#[derive(Serialize)]
struct PersonLine {
    id: StaffId,
    name: String,
}

pub async fn list(State(app): State<App>, person: Person) -> Result<Reply<DeviceList>, AppError> {
    let reading = app.store.read(&person.hub.tenant);
    let mut devices = Vec::new();
    // Looks over every site, and keeps none: revoking is for those who do.
    let is_provider = person.holds(Role::Provider);
    for device in reading.devices().await? {
        let people = reading.people_of(&device.id).await?;
        let state = person.hub.read().await?;
        if is_provider || may_keep(&person, &state, &device, &people) {
            let removable = may_remove(&person, &state, &device, &people, app.clock.now()).is_ok();
            devices.push(line(&person, &state, device, people, removable, app.clock.now()));
        }
    }
    Ok(Reply(DeviceList { devices }))
}

pub async fn revoke(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Reply<sign_in::Done>, AppError> {
    let reading = app.store.read(&person.hub.tenant);
    let device = reading.device(&id).await?.ok_or(Why::DeviceNotFound)?;
    let people = reading.people_of(&id).await?;
    may_remove(&person, &*person.hub.read().await?, &device, &people, app.clock.now())?;
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.revoke(&id, &person.staff, app.clock.now()).await?;
    writing.commit().await?;
    tracing::info!(device = id, "a device was removed");
    Ok(Reply(sign_in::Done::ok()))
}

/// A device belongs to its site, or to the sites of the people on it; nobody's, to all who look after a site.
pub fn may_keep(person: &Person, state: &Provider, device: &Device, people: &[String]) -> bool {
    if device.site.is_none() && people.is_empty() {
        return person.roles.values().any(|roles| roles.meets(KEEPERS));
    }
    let staff = |id: &String| state.directory().staff.get(id.as_str());
    let of_people = people.iter().filter_map(staff).flat_map(|staff| staff.roles.keys());
    device.site.iter().map(String::as_str).chain(of_people.map(|site| &**site)).any(|site| person.keeps(site))
}

/// Removing a device also wipes it. A shared one is a matter of its site. One's own is a matter of the sites that its
/// person works at, as long as that person looks after no more than whoever removes it: a lost phone of a carer of two
/// homes can be removed in both, and that of a director by no manager of one home.
fn may_remove(
    person: &Person,
    state: &Provider,
    device: &Device,
    people: &[String],
    now: Instant,
) -> Result<(), AppError> {
    if device.shared {
        let keeps = device.site.as_ref().is_some_and(|site| person.keeps(site));
        return if keeps { Ok(()) } else { Err(Why::NotOfSite.into()) };
    }
    // Whoever signed in on it first: it is their phone, whoever borrowed it since.
    let Some(owner) = people.first() else { return Ok(()) };
    if !may_keep(person, state, device, &people[..1]) {
        return Err(Why::NotOfSite.into());
    }
    let is_within = roles_of(state.directory(), owner, now).iter().all(|(site, roles)| {
        let looks_after = !roles.meets(KEEPERS.with(Role::Provider)) || person.keeps(site);
        let is_as_high = !roles.meets(HIGHER) || person.roles.values().any(|held| held.meets(HIGHER));
        looks_after && is_as_high && (!roles.has(Role::Provider) || person.holds(Role::Provider))
    });
    if is_within { Ok(()) } else { Err(AppError::from(Why::NotAllowed).saying(BEYOND)) }
}

fn line(
    person: &Person,
    state: &Provider,
    device: Device,
    people: Vec<String>,
    removable: bool,
    now: Instant,
) -> DeviceLine {
    let named = |id: String| PersonLine { name: state.directory().staff_name(&id).to_owned(), id: id.into() };
    DeviceLine {
        this: device.id == person.device.id,
        removable,
        id: device.id,
        label: device.label,
        shared: device.shared,
        site: device.site,
        people: people.into_iter().map(named).collect(),
        enrolled_at: device.enrolled_at,
        last_contact_at: device.last_contact_at.map(|at| now - TimeDelta::days((now - at).num_days().max(0))),
        revoked_at: device.revoked_at,
    }
}

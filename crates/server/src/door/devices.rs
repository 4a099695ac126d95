//! `GET /v1/devices` and `POST /v1/devices/{id}/revoke`: which devices there are, and removing a lost one.

use super::{sign_in, who::Person};
use crate::{
    app::App,
    error::{AppError, Why},
    http::Reply,
    log::state::State as Provider,
    store::Device,
};
use axum::extract::{Path, State};
use domain::{ids::StaffId, roles::Role, time::Instant};
use serde::Serialize;

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
    last_contact_at: Option<Instant>,
    revoked_at: Option<Instant>,
    /// The device that asks.
    this: bool,
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
            devices.push(line(&person, &state, device, people));
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
    if !may_keep(&person, &*person.hub.read().await?, &device, &people) {
        return Err(Why::NotOfSite.into());
    }
    let mut writing = app.store.write(&person.hub.tenant).await?;
    writing.revoke(&id, &person.staff, app.clock.now()).await?;
    writing.commit().await?;
    tracing::info!(device = id, "a device was removed");
    Ok(Reply(sign_in::Done::ok()))
}

/// A device belongs to its site, or to the sites of the people on it.
fn may_keep(person: &Person, state: &Provider, device: &Device, people: &[String]) -> bool {
    let staff = |id: &String| state.directory().staff.get(id.as_str());
    let of_people = people.iter().filter_map(staff).flat_map(|staff| staff.roles.keys());
    device.site.iter().map(String::as_str).chain(of_people.map(|site| &**site)).any(|site| person.keeps(site))
}

fn line(person: &Person, state: &Provider, device: Device, people: Vec<String>) -> DeviceLine {
    let named = |id: String| PersonLine { name: state.directory().staff_name(&id).to_owned(), id: id.into() };
    DeviceLine {
        this: device.id == person.device.id,
        id: device.id,
        label: device.label,
        shared: device.shared,
        site: device.site,
        people: people.into_iter().map(named).collect(),
        enrolled_at: device.enrolled_at,
        last_contact_at: device.last_contact_at,
        revoked_at: device.revoked_at,
    }
}

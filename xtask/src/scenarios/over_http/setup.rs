//! Before the first event: the provider is set up, everybody is invited, enrolled and signed in, as clients do it.

use super::letters;
use crate::client::{Api, Phone, Process};
use anyhow::{Context, Result};
use domain::{directory::Directory, time::Instant};
use replay::scenarios::{
    cast,
    file::{ANONYMOUS, Scenario},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Holds every role that sees everything at every site; nobody in the scenario.
pub const OBSERVER: &str = "the-observer";
pub const PASSWORD: &str = "violet kettle 42";

pub struct Stage {
    pub observer: Phone,
    /// By the device's name in the scenario.
    pub phones: BTreeMap<String, Phone>,
    pub directory: Arc<Directory>,
}

#[derive(Deserialize)]
struct Invite {
    code: String,
}

#[derive(Deserialize)]
struct DirectoryReply {
    directory: Directory,
}

pub fn set_up(scenario: &Scenario, process: &Process, now: Instant) -> Result<Stage> {
    let api = &process.api;
    let lists = cast::directory(scenario);
    let first = scenario.sites.first().context("a scenario has a site")?;
    let body = json!({
        "token": process.set_up_token()?,
        "provider": "Rehearsal",
        "site": {"id": first.id, "name": first.id},
        "person": {"sign_in": OBSERVER, "name": "Observer"},
        "password": PASSWORD,
    });
    let observer = Phone::enrol(api, "/v1/setup", "observer", body, 0)?;
    let mut stage = Stage { observer, phones: BTreeMap::new(), directory: lists.clone() };
    // Everybody may come in first; what they really hold, and until when, follows.
    stage.change(api, sites(&lists)?.chain(staff(&lists, |staff| welcome_guest(staff, &first.id))?))?;
    stage.bring_in(scenario, api, now)?;
    stage.change(api, staff(&lists, |staff| staff)?)?;
    let reply: DirectoryReply = api.get("/v1/directory", &stage.observer.session_of(OBSERVER))?.ok()?;
    stage.directory = Arc::new(reply.directory);
    Ok(stage)
}

impl Stage {
    fn change(&self, api: &Api, changes: impl Iterator<Item = Value>) -> Result<()> {
        let body = json!({"changes": changes.collect::<Vec<_>>(), "password": PASSWORD});
        let reply = api.post("/v1/directory", &self.observer.session_of(OBSERVER), &body)?;
        reply.ok::<Value>().context("fill the lists").map(|_| ())
    }

    fn bring_in(&mut self, scenario: &Scenario, api: &Api, now: Instant) -> Result<()> {
        let own: BTreeSet<&str> = self.directory.staff.keys().map(|id| id.as_str()).collect();
        for (place, staff) in own.iter().enumerate() {
            let invite = self.invite(api, json!({"staff": staff, "password": PASSWORD}))?;
            let body = json!({"code": invite.code, "password": PASSWORD});
            let phone = Phone::enrol(api, "/v1/enrol", staff, body, place as u64 + 1)?;
            self.phones.insert((*staff).to_owned(), phone);
        }
        let named = scenario.devices.iter().map(|device| device.id.as_str());
        let used = scenario.events.iter().map(|line| line.device());
        let shared: BTreeSet<&str> = named.chain(used).filter(|device| !own.contains(device)).collect();
        let spares: Vec<String> =
            own.iter().chain(&shared).flat_map(|device| letters::spares(scenario, device)).collect();
        let all = shared.into_iter().chain(spares.iter().map(String::as_str));
        for (place, device) in all.enumerate() {
            let site = scenario.sites.first().map(|site| site.id.clone()).unwrap_or_default();
            let invite = self.invite(api, json!({"device_label": device, "site": site}))?;
            let phone =
                Phone::enrol(api, "/v1/enrol", device, json!({"code": invite.code}), place as u64 + 1001)?;
            self.phones.insert(device.to_owned(), phone);
        }
        let pairs = scenario.events.iter().map(|line| (line.device(), line.by.as_str()));
        let pairs: BTreeSet<(&str, &str)> =
            pairs.filter(|(device, by)| device != by && *by != ANONYMOUS).collect();
        for (device, person) in pairs {
            let phone = self.phones.get_mut(device).context("every device is enrolled")?;
            phone.sign_in(api, person, PASSWORD, now)?;
        }
        Ok(())
    }

    fn invite(&self, api: &Api, body: Value) -> Result<Invite> {
        api.post("/v1/invites", &self.observer.session_of(OBSERVER), &body)?.ok().context("invite")
    }
}

fn sites(lists: &Directory) -> Result<impl Iterator<Item = Value>> {
    let all = ["administrator", "registered_manager", "provider"];
    let roles: BTreeMap<&str, _> = lists.sites.keys().map(|site| (site.as_str(), all)).collect();
    let observer = json!({"kind": "staff", "id": OBSERVER, "value": {"name": "Observer", "roles": roles}});
    let rows = lists
        .sites
        .iter()
        .map(|(id, site)| json!({"kind": "site", "id": id, "value": site, "reason": "As rehearsed"}));
    Ok(rows.chain([observer]).collect::<Vec<_>>().into_iter())
}

fn staff(lists: &Directory, change: impl Fn(Value) -> Value) -> Result<impl Iterator<Item = Value>> {
    let mut rows = Vec::new();
    for (id, staff) in &lists.staff {
        let mut value = serde_json::to_value(staff)?;
        value["name"] = json!(id);
        rows.push(json!({"kind": "staff", "id": id, "value": change(value)}));
    }
    Ok(rows.into_iter())
}

fn welcome_guest(mut staff: Value, site: &str) -> Value {
    for dates in ["from", "to"] {
        staff[dates] = Value::Null;
    }
    staff["delegate"] = json!([]);
    staff["roles"] = json!({site: ["reporter"]});
    staff
}

//! Who is there: the provider's lists, everybody with a phone of their own, and the way back in for later.

use crate::client::{Api, Phone, Process};
use anyhow::{Context, Result};
use domain::{
    directory::Directory,
    event::{Author, Event},
    roles::Role,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

pub const PASSWORD: &str = "violet kettle 42";
/// The provider: sets up, and is the only administrator.
const FIRST: &str = "kofi";
const RECEPTION: &str = "reception.json";

/// The provider's lists, as they are sent to the server.
#[derive(Deserialize)]
pub struct Lists {
    pub(super) provider: String,
    pub(super) sites: Vec<Listed>,
    /// Rules of others, of nobody real.
    councils: Vec<Value>,
    contracts: Vec<Value>,
    pub(super) staff: Vec<Member>,
    pub(super) places: Vec<Value>,
    pub(super) people: Vec<Value>,
    pub(super) assets: Vec<Value>,
}

#[derive(Deserialize)]
pub struct Listed {
    pub id: String,
    pub value: Value,
}

/// Somebody who works there, or looks in.
#[derive(Clone, Debug, Deserialize)]
pub struct Member {
    pub id: String,
    pub name: String,
    pub roles: BTreeMap<String, Vec<Role>>,
    /// Stands in for a registered manager: site, from and to.
    #[serde(default)]
    pub delegate: Vec<Value>,
}

pub struct Cast {
    pub members: Vec<Member>,
    pub phones: BTreeMap<String, Phone>,
    pub directory: Arc<Directory>,
}

/// What a later run needs to let new browsers in: the administrator's device.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reception {
    pub person: String,
    device: String,
    epoch: u32,
    tenant: String,
}

#[derive(Deserialize)]
struct Invite {
    code: String,
}

#[derive(Deserialize)]
struct DirectoryReply {
    directory: Directory,
}

pub fn members() -> Result<Vec<Member>> {
    Ok(lists()?.staff)
}

/// The provider of the demonstration: two sites.
pub fn lists() -> Result<Lists> {
    serde_json::from_str(include_str!("provider.json")).context("read the fictional provider")
}

impl Cast {
    /// Sets up the provider of the lists, and brings everybody in.
    pub fn come_in(process: &Process, lists: Lists, now: Instant) -> Result<Cast> {
        let api = &process.api;
        let first_site = lists.sites.first().context("a provider has a site")?;
        let body = json!({
            "token": process.set_up_token()?,
            "provider": lists.provider,
            "site": {"id": first_site.id, "name": first_site.value["name"]},
            "person": {"sign_in": FIRST, "name": FIRST},
            "password": PASSWORD,
        });
        let office = Phone::enrol(api, "/v1/setup", "Office computer", body, 0)?;
        let session = office.session_of(FIRST);
        let post = |changes: Vec<Value>| -> Result<()> {
            let reply =
                api.post("/v1/directory", &session, &json!({"changes": changes, "password": PASSWORD}))?;
            reply.ok::<Value>().context("fill the lists").map(|_| ())
        };
        post(sites(&lists, now))?;
        post(rows(&lists))?;
        let mut cast = Cast { members: lists.staff, phones: BTreeMap::new(), directory: Arc::default() };
        for (number, member) in cast.members.iter().enumerate().filter(|(_, member)| member.id != FIRST) {
            let invite: Invite = api
                .post("/v1/invites", &session, &json!({"staff": member.id, "password": PASSWORD}))?
                .ok()?;
            let body = json!({"code": invite.code, "password": PASSWORD});
            let label = format!("{}'s phone", member.name.split(' ').next().unwrap_or_default());
            let phone = Phone::enrol(api, "/v1/enrol", &label, body, number as u64 + 1)?;
            cast.phones.insert(member.id.clone(), phone);
        }
        let reply: DirectoryReply = api.get("/v1/directory", &session)?.ok()?;
        cast.directory = Arc::new(reply.directory);
        cast.phones.insert(FIRST.to_owned(), office);
        Ok(cast)
    }

    /// Staff who hold a role at a site.
    pub fn holders(&self, site: &str, role: Role) -> Vec<&str> {
        let holds = |member: &&Member| member.roles.get(site).is_some_and(|roles| roles.contains(&role));
        self.members.iter().filter(holds).map(|member| member.id.as_str()).collect()
    }

    pub fn sites(&self) -> Vec<String> {
        self.directory.sites.keys().map(|site| site.to_string()).collect()
    }

    pub fn reception(&self) -> Reception {
        let office = &self.phones[FIRST];
        Reception {
            person: FIRST.to_owned(),
            device: office.id.to_string(),
            epoch: office.epoch(),
            tenant: office.tenant().to_owned(),
        }
    }
}

impl Reception {
    /// Beside the database, for later runs.
    pub fn keep(&self, data: &Path) -> Result<()> {
        fs::write(data.join(RECEPTION), serde_json::to_string(self)?).context("keep the way back in")
    }

    pub fn read(data: &Path) -> Result<Reception> {
        let text =
            fs::read_to_string(data.join(RECEPTION)).context("this data folder holds no demonstration")?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Links for new browsers, each for one use: anybody may sign in there afterwards.
    pub fn links(&self, api: &Api, labels: &[&str], now: Instant) -> Result<Vec<String>> {
        let office = self.office(api, now)?;
        let site = self.site()?;
        let link = |label: &&str| -> Result<String> {
            let body = json!({"device_label": label, "site": site});
            let reply: Value = api.post("/v1/invites", &office.session_of(&self.person), &body)?.ok()?;
            Ok(reply["link"].as_str().unwrap_or_default().to_owned())
        };
        labels.iter().map(link).collect()
    }

    /// A new device on which the same person is signed in. `number`: another one for each.
    pub fn phone(&self, api: &Api, number: u64, now: Instant) -> Result<Phone> {
        let office = self.office(api, now)?;
        let label = format!("Phone {number}");
        let body = json!({"device_label": label, "site": self.site()?});
        let invite: Invite = api.post("/v1/invites", &office.session_of(&self.person), &body)?.ok()?;
        let mut phone = Phone::enrol(api, "/v1/enrol", &label, json!({"code": invite.code}), number)?;
        phone.sign_in(api, &self.person, PASSWORD, now)?;
        Ok(phone)
    }

    /// The first site of the lists.
    pub fn site(&self) -> Result<String> {
        Ok(lists()?.sites.first().map(|site| site.id.clone()).unwrap_or_default())
    }

    /// What was reported by name, in the order in which it arrived.
    pub fn reports(&self, api: &Api, now: Instant) -> Result<Vec<Event>> {
        let mut office = self.office(api, now)?;
        office.pull(api, &self.person)?;
        let rows = office.people.remove(&self.person).map(|mailbox| mailbox.rows).unwrap_or_default();
        let is_report = |event: &Event| event.verb == "report" && matches!(event.by, Author::Staff(_));
        Ok(rows.into_iter().map(|row| row.event).filter(is_report).collect())
    }

    fn office(&self, api: &Api, now: Instant) -> Result<Phone> {
        let mut office = Phone::back(self.device.as_str(), self.epoch, &self.tenant, 0)?;
        // What is signed opens once: each time it is another moment.
        let part = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().subsec_nanos();
        office.sign_in(api, &self.person, PASSWORD, now + chrono::Duration::nanoseconds(part.into()))?;
        Ok(office)
    }
}

/// Everything in the lists, as changes of the directory.
#[cfg(test)]
pub(super) fn changes(lists: &Lists, now: Instant) -> Vec<Value> {
    sites(lists, now).into_iter().chain(rows(lists)).collect()
}

/// Councils and sites first, with the provider at each: only they may then fill in the rest.
fn sites(lists: &Lists, now: Instant) -> Vec<Value> {
    let live_from = now.format("%Y-%m-01").to_string();
    // As the app does when a manager says that these hours are the time to tell the commissioner.
    let hours = lists.contracts.iter().find_map(|contract| contract["hours"].as_u64());
    let site = |site: &Listed| {
        let mut value = site.value.clone();
        value["live_from"] = json!(live_from);
        value["settings"]["contract_hours"] = json!(hours);
        let reason = "Set for a provider of this size";
        json!({"kind": "site", "id": site.id, "value": value, "reason": reason})
    };
    let roles = ["provider", "administrator", "registered_manager"];
    let everywhere: BTreeMap<&str, _> = lists.sites.iter().map(|site| (site.id.as_str(), roles)).collect();
    let first = json!({"kind": "staff", "id": FIRST, "value": {"name": FIRST, "roles": everywhere}});
    listed("council", &lists.councils)
        .into_iter()
        .chain(lists.sites.iter().map(site))
        .chain([first])
        .collect()
}

fn rows(lists: &Lists) -> Vec<Value> {
    let staff = lists.staff.iter().map(|member| {
        json!({"kind": "staff", "id": member.id, "value": {"name": member.name, "roles": member.roles, "delegate": member.delegate}})
    });
    staff
        .chain(listed("place", &lists.places))
        .chain(listed("person", &lists.people))
        .chain(listed("asset", &lists.assets))
        .chain(listed("contract", &lists.contracts))
        .collect()
}

/// Entries that carry their code beside their fields.
fn listed(kind: &str, entries: &[Value]) -> Vec<Value> {
    let row = |entry: &Value| {
        let mut value = entry.clone();
        let id = value.as_object_mut().and_then(|fields| fields.remove("id"));
        json!({"kind": kind, "id": id, "value": value})
    };
    entries.iter().map(row).collect()
}

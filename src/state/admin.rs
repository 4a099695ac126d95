//! The provider's lists, invitations and devices. All of it needs the server.

use super::{Problem, Session, explain, lists::Lists};
use crate::browser::{
    http::{Ask, Reply},
    json,
};
use crate::text::links as text;
#[cfg(feature = "desk")]
use chrono::NaiveDate;
use domain::{
    ids::{DeviceId, SiteId, StaffId},
    time::Instant,
};
use leptos::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

#[derive(Clone, Copy)]
pub struct Admin {
    session: RwSignal<Session>,
    lists: Lists,
}

/// A change that was not accepted; none of it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    pub problem: Problem,
    pub rows: Vec<RowProblem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RowProblem {
    /// Place in the list of changes, counted from 1.
    pub row: usize,
    #[serde(default)]
    pub field: String,
    pub sentence: String,
}

/// Valid for 30 minutes, once.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Invite {
    pub code: String,
    pub link: String,
    pub expires_at: Instant,
    #[serde(default)]
    pub qr_svg: String,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DeviceRow {
    pub id: DeviceId,
    pub label: String,
    pub shared: bool,
    /// Where a shared device stays.
    pub site: Option<SiteId>,
    /// Who has signed in on it at some time.
    pub people: Vec<DevicePerson>,
    pub enrolled_at: Instant,
    pub last_contact_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
    /// The device that asks.
    pub this: bool,
    /// By whoever asks; a service of before does not tell, and refuses.
    #[serde(default = "yes")]
    pub removable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DevicePerson {
    pub id: StaffId,
    pub name: String,
}

/// A link for somebody outside that ended with the role of whoever made it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct EndedLink {
    pub reader: String,
    /// Their name.
    pub made_by: String,
}

impl EndedLink {
    /// What was done, and after it each link that ended with it.
    pub fn told_after(done: &str, links: &[EndedLink]) -> String {
        let told = links.iter().map(|link| text::ended(&link.reader, &link.made_by));
        std::iter::once(done.to_owned()).chain(told).collect::<Vec<_>>().join(" ")
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self { problem, rows: Vec::new() }
    }
}

impl Admin {
    pub(super) fn new(session: RwSignal<Session>, lists: Lists) -> Self {
        Self { session, lists }
    }

    /// All or nothing: `[{kind: site|place|person|asset|staff, id, value or null to retire}]`.
    /// Gives the links for people outside that ended with it. `password`: of whoever asks.
    /// # Errors  with the field `password` when it is needed, or not right: somebody gets a role beyond reporting.
    pub async fn change(
        &self,
        changes: Vec<Value>,
        password: Option<&str>,
    ) -> Result<Vec<EndedLink>, Refused> {
        #[derive(Deserialize)]
        struct Changed {
            #[serde(default)]
            ended_links: Vec<EndedLink>,
        }
        #[derive(Deserialize)]
        struct Rows {
            rows: Vec<RowProblem>,
        }
        let reply = self.post("/v1/directory", &json!({ "changes": changes, "password": password })).await?;
        if let Some(Rows { rows }) = json::read(&reply.body) {
            return Err(Refused { problem: explain::refused(&reply), rows });
        }
        let Changed { ended_links } = explain::read(&reply)?;
        self.lists.fetch().await?;
        Ok(ended_links)
    }

    /// `password`: of whoever asks.
    /// # Errors  with the field `password` when it is needed, or not right: the person can sign in already, or does more
    /// than report.
    pub async fn invite_staff(&self, staff: &StaffId, password: Option<&str>) -> Result<Invite, Problem> {
        let body = json!({ "staff": staff, "password": password });
        explain::read(&self.post("/v1/invites", &body).await?)
    }

    pub async fn invite_device(&self, label: &str, site: &SiteId) -> Result<Invite, Problem> {
        explain::read(&self.post("/v1/invites", &json!({ "device_label": label, "site": site })).await?)
    }

    /// Somebody of an agency may report at this site until the end of this day. The code is good for 12 hours.
    #[cfg(feature = "desk")]
    pub async fn make_pass(&self, site: &SiteId, until: NaiveDate, name: &str) -> Result<Invite, Problem> {
        let body = json!({ "site": site, "until": until, "name": name });
        explain::read(&self.post("/v1/passes", &body).await?)
    }

    pub async fn devices(&self) -> Result<Vec<DeviceRow>, Problem> {
        #[derive(Deserialize)]
        struct Devices {
            devices: Vec<DeviceRow>,
        }
        Ok(self.read::<Devices>("/v1/devices").await?.devices)
    }

    /// The device can send what it still holds; it gets nothing any more.
    pub async fn revoke(&self, device: &DeviceId) -> Result<(), Problem> {
        let reply = self.post(&format!("/v1/devices/{device}/revoke"), &json!({})).await?;
        explain::read::<Value>(&reply).map(drop)
    }

    pub(super) async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, Problem> {
        explain::read(&Ask::get(path, &self.device()).send().await?)
    }

    #[cfg(feature = "desk")]
    pub(super) async fn tell<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Problem> {
        explain::read(&self.post(path, body).await?)
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Reply, Problem> {
        let body = body.to_string();
        Ok(Ask::post(path, &self.device(), &body).send().await?)
    }

    pub(super) fn device(&self) -> String {
        self.session.read_untracked().device().map(|device| device.id.to_string()).unwrap_or_default()
    }
}

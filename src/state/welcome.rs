//! What the server answers when a device joins or a person signs in.

use super::session::{Device, Me};
use crate::browser::http::{self, Reply};
use domain::{
    ids::{DeviceId, SiteId, StaffId},
    roles::Role,
    time::Instant,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use sync::base64url;

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Welcome {
    pub tenant: String,
    pub provider: String,
    pub device: DeviceTold,
    #[serde(default)]
    pub person: Option<PersonTold>,
    #[serde(default)]
    pub roles: BTreeMap<SiteId, Vec<Role>>,
    pub server_time: Instant,
    /// Opens what this person has on this device, whatever became of their PIN. Base64url.
    #[serde(default)]
    pub share: Option<String>,
    /// The lists of its site, for a shared device that nobody has signed in on.
    #[serde(default)]
    pub directory: Option<Value>,
    /// What a rescue file is encrypted to.
    #[serde(default)]
    pub rescue_key: Option<String>,
    /// An order to forget everything must be signed with it.
    #[serde(default)]
    pub server_key: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct DeviceTold {
    pub id: DeviceId,
    pub label: String,
    pub epoch: u32,
    #[serde(default)]
    pub shared: bool,
    #[serde(default)]
    pub site: Option<SiteId>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct PersonTold {
    pub id: StaffId,
    pub name: String,
    pub sign_in: String,
}

impl Welcome {
    pub fn device(&self) -> Device {
        let DeviceTold { id, label, epoch, shared, site } = self.device.clone();
        Device {
            id,
            tenant: self.tenant.clone(),
            provider: self.provider.clone(),
            label,
            epoch,
            shared,
            site,
        }
    }

    pub fn me(&self) -> Option<Me> {
        let PersonTold { id, name, sign_in } = self.person.clone()?;
        let sites = self.roles.iter().filter(|(_, roles)| !roles.is_empty()).map(|(site, _)| site.clone());
        Some(Me { staff: id, name, sign_in, sites: sites.collect() })
    }

    pub fn share(&self) -> Option<Vec<u8>> {
        base64url::decode(self.share.as_deref()?)
    }

    pub fn offset_ms(&self, reply: &Reply) -> i64 {
        http::offset_ms(reply.asked_at, reply.answered_at, self.server_time)
    }
}

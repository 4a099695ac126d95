//! Who is here: this device's place at the provider, and the person signed in on it.

use domain::ids::{DeviceId, SiteId, StaffId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Session {
    /// The store on this device has not been read yet.
    #[default]
    Loading,
    /// The store on this device cannot be used: why, and what is kept all the same.
    Broken {
        why: &'static str,
        kept: &'static str,
    },
    NotEnrolled,
    SignedOut {
        device: Device,
    },
    SignedIn {
        device: Device,
        me: Me,
    },
    /// A manager removed this device, and the service has signed that. It sends what it has; when there is no device
    /// any more, everything is forgotten.
    Removed {
        device: Option<Device>,
        /// Could not be sent in time.
        photos_lost: usize,
    },
}

/// This phone, tablet or browser, as the provider knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: DeviceId,
    pub tenant: String,
    pub provider: String,
    pub label: String,
    pub epoch: u32,
    /// Used by several people, each with their own sign-in.
    pub shared: bool,
    /// Where a shared device stays.
    #[serde(default)]
    pub site: Option<SiteId>,
}

/// The person signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub staff: StaffId,
    pub name: String,
    pub sign_in: String,
    pub sites: Vec<SiteId>,
}

/// The first start of a provider's server: the first person and the first site.
#[derive(Clone, Debug, Default)]
pub struct SetUp {
    pub token: String,
    pub provider: String,
    pub site_name: String,
    pub name: String,
    pub sign_in: String,
    pub password: String,
    /// What this device is called in the list of devices.
    pub label: String,
}

/// An invitation used on this device.
#[derive(Clone, Debug, Default)]
pub struct Join {
    pub code: String,
    /// Needed when the invitation is for a person.
    pub password: Option<String>,
    pub label: String,
}

impl Session {
    pub fn device(&self) -> Option<&Device> {
        match self {
            Session::SignedOut { device } | Session::SignedIn { device, .. } => Some(device),
            Session::Removed { device, .. } => device.as_ref(),
            Session::Loading | Session::Broken { .. } | Session::NotEnrolled => None,
        }
    }

    pub fn me(&self) -> Option<&Me> {
        match self {
            Session::SignedIn { me, .. } => Some(me),
            _ => None,
        }
    }
}

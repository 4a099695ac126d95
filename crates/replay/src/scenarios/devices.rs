//! The simulated devices: clocks that may be wrong, contact that comes and goes, and who uses them.

use super::file::{Clock, Event, Scenario};
use domain::time::Instant;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub struct Device {
    clock: Vec<Clock>,
    first_contact: Option<Instant>,
    pub away: bool,
    /// Device clock minus server clock at the last contact before it went away.
    offset_min: Option<i64>,
    /// Author of the latest event written on it.
    pub user: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Devices(BTreeMap<String, Device>);

impl Devices {
    pub fn new(scenario: &Scenario) -> Self {
        let mut devices: BTreeMap<String, Device> = BTreeMap::new();
        for device in &scenario.devices {
            let known = Device {
                clock: device.clock.clone(),
                first_contact: device.first_contact,
                ..Device::default()
            };
            devices.insert(device.id.clone(), known);
        }
        // Before anybody writes on a shared device, its user is the first who will.
        for event in &scenario.events {
            let device = devices.entry(event.device().to_owned()).or_default();
            device.user.get_or_insert_with(|| event.by.clone());
        }
        for staff in &scenario.staff {
            devices.entry(staff.id.clone()).or_default().user = Some(staff.id.clone());
        }
        Self(devices)
    }

    pub fn of(&mut self, device: &str) -> &mut Device {
        self.0.entry(device.to_owned()).or_default()
    }

    pub fn wrote(&mut self, event: &Event) {
        self.of(event.device()).user = Some(event.by.clone());
    }
}

impl Device {
    /// Minutes that the device clock is ahead at a true instant.
    pub fn clock_min(&self, at: Instant) -> i64 {
        self.clock.iter().rfind(|entry| entry.from <= at).map_or(0, |entry| entry.offset_min)
    }

    /// The offset that the device itself knows: measured now while it is in contact.
    pub fn known_offset_min(&self, at: Instant) -> Option<i64> {
        if self.away { self.offset_min } else { Some(self.clock_min(at)) }
    }

    /// # Returns  False when the device was away already.
    pub fn leave(&mut self, at: Instant) -> bool {
        if self.away {
            return false;
        }
        self.away = true;
        let had_contact = self.first_contact.is_none_or(|contact| contact <= at);
        let before = self.clock.iter().rfind(|entry| entry.from < at).map_or(0, |entry| entry.offset_min);
        self.offset_min = had_contact.then_some(before);
        true
    }
}

//! How many connections there may be, in all and from one address, so that one caller leaves room for the others.

use crate::door::limits::network_of;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// More wait in the queue of the system.
const CONNECTIONS: usize = 10_000;
/// A large home behind one address has some dozens of devices, each with a few connections.
const OF_ONE_ADDRESS: usize = 512;

#[derive(Clone)]
pub struct Gate {
    all: Arc<Semaphore>,
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
    of_one: usize,
    /// Whether the connections of an address are counted.
    counted: fn(IpAddr) -> bool,
}

/// Free again when it is dropped.
pub struct Place {
    gate: Gate,
    address: Option<IpAddr>,
}

impl Gate {
    pub fn new() -> Gate {
        // Behind a proxy on this machine everybody comes from here, and whoever is here has other ways.
        Gate::of(OF_ONE_ADDRESS, |address| !address.to_canonical().is_loopback())
    }

    fn of(of_one: usize, counted: fn(IpAddr) -> bool) -> Gate {
        Gate { all: Arc::new(Semaphore::new(CONNECTIONS)), counts: Arc::default(), of_one, counted }
    }

    /// A place among all, when there is one.
    pub async fn room(&self) -> Option<OwnedSemaphorePermit> {
        self.all.clone().acquire_owned().await.ok()
    }

    /// `None`: this address has as many as it may have.
    pub fn enter(&self, address: IpAddr) -> Option<Place> {
        if !(self.counted)(address) {
            return Some(Place { gate: self.clone(), address: None });
        }
        let address = network_of(address);
        let mut counts = self.counts();
        let count = counts.entry(address).or_default();
        if *count >= self.of_one {
            return None;
        }
        *count += 1;
        Some(Place { gate: self.clone(), address: Some(address) })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut counts = self.gate.counts();
        if let Some(count) = counts.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&address);
            }
        }
    }
}

#[cfg(test)]
impl Gate {
    /// Also counts this machine.
    pub fn narrow(of_one: usize) -> Gate {
        Gate::of(of_one, |_| true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_so_many_and_leaves_room_for_others_and_for_a_proxy_here() {
        let gate = Gate::new();
        let at = |text: &str| text.parse::<IpAddr>().expect("an address");
        let mut held: Vec<Place> = (0..512).filter_map(|_| gate.enter(at("192.0.2.7"))).collect();
        assert_eq!(held.len(), 512);
        assert!(gate.enter(at("192.0.2.7")).is_none() && gate.enter(at("::ffff:192.0.2.7")).is_none());
        assert!(gate.enter(at("192.0.2.8")).is_some(), "somebody else");
        held.pop();
        held.extend(gate.enter(at("192.0.2.7")));
        assert_eq!(held.len(), 512, "one went, one came");
        held.clear();
        assert!(gate.counts().is_empty(), "nobody is remembered");
        let here: Vec<Place> = (0..600).filter_map(|_| gate.enter(at("127.0.0.1"))).collect();
        assert_eq!(here.len(), 600);
    }
}

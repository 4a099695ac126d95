//! What is remembered outside the database: where the chain of this device ended, and which device this is.
//! Kept twice, in localStorage and in Cache Storage: a database that lost its end or was emptied is noticed.

use super::{cache, json};
use domain::ids::DeviceId;
use gloo_storage::{LocalStorage, Storage};
use sync::{Head, witness::Witness};
use wasm_bindgen_futures::spawn_local;

const HEAD: &str = "head";
const DEVICE: &str = "device";

/// Beside the database of this name.
#[derive(Clone, Debug)]
pub struct Beside(String);

impl Beside {
    pub fn new(database: &str) -> Self {
        Self(database.to_owned())
    }

    /// The chain of the device ends here now.
    pub fn set_head(&self, device: &DeviceId, epoch: u32, head: Head) {
        self.keep(
            HEAD,
            json::write(&Witness { device: device.clone(), epoch, dseq: head.dseq, hash: head.hash }),
        );
    }

    /// The same as soon as the caller has gone on: the event itself is durable, and until this is remembered the
    /// database knows better. Nothing that is further on is written over.
    pub fn set_head_soon(&self, device: &DeviceId, epoch: u32, head: Head) {
        let (this, device) = (self.clone(), device.clone());
        spawn_local(async move {
            if this.head(&device, epoch).is_none_or(|known| known.dseq <= head.dseq) {
                this.set_head(&device, epoch, head);
            }
        });
    }

    /// Where the chain of this device ended, as remembered in this tab's quick place.
    pub fn head(&self, device: &DeviceId, epoch: u32) -> Option<Head> {
        let witness: Witness = json::read(&self.quick(HEAD)?)?;
        witness.head_of(device, epoch)
    }

    /// Brings the two places together: the later one counts.
    pub async fn agree(&self, device: &DeviceId, epoch: u32) {
        let slow: Option<Witness> = cache::get(&self.name(HEAD)).await.as_deref().and_then(json::read);
        let Some(slow) = slow.and_then(|witness| witness.head_of(device, epoch)) else { return };
        if self.head(device, epoch).is_none_or(|quick| quick.dseq < slow.dseq) {
            self.set_head(device, epoch, slow);
        }
    }

    /// Who this device is, as text.
    pub fn set_device(&self, device: &str) {
        self.keep(DEVICE, device.to_owned());
    }

    pub async fn device(&self) -> Option<String> {
        match self.quick(DEVICE) {
            Some(device) => Some(device),
            None => cache::get(&self.name(DEVICE)).await,
        }
    }

    /// A place that does not keep it leaves the other one.
    fn keep(&self, what: &str, text: String) {
        let name = self.name(what);
        LocalStorage::set(&name, &text).unwrap_or_default();
        spawn_local(async move { cache::put(&name, &text).await });
    }

    fn quick(&self, what: &str) -> Option<String> {
        LocalStorage::get(self.name(what)).ok()
    }

    fn name(&self, what: &str) -> String {
        format!("{}.{what}", self.0)
    }
}

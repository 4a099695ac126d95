//! How safely this device keeps data.

use super::{App, damage::Damage};
use crate::browser::{kept_safe, seal::Protection};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Storage {
    /// The browser promised not to clear it; none where it does not say.
    pub kept_safe: Option<bool>,
    pub used_bytes: Option<u64>,
    pub quota_bytes: Option<u64>,
    /// How well the key of this device is kept.
    pub protection: Protection,
    pub damage: Damage,
    /// Everything was pulled again because rows were missing, and some still are.
    pub misses_rows: bool,
}

impl App {
    /// Asks the browser not to clear this device's data. Browsers may ask the person.
    pub async fn ask_to_keep_safe(&self) {
        let kept_safe = kept_safe::ask().await;
        self.storage.update(|storage| storage.kept_safe = kept_safe);
    }

    pub(super) fn look_at_storage(&self) {
        let storage = self.storage;
        spawn_local(async move {
            let (kept, room) = (kept_safe::is_kept().await, kept_safe::room().await);
            storage.update(|storage| {
                storage.kept_safe = kept;
                storage.used_bytes = room.used_bytes;
                storage.quota_bytes = room.quota_bytes;
            });
            kept_safe::lay_ballast().await;
        });
    }
}

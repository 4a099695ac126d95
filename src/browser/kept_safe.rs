//! Asks the browser to keep this device's data, and how much room there is.

use super::{cache, js};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Bytes used and bytes allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    pub used_bytes: Option<u64>,
    pub quota_bytes: Option<u64>,
}

/// Room that is given up when a save finds the disk full.
pub const BALLAST: &str = "ballast";
const BALLAST_BYTES: usize = 256 * 1024;

/// Without room it is not laid, and nothing depends on it.
pub async fn lay_ballast() {
    if !cache::has(BALLAST).await {
        cache::put(BALLAST, &"0".repeat(BALLAST_BYTES)).await;
    }
}

/// So much must be free before anything is kept that the service has.
const SPARE_ROOM_BYTES: u64 = 64 * 1024 * 1024;

/// Room for what could be let go. A browser that does not say is tried.
pub async fn has_room_to_spare() -> bool {
    let Room { used_bytes, quota_bytes } = room().await;
    quota_bytes.zip(used_bytes).is_none_or(|(quota, used)| quota.saturating_sub(used) >= SPARE_ROOM_BYTES)
}

/// `None` where the browser does not say.
pub async fn is_kept() -> Option<bool> {
    JsFuture::from(manager()?.persisted().ok()?).await.ok()?.as_bool()
}

pub async fn ask() -> Option<bool> {
    JsFuture::from(manager()?.persist().ok()?).await.ok()?.as_bool()
}

pub async fn room() -> Room {
    let estimate = async {
        let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
        let bytes = |name| js::get(&estimate, name).as_f64().map(|bytes| bytes as u64);
        Some(Room { used_bytes: bytes("usage"), quota_bytes: bytes("quota") })
    };
    estimate.await.unwrap_or_default()
}

/// Absent on pages that are not secure.
fn manager() -> Option<StorageManager> {
    let navigator = js::window()?.navigator();
    Some(js::get(&navigator, "storage")).filter(JsValue::is_object).map(JsCast::unchecked_into)
}

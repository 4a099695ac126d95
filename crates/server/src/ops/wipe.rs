//! What a removed device is told beside every receipt and every refusal: forget everything, signed with the key of
//! this server, which the device learned when it joined. See `sync::wipe` for what it does then.

use crate::{app::App, clock::micros, error::AppError, store::Device};
use sync::wipe::WipeOrder;

/// `None` for a device that was not removed.
pub fn order(app: &App, device: &Device) -> Option<WipeOrder> {
    let at = micros(device.revoked_at?);
    let mut order =
        WipeOrder { device: device.id.as_str().into(), epoch: device.epoch, at, sig: String::new() };
    order.sig = app.key.sign(&order.text());
    Some(order)
}

/// A refusal with the order, when the device that is refused was removed. Its session ended with it, so that it may
/// only hear that somebody has to sign in.
pub async fn told(app: &App, device: &str, error: AppError) -> AppError {
    let door = app.store.door();
    let Ok(Some(tenant)) = door.by_device(device).await else { return error };
    match app.store.read(&tenant).device(device).await {
        Ok(Some(device)) => error.with_order(order(app, &device)),
        // The refusal stands in any case.
        Ok(None) | Err(_) => error,
    }
}

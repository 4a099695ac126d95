//! A new password for oneself. Everything else of this person that is signed in elsewhere is signed out.

use super::{App, Problem, explain, welcome::Welcome};
use crate::browser::http::Ask;
use serde_json::json;

impl App {
    /// # Errors  with the field `current` or `new` where one of them is at fault.
    pub async fn change_password(&self, current: &str, new: &str) -> Result<(), Problem> {
        let device = self.device().map(|device| device.id).unwrap_or_default();
        let body = json!({ "current": current, "new": new }).to_string();
        let reply = Ask::post("/v1/password", &device, &body).send().await?;
        explain::read::<Welcome>(&reply).map(drop)
    }
}

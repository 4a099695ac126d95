//! Legal holds of a record. Needs the service.

use super::{Admin, Problem};
use domain::time::Instant;
use serde::Deserialize;
use serde_json::json;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Hold {
    pub set_at: Instant,
    pub set_by: String,
    pub reason: String,
    pub lifted_at: Option<Instant>,
    pub lifted_by: Option<String>,
    pub lift_reason: Option<String>,
}

#[derive(Deserialize)]
struct Holds {
    /// The latest first.
    holds: Vec<Hold>,
}

impl Admin {
    pub async fn holds(&self, record: &str) -> Result<Vec<Hold>, Problem> {
        Ok(self.read::<Holds>(&format!("/v1/records/{record}/hold")).await?.holds)
    }

    /// The record must be kept, or no longer.
    pub async fn hold(&self, record: &str, hold: bool, reason: &str) -> Result<Vec<Hold>, Problem> {
        let body = json!({ "hold": hold, "reason": reason });
        Ok(self.tell::<Holds>(&format!("/v1/records/{record}/hold"), &body).await?.holds)
    }
}

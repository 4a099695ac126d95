//! Where the person is signed in, and ending that elsewhere. Needs the server.

use super::{App, Problem, explain};
use crate::browser::http::Ask;
use domain::time::Instant;
use serde::Deserialize;
use serde_json::json;

/// One device on which the person is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SessionRow {
    pub device: String,
    pub label: String,
    pub shared: bool,
    pub started_at: Instant,
    /// This device.
    pub this: bool,
}

#[derive(Deserialize)]
struct Sessions {
    sessions: Vec<SessionRow>,
}

impl App {
    /// This device first.
    pub async fn own_sessions(&self) -> Result<Vec<SessionRow>, Problem> {
        let device = self.device().map(|device| device.id).unwrap_or_default();
        let list: Sessions = explain::read(&Ask::get("/v1/sessions", &device).send().await?)?;
        Ok(list.sessions)
    }

    /// Signs the person out on one other device, or on all of them where none is named; answers what is left.
    /// # Errors  with the field `password` when it is not right.
    pub async fn sign_out_elsewhere(
        &self,
        on: Option<&str>,
        password: &str,
    ) -> Result<Vec<SessionRow>, Problem> {
        let device = self.device().map(|device| device.id).unwrap_or_default();
        let body = json!({ "password": password, "device": on }).to_string();
        let list: Sessions = explain::read(&Ask::post("/v1/sessions/end", &device, &body).send().await?)?;
        Ok(list.sessions)
    }
}

//! Requests to a Noticed server. A refusal is an answer like any other; only a broken line is an error.

use anyhow::{Context, Result, bail};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::time::Duration;
use sync::wire::CONTENT_TYPE;

const PATIENCE: Duration = Duration::from_secs(60);

pub struct Api {
    pub base: String,
    agent: ureq::Agent,
}

/// Who asks: the device, and the cookie of a person who is signed in on it.
#[derive(Clone, Debug, Default)]
pub struct Session {
    pub device: Option<String>,
    pub cookie: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub content_type: Option<String>,
    pub cookie: Option<String>,
    pub body: Vec<u8>,
}

impl Api {
    pub fn new(base: impl Into<String>) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        Self { base: base.into(), agent: config.build().into() }
    }

    pub fn get(&self, path: &str, who: &Session) -> Result<Reply> {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in who.headers() {
            request = request.header(name, value);
        }
        read(request.call().with_context(|| format!("GET {path}"))?)
    }

    pub fn post(&self, path: &str, who: &Session, body: &impl Serialize) -> Result<Reply> {
        self.post_text(path, who, &serde_json::to_string(body)?)
    }

    pub fn post_text(&self, path: &str, who: &Session, body: &str) -> Result<Reply> {
        let mut request =
            self.agent.post(format!("{}{path}", self.base)).header("content-type", CONTENT_TYPE);
        for (name, value) in who.headers() {
            request = request.header(name, value);
        }
        read(request.send(body).with_context(|| format!("POST {path}"))?)
    }
}

impl Session {
    fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let device = self.device.as_deref().map(|device| ("x-noticed-device", device));
        let cookie = self.cookie.as_deref().map(|cookie| ("cookie", cookie));
        device.into_iter().chain(cookie)
    }
}

impl Reply {
    pub fn is_ok(&self) -> bool {
        self.status == 200
    }

    /// # Errors  Any other status; the server's own words are in the message.
    pub fn ok<T: DeserializeOwned>(&self) -> Result<T> {
        if !self.is_ok() {
            bail!("status {}: {}", self.status, String::from_utf8_lossy(&self.body));
        }
        serde_json::from_slice(&self.body).context("read the reply")
    }

    /// The stable code of a refusal.
    pub fn code(&self) -> Option<String> {
        let body: Value = serde_json::from_slice(&self.body).ok()?;
        body.get("code")?.as_str().map(str::to_owned)
    }
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Result<Reply> {
    let header =
        |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let cookie = header("set-cookie").and_then(|cookie| cookie.split(';').next().map(str::to_owned));
    let (status, content_type) = (response.status().as_u16(), header("content-type"));
    let body = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec()?;
    Ok(Reply { status, content_type, cookie, body })
}

//! Read-only links for people outside, and the address of a person's own calendar. All of it needs the server.

use super::{Problem, Session, explain};
use crate::browser::http::Ask;
use chrono::NaiveDate;
use domain::{ids::SiteId, time::Instant};
use leptos::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

#[derive(Clone, Copy)]
pub struct Outside {
    session: RwSignal<Session>,
}

/// What a new link shows, to whom, for how many days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewLink {
    pub reader: String,
    pub days: u32,
    pub kind: String,
    pub sites: Vec<SiteId>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// Codes of `category`; empty for all.
    pub categories: Vec<String>,
}

/// Shown once: only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct MadeLink {
    pub link: String,
    pub expires_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LinkRow {
    pub id: String,
    pub reader: String,
    pub shows: Shows,
    /// The framework of a link for an inspection.
    #[serde(default)]
    pub laid_out: Option<LaidOut>,
    pub made_by: String,
    pub made_at: Instant,
    pub expires_at: Instant,
    pub ended_at: Option<Instant>,
    /// It shows nothing: whoever made it may not give such a link today. A service of before does not tell.
    #[serde(default)]
    pub maker_left: bool,
    pub views: u64,
    pub last_view: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Shows {
    pub kind: String,
    pub sites: Vec<SiteId>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    #[serde(default)]
    pub categories: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LaidOut {
    pub title: String,
    pub version: String,
    /// What became of it since the link was made, in a sentence.
    #[serde(default)]
    pub since: Option<String>,
}

/// The address is there only when it was just made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Calendar {
    pub link: Option<String>,
    pub since: Option<Instant>,
}

impl Outside {
    pub(super) fn new(session: RwSignal<Session>) -> Self {
        Self { session }
    }

    pub async fn links(self) -> Result<Vec<LinkRow>, Problem> {
        #[derive(Deserialize)]
        struct Links {
            links: Vec<LinkRow>,
        }
        Ok(self.get::<Links>("/v1/links").await?.links)
    }

    pub async fn make_link(self, link: &NewLink) -> Result<MadeLink, Problem> {
        self.post("/v1/links", &json!(link)).await
    }

    pub async fn end_link(self, id: &str) -> Result<(), Problem> {
        self.post::<Value>(&format!("/v1/links/{id}/end"), &json!({})).await.map(drop)
    }

    pub async fn calendar(self) -> Result<Calendar, Problem> {
        self.get("/v1/calendar").await
    }

    /// The address before, if there was one, ends.
    pub async fn make_calendar(self) -> Result<Calendar, Problem> {
        self.post("/v1/calendar", &json!({})).await
    }

    pub async fn end_calendar(self) -> Result<(), Problem> {
        self.post::<Value>("/v1/calendar/end", &json!({})).await.map(drop)
    }

    async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, Problem> {
        explain::read(&Ask::get(path, &self.device()).send().await?)
    }

    async fn post<T: DeserializeOwned>(self, path: &str, body: &Value) -> Result<T, Problem> {
        let body = body.to_string();
        explain::read(&Ask::post(path, &self.device(), &body).send().await?)
    }

    fn device(self) -> String {
        self.session.read_untracked().device().map(|device| device.id.to_string()).unwrap_or_default()
    }
}

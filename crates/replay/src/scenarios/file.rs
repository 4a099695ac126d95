//! One scenario file, exactly as scenario-schema.md fixes it. A key that is not listed there is an error.

use super::{text, yaml};
use anyhow::{Result, anyhow, ensure};
use chrono::NaiveDate;
use domain::{
    directory::{Delegation, Settings},
    roles::Role,
    time::Instant,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    #[serde(rename = "scenario", deserialize_with = "text::required")]
    pub name: String,
    #[serde(deserialize_with = "text::required")]
    /// For the reader of the file.
    pub title: String,
    pub sites: Vec<Site>,
    pub staff: Vec<Staff>,
    #[serde(default)]
    pub devices: Vec<Device>,
    pub events: Vec<Event>,
    pub expect: Vec<Expectation>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    #[serde(deserialize_with = "text::required")]
    pub id: String,
    #[serde(default, deserialize_with = "text::list")]
    pub units: Vec<String>,
    #[serde(default, deserialize_with = "text::date")]
    pub live_from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "text::settings")]
    pub settings: Settings,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    #[serde(deserialize_with = "text::required")]
    pub id: String,
    pub roles: BTreeMap<String, Vec<Role>>,
    #[serde(default, deserialize_with = "text::date")]
    pub from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "text::date")]
    pub to: Option<NaiveDate>,
    #[serde(default)]
    pub delegate: Vec<Delegate>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegate {
    #[serde(deserialize_with = "text::required")]
    site: String,
    from: NaiveDate,
    to: NaiveDate,
}

impl Delegate {
    pub fn site(&self) -> &String {
        &self.site
    }
}

impl From<&Delegate> for Delegation {
    fn from(delegate: &Delegate) -> Self {
        Delegation { site: delegate.site.as_str().into(), from: delegate.from, to: delegate.to }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    #[serde(deserialize_with = "text::required")]
    pub id: String,
    #[serde(default)]
    pub clock: Vec<Clock>,
    #[serde(default, deserialize_with = "text::maybe_instant")]
    pub first_contact: Option<Instant>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    #[serde(deserialize_with = "text::instant")]
    pub from: Instant,
    pub offset_min: i64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    #[serde(deserialize_with = "text::required")]
    pub id: String,
    #[serde(deserialize_with = "text::instant")]
    pub at: Instant,
    #[serde(deserialize_with = "text::required")]
    pub by: String,
    #[serde(rename = "do", deserialize_with = "text::required")]
    pub verb: String,
    #[serde(default, deserialize_with = "text::maybe")]
    pub site: Option<String>,
    #[serde(default, deserialize_with = "text::maybe")]
    pub record: Option<String>,
    #[serde(default)]
    pub with: Map<String, Value>,
    #[serde(default, deserialize_with = "text::maybe")]
    pub device: Option<String>,
    #[serde(default, deserialize_with = "text::maybe_instant")]
    pub offline_until: Option<Instant>,
    #[serde(default, deserialize_with = "text::maybe_instant")]
    pub offline_from: Option<Instant>,
    #[serde(default, deserialize_with = "text::maybe")]
    pub seen: Option<String>,
    #[serde(default = "once")]
    pub deliveries: u32,
    #[serde(default, deserialize_with = "text::maybe")]
    pub same_id_as: Option<String>,
    #[serde(default, deserialize_with = "text::maybe")]
    pub token: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    #[serde(deserialize_with = "text::instant")]
    pub at: Instant,
    #[serde(default = "server", deserialize_with = "text::required")]
    pub seen_by: String,
    #[serde(deserialize_with = "text::required")]
    pub check: String,
    pub of: Value,
    pub is: Value,
}

/// The value of `seen` that means: no event of the record at all.
pub const NOTHING: &str = "nothing";
pub const SERVER: &str = "server";
pub const ANONYMOUS: &str = "anonymous";

fn once() -> u32 {
    1
}

fn server() -> String {
    SERVER.to_owned()
}

/// Reads and checks the words of one file. `name`: that of the file, without `.yaml`.
/// # Errors  Names the place inside the file, for example `events[3].with`: `unknown field`.
pub fn read(name: &str, words: &str) -> Result<Scenario> {
    let scenario = parse(words)?;
    super::sound::check(&scenario)?;
    ensure!(name == scenario.name, "scenario: `{}` is not the name of the file", scenario.name);
    Ok(scenario)
}

/// Reads the words of one file, without looking at what they mean.
/// # Errors  As `read`.
pub fn parse(words: &str) -> Result<Scenario> {
    let value = yaml::parse(words)?;
    serde_path_to_error::deserialize(value).map_err(|error| anyhow!("{}: {}", error.path(), error.inner()))
}

impl Event {
    /// The device it is written on: the author's own, unless one is named.
    pub fn device(&self) -> &str {
        self.device.as_deref().unwrap_or(&self.by)
    }

    pub fn is_anonymous(&self) -> bool {
        self.by == ANONYMOUS
    }
}

//! Two providers with homes, staff and devices, enrolled once through the real doors of the server.
//! Every seed starts on a copy. Names that the server draws are replaced, so that a seed is always the same.

use crate::{
    chance::Chance,
    service::{Answer, Ask, answer, config},
};
use anyhow::{Context, Result};
use chrono::DateTime;
use domain::time::Instant;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use server::{
    clock::Clock,
    place::Place,
    start::{InProcess, add_provider},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicI64},
};
use sync::{Hash, base64url};
use tempfile::TempDir;

pub const PASSWORD: &str = "green kettle on the hob";
/// Its hash at the least cost: the office gives it with each change of the lists, and at the cost of every day that is a
/// fifth of a story.
const QUICK_HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$c2ltdWxhdGlvbg$Gu/Ys9VD5dNpQq3GgwbgE6OUOg2kl5GNrA/ceXqR6tA";
pub const SITES: [&str; 2] = ["elm", "oak"];

/// Code, roles at elm, roles at oak. Both providers have the same codes: nothing may depend on them.
pub const STAFF: [(&str, &[&str], &[&str]); 9] = [
    ("rita", &["reporter"], &[]),
    ("sean", &["senior", "reporter"], &[]),
    ("lena", &["shift_lead"], &[]),
    ("mara", &["registered_manager"], &[]),
    ("medi", &["medication_lead"], &[]),
    ("hugh", &["maintenance_lead"], &[]),
    ("dora", &["deputy_manager"], &[]),
    ("oki", &[], &["reporter", "registered_manager"]),
    ("sol", &[], &["senior", "medication_lead", "maintenance_lead"]),
];

/// Who is on the first devices of a provider, so that every step has somebody; later ones are drawn.
const FIRST: [&[&str]; 5] = [
    &["mara", "sean"],
    &["sean", "rita", "lena"],
    &["dora", "mara"],
    &["medi", "hugh"],
    &["oki", "sol", "rita"],
];

pub struct Prepared {
    pub folder: TempDir,
    pub devices: Vec<Joined>,
    /// Of each provider, somebody who keeps the lists of both homes.
    pub bosses: Vec<Boss>,
    pub server_epoch: String,
}

/// A device that has joined.
#[derive(Clone, Debug)]
pub struct Joined {
    /// Which of the providers.
    pub provider: usize,
    pub tenant: String,
    pub id: String,
    pub epoch: u32,
    pub key: SigningKey,
    /// Who has signed in on it, each with their session.
    pub people: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct Boss {
    pub tenant: String,
    pub device: String,
    pub cookie: String,
}

/// When every simulation begins.
pub fn start() -> Instant {
    DateTime::from_timestamp(1_772_438_400, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

pub fn sign(key: &SigningKey, message: &[u8]) -> String {
    let signature: Signature = key.sign(message);
    base64url::encode(&signature.to_bytes())
}

fn key_of(name: &str) -> Result<SigningKey> {
    SigningKey::from_slice(Hash::of(&[b"simulate", name.as_bytes()]).as_bytes()).context("make a key")
}

impl Prepared {
    /// Enrols so many devices, half of them of each provider.
    pub fn make(devices: usize) -> Result<Prepared> {
        let folder = TempDir::with_prefix_in("noticed-simulate-", temp())?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let data = folder.path().join("data");
        let (devices, bosses, server_epoch) = runtime.block_on(join_all(&data, devices))?;
        drop(runtime);
        let mut prepared = Prepared { folder, devices, bosses, server_epoch };
        prepared.rename()?;
        Ok(prepared)
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn rename(&mut self) -> Result<()> {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        names.insert(self.server_epoch.clone(), "epoch-0".to_owned());
        for (index, boss) in self.bosses.iter().enumerate() {
            names.insert(boss.tenant.clone(), format!("provider-{index}"));
            names.insert(boss.device.clone(), format!("office-{index}"));
        }
        for (index, device) in self.devices.iter().enumerate() {
            names.insert(device.id.clone(), format!("device-{index:02}"));
        }
        rename_in(&self.data(), &names)?;
        let new = |old: &mut String| {
            if let Some(name) = names.get(old) {
                name.clone_into(old);
            }
        };
        new(&mut self.server_epoch);
        for boss in &mut self.bosses {
            new(&mut boss.tenant);
            new(&mut boss.device);
        }
        for device in &mut self.devices {
            new(&mut device.tenant);
            new(&mut device.id);
        }
        Ok(())
    }
}

/// In memory where the machine has such a folder.
pub fn temp() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() }
}

async fn join_all(data: &Path, count: usize) -> Result<(Vec<Joined>, Vec<Boss>, String)> {
    let clock = Arc::new(AtomicI64::new(start().timestamp_micros()));
    let inside = InProcess::open(&config(data, Clock::of_hand(clock))).await?;
    let database = data.join("noticed.db");
    let door = Door { inside: &inside, database: database.clone() };
    let link = inside.set_up_link.clone().context("nobody is set up yet")?;
    let mut bosses = vec![door.set_up(&link, "Willow Care", 0).await?];
    let link = add_provider(&Place::folder(data), "http://localhost").await?;
    bosses.push(door.set_up(&link, "Birch Care", 1).await?);
    let (mut devices, mut server_epoch) = (Vec::new(), String::new());
    for (provider, boss) in bosses.iter().enumerate() {
        for (staff, ..) in STAFF {
            door.account(boss, staff, provider).await?;
        }
    }
    for index in 0..count {
        let provider = index % 2;
        let (joined, epoch) = door.join(&bosses[provider], index, provider).await?;
        server_epoch = epoch;
        devices.push(joined);
    }
    inside.close().await;
    restore_sessions(&database)?;
    Ok((devices, bosses, server_epoch))
}

struct Door<'a> {
    inside: &'a InProcess,
    database: PathBuf,
}

/// A device has one session at a time, and a hand-over is a sign-in. Here everybody's stays open, because hashing
/// passwords takes longer than the rest of a story.
fn keep_session(database: &Path, device: &str) -> Result<()> {
    let database = rusqlite::Connection::open(database)?;
    database.busy_timeout(std::time::Duration::from_secs(10))?;
    database.execute_batch("CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM session WHERE 0")?;
    database.execute("INSERT INTO kept SELECT * FROM session WHERE device = ?1", [device])?;
    Ok(())
}

/// Puts them back, for as long as a run may take.
fn restore_sessions(database: &Path) -> Result<()> {
    let database = rusqlite::Connection::open(database)?;
    database.execute("UPDATE account SET password_hash = ?1", [QUICK_HASH])?;
    database.execute_batch(
        "INSERT OR IGNORE INTO session SELECT * FROM kept; DROP TABLE kept; \
         UPDATE session SET expires_at = expires_at + 10 * 365 * 86400000000",
    )?;
    Ok(())
}

impl Door<'_> {
    async fn post(
        &self,
        path: &str,
        device: Option<&str>,
        cookie: Option<&str>,
        body: Value,
    ) -> Result<(Value, Answer)> {
        let ask = Ask {
            post: true,
            path: path.to_owned(),
            device: device.map(str::to_owned),
            cookie: cookie.map(str::to_owned),
            encoding: None,
            body: serde_json::to_vec(&body)?,
        };
        let answer = answer(self.inside, &ask).await?;
        Ok((answer.json().with_context(|| path.to_owned())?, answer))
    }

    async fn set_up(&self, link: &str, name: &str, provider: usize) -> Result<Boss> {
        let token = link.split('#').nth(1).context("a token")?;
        let body = json!({
            "token": token,
            "provider": name,
            "site": { "id": "elm", "name": "Elm House" },
            "person": { "sign_in": "boss", "name": "Bo" },
            "password": PASSWORD,
            "device": description(&key_of(&format!("office-{provider}"))?, "Office"),
        });
        let (welcome, answer) = self.post("/v1/setup", None, None, body).await?;
        let boss = Boss {
            tenant: text(&welcome, "/tenant")?,
            device: text(&welcome, "/device/id")?,
            cookie: answer.cookie.context("a session")?,
        };
        let mut changes = vec![json!({ "kind": "site", "id": "oak", "value": { "name": "Oak Lodge" } })];
        changes.extend(STAFF.iter().map(|(id, elm, oak)| staff_row(id, elm, oak)));
        self.post(
            "/v1/directory",
            Some(&boss.device),
            Some(&boss.cookie),
            json!({ "changes": changes, "password": PASSWORD }),
        )
        .await?;
        Ok(boss)
    }

    /// A member of staff gets a password.
    async fn account(&self, boss: &Boss, staff: &str, provider: usize) -> Result<()> {
        let code = self.invite(boss, json!({ "staff": staff, "password": PASSWORD })).await?;
        let key = key_of(&format!("home-{provider}-{staff}"))?;
        let body = json!({ "code": code, "password": PASSWORD, "device": description(&key, "At home") });
        self.post("/v1/enrol", None, None, body).await.map(drop)
    }

    async fn invite(&self, boss: &Boss, body: Value) -> Result<String> {
        let (invite, _) = self.post("/v1/invites", Some(&boss.device), Some(&boss.cookie), body).await?;
        text(&invite, "/code")
    }

    async fn join(&self, boss: &Boss, index: usize, provider: usize) -> Result<(Joined, String)> {
        let key = key_of(&format!("device-{index}"))?;
        let code = self.invite(boss, json!({ "device_label": "A tablet", "site": "elm" })).await?;
        let body = json!({ "code": code, "device": description(&key, "A tablet") });
        let (welcome, _) = self.post("/v1/enrol", None, None, body).await?;
        let id = text(&welcome, "/device/id")?;
        let mut people = Vec::new();
        for staff in people_of(index) {
            let sent_at = start().to_rfc3339();
            let message = ["nm.signin.v1", &id, staff, &sent_at].join("\n");
            let sig = sign(&key, message.as_bytes());
            let body = json!({ "device": id, "sign_in": staff, "password": PASSWORD, "sent_at": sent_at, "sig": sig });
            let (_, answer) = self.post("/v1/sign-in", Some(&id), None, body).await?;
            people.push((staff.to_owned(), answer.cookie.context("a session")?));
            keep_session(&self.database, &id)?;
        }
        let epoch = welcome["device"]["epoch"].as_u64().and_then(|epoch| u32::try_from(epoch).ok());
        let tenant = boss.tenant.clone();
        let joined = Joined { provider, tenant, id, epoch: epoch.context("an epoch")?, key, people };
        Ok((joined, text(&welcome, "/server_epoch")?))
    }
}

/// One to four people; the device of the same number always has the same.
fn people_of(index: usize) -> Vec<&'static str> {
    if let Some(people) = FIRST.get(index / 2) {
        return people.to_vec();
    }
    let mut chance = Chance::new(index as u64);
    let mut people = Vec::new();
    for _ in 0..chance.between(1, 4) {
        if let Some((staff, ..)) = chance.pick(&STAFF)
            && !people.contains(staff)
        {
            people.push(*staff);
        }
    }
    people
}

/// One row of the list of staff.
pub fn staff_row(id: &str, elm: &[&str], oak: &[&str]) -> Value {
    json!({ "kind": "staff", "id": id, "value": { "name": id, "roles": { "elm": elm, "oak": oak } } })
}

fn description(key: &SigningKey, label: &str) -> Value {
    let point = key.verifying_key().to_sec1_point(false);
    json!({ "label": label, "public_key": base64url::encode(point.as_bytes()) })
}

fn text(value: &Value, place: &str) -> Result<String> {
    value.pointer(place).and_then(Value::as_str).map(str::to_owned).with_context(|| format!("no {place}"))
}

/// Replaces texts in every column of every database of the folder, and in the names of its files.
fn rename_in(folder: &Path, names: &BTreeMap<String, String>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "db") {
            rename_in_database(&path, names)?;
        }
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if let Some((old, new)) = names.iter().find(|(old, _)| name.contains(old.as_str())) {
            std::fs::rename(&path, path.with_file_name(name.replace(old.as_str(), new)))?;
        }
    }
    Ok(())
}

fn rename_in_database(path: &Path, names: &BTreeMap<String, String>) -> Result<()> {
    let database = rusqlite::Connection::open(path)?;
    database.execute_batch("PRAGMA foreign_keys = OFF")?;
    let list = |sql: &str| -> Result<Vec<String>> {
        let mut statement = database.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    for table in list("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")? {
        for column in list(&format!("SELECT name FROM pragma_table_info('{table}') WHERE type = 'TEXT'"))? {
            for (old, new) in names {
                database.execute(
                    &format!("UPDATE \"{table}\" SET \"{column}\" = ?1 WHERE \"{column}\" = ?2"),
                    [new, old],
                )?;
            }
        }
    }
    Ok(())
}

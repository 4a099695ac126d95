//! A server with a fictional provider in it: two homes, somebody for every role.

use crate::{
    ground::{self, Look},
    phone::Phone,
};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use server::{
    clock::Clock,
    place::Place,
    start::{Config, start},
};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::sync::oneshot;

pub const PASSWORD: &str = "green kettle on the hob";

/// Code, name, roles at elm, roles at oak.
pub const STAFF: [(&str, &str, &[&str], &[&str]); 13] = [
    ("rita", "Rita", &["reporter"], &[]),
    ("sean", "Sean", &["senior"], &[]),
    ("lena", "Lena", &["shift_lead"], &[]),
    ("mara", "Mara", &["registered_manager"], &[]),
    ("medi", "Medi", &["medication_lead"], &[]),
    ("main", "Main", &["maintenance_lead"], &[]),
    ("bea", "Bea", &["behaviour_lead"], &[]),
    ("dora", "Dora", &["deputy_manager"], &[]),
    ("pru", "Pru", &["provider"], &[]),
    ("adam", "Adam", &["administrator"], &[]),
    ("inga", "Inga", &["inspector"], &[]),
    ("cora", "Cora", &["commissioner"], &[]),
    ("oki", "Oki", &[], &["reporter", "registered_manager"]),
];

pub struct Running {
    pub url: String,
    pub set_up_link: Option<String>,
    stop: Option<oneshot::Sender<()>>,
    ended: tokio::task::JoinHandle<std::io::Result<()>>,
}

pub fn config(data: &Path, dist: &Path) -> Config {
    Config {
        place: ground::place(data),
        dist: dist.into(),
        host: [127, 0, 0, 1].into(),
        port: 0,
        tls: None,
        base_url: None,
        photos: None,
        withdraw: false,
        clock: Clock::default(),
    }
}

impl Running {
    pub async fn start(config: Config) -> Running {
        let ready = start(config).await.expect("the server starts");
        let url = format!("http://{}", ready.address);
        let set_up_link = ready.set_up_link.clone();
        let (stop, told) = oneshot::channel::<()>();
        let ended = tokio::spawn(ready.run(async {
            told.await.unwrap_or_default();
        }));
        Running { url, set_up_link, stop: Some(stop), ended }
    }

    pub fn token(&self) -> String {
        let link = self.set_up_link.as_ref().expect("nobody is set up yet");
        link.split('#').nth(1).expect("a token").to_owned()
    }

    pub async fn stop(mut self) {
        self.stop.take().expect("still running").send(()).expect("listening");
        self.ended.await.expect("no panic").expect("a clean end");
    }
}

/// A server, its folder, and the first person.
pub struct House {
    pub server: Running,
    pub folder: TempDir,
    /// Everything: registered manager, provider, administrator at elm.
    pub boss: Phone,
}

impl House {
    pub async fn open() -> House {
        House::with(|_| {}).await
    }

    pub async fn with(adjust: impl FnOnce(&mut Config)) -> House {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config(&folder.path().join("data"), &folder.path().join("dist"));
        adjust(&mut config);
        let server = Running::start(config).await;
        let boss = set_up(&server.url, &server.token(), "Willow Care", "elm").await;
        fill(&boss).await;
        House { server, folder, boss }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn place(&self) -> Place {
        ground::place(&self.data())
    }

    /// Looks into the database past the server.
    pub async fn look(&self) -> Look {
        Look::into(&self.place()).await
    }

    /// Bytes, as the database of this test writes them.
    pub fn bytes(&self, hex: &str) -> String {
        if ground::is_postgres() { format!("'\\x{hex}'") } else { format!("x'{hex}'") }
    }

    /// Invites somebody, who joins with a phone of their own.
    pub async fn join(&self, staff: &str) -> Phone {
        let body = json!({ "staff": staff, "password": PASSWORD });
        let invite = self.boss.post("/v1/invites", body).await.ok();
        let code = invite["code"].as_str().expect("a code");
        Phone::enrol(&self.server.url, code, Some(PASSWORD)).await.expect("the invite is good")
    }

    pub async fn shared_device(&self) -> Phone {
        let body = json!({ "device_label": "Kitchen tablet", "site": "elm" });
        let invite = self.boss.post("/v1/invites", body).await.ok();
        Phone::enrol(&self.server.url, invite["code"].as_str().expect("a code"), None).await.expect("good")
    }

    /// Another provider on the same server, with its own first person.
    pub async fn another_provider(&self) -> Phone {
        let link = server::start::add_provider(&self.place(), &self.server.url).await.expect("added");
        set_up(&self.server.url, link.split('#').nth(1).expect("a token"), "Birch Care", "elm").await
    }
}

pub async fn set_up(url: &str, token: &str, provider: &str, site: &str) -> Phone {
    let mut phone = Phone::new(url);
    let body = json!({
        "token": token,
        "provider": provider,
        "site": { "id": site, "name": "Elm House" },
        "person": { "sign_in": "boss", "name": "Bo" },
        "password": PASSWORD,
        "device": phone.description("Office computer"),
    });
    let reply = phone.post("/v1/setup", body).await;
    phone.enter(reply);
    phone
}

pub async fn fill(boss: &Phone) {
    let mut changes = vec![
        json!({ "kind": "site", "id": "oak", "value": { "name": "Oak Lodge", "units": ["up", "down"] } }),
        json!({ "kind": "place", "id": "bathroom", "value": { "site": "elm", "name": "Bathroom" } }),
        json!({ "kind": "person", "id": "R-14", "value": { "site": "elm", "place": "bathroom" } }),
    ];
    changes.extend(STAFF.iter().map(|(id, name, elm, oak)| {
        json!({ "kind": "staff", "id": id, "value": { "name": name, "roles": { "elm": elm, "oak": oak } } })
    }));
    boss.post("/v1/directory", json!({ "changes": changes, "password": PASSWORD })).await.ok();
}

/// What came back, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    /// Of a JSON reply.
    pub body: Value,
    pub text: String,
}

impl Answer {
    pub async fn of(response: Response) -> Answer {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("a whole body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null), text }
    }

    /// The body of a 200.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// The code of a refusal that has a sentence.
    #[track_caller]
    pub fn refused(&self, status: u16) -> &str {
        assert_eq!(self.status, status, "{}", self.body);
        assert!(self.body["sentence"].as_str().is_some_and(|words| words.ends_with('.')), "{}", self.body);
        self.body["code"].as_str().expect("a code")
    }
}

/// Asks over a real socket.
pub fn client() -> Client {
    server::photos::use_ring();
    Client::new()
}

pub async fn send(url: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
    let mut request = client().request(method, format!("{url}{path}"));
    if let Some(body) = body {
        request = request.json(body);
    }
    Answer::of(request.send().await.expect("an answer")).await
}

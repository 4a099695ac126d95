//! The real server without a socket: its router over real SQLite, with a clock that the simulation sets.
//! It can die at any moment, be stopped, and be put back from an older copy.

use anyhow::{Context, Result};
use axum::{
    body::{Body, to_bytes},
    http::{Request, header},
};
use domain::time::Instant;
use futures_util::future::join_all;
use server::{
    clock::Clock,
    place::Place,
    start::{Config, InProcess, restored},
};
use std::{
    fs,
    path::{Path, PathBuf},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    task::Poll,
};
use sync::{
    Hash,
    wire::{CONTENT_TYPE, LIFE_HEADER},
};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

const MOST_BYTES: usize = 16 * 1024 * 1024;

/// One request, as a browser would send it.
#[derive(Clone, Debug)]
pub struct Ask {
    pub post: bool,
    pub path: String,
    pub device: Option<String>,
    pub cookie: Option<String>,
    /// How the body is packed.
    pub encoding: Option<&'static str>,
    pub body: Vec<u8>,
}

/// What came back, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub content_type: Option<String>,
    pub retry_after: Option<String>,
    /// The life of the server.
    pub life: Option<String>,
    pub cookie: Option<String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn plain(status: u16, content_type: &str, body: &str) -> Answer {
        let content_type = Some(content_type.to_owned());
        Answer {
            status,
            content_type,
            retry_after: None,
            life: None,
            cookie: None,
            body: body.as_bytes().to_vec(),
        }
    }

    /// # Errors  with what the server said, when it is not a 200.
    pub fn json(&self) -> Result<serde_json::Value> {
        let text = String::from_utf8_lossy(&self.body);
        anyhow::ensure!(self.status == 200, "the server says {}: {text}", self.status);
        serde_json::from_slice(&self.body).context("read a reply")
    }
}

/// One row of the server's log, as far as the oracles look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub seq: u64,
    pub hash: Hash,
    pub bytes: String,
    pub event: String,
}

/// Everything that the server keeps of one provider.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub rows: Vec<Row>,
    pub held: Vec<Hash>,
    /// Hash and reason.
    pub quarantined: Vec<(Hash, String)>,
}

pub struct Service {
    place: PathBuf,
    /// Each life of the server has its own folder, because a crash is a copy of the files.
    lives: usize,
    clock: Arc<AtomicI64>,
    running: Option<(Runtime, InProcess)>,
}

impl Service {
    /// Starts on a copy of a data folder. `place` is an empty folder of its own.
    pub fn start(prepared: &Path, place: PathBuf, now: Instant) -> Result<Service> {
        let clock = Arc::new(AtomicI64::new(now.timestamp_micros()));
        let mut service = Service { place, lives: 0, clock, running: None };
        copy(prepared, &service.folder())?;
        service.open()?;
        Ok(service)
    }

    pub fn folder(&self) -> PathBuf {
        self.place.join(format!("life-{}", self.lives))
    }

    pub fn set_clock(&self, now: Instant) {
        self.clock.store(now.timestamp_micros(), Ordering::Relaxed);
    }

    pub fn ask(&self, ask: &Ask) -> Result<Answer> {
        let (runtime, inside) = self.running.as_ref().context("the server is not running")?;
        runtime.block_on(answer(inside, ask))
    }

    /// All at once.
    pub fn ask_together(&self, asks: &[Ask]) -> Result<Vec<Answer>> {
        let (runtime, inside) = self.running.as_ref().context("the server is not running")?;
        runtime.block_on(join_all(asks.iter().map(|ask| answer(inside, ask)))).into_iter().collect()
    }

    /// The process dies while it works on a request, before anything is written.
    pub fn die_in(&mut self, ask: &Ask) -> Result<()> {
        if let Some((runtime, inside)) = &self.running {
            runtime.block_on(async {
                let mut answering = pin!(answer(inside, ask));
                std::future::poll_fn(|context| {
                    drop(answering.as_mut().poll(context));
                    Poll::Ready(())
                })
                .await;
            });
        }
        self.die()
    }

    /// The process dies: what is on the disk now is what the next life finds.
    pub fn die(&mut self) -> Result<()> {
        let (before, lives) = (self.folder(), self.lives);
        let image = self.place.join(format!("life-{}", lives + 1));
        copy(&before, &image)?;
        if let Some((runtime, inside)) = self.running.take() {
            drop(inside);
            runtime.shutdown_background();
        }
        self.lives += 1;
        self.open()?;
        fs::remove_dir_all(before).context("remove a folder of a dead server")
    }

    /// A copy of everything, as a backup makes it.
    pub fn copy_to(&mut self, name: &str) -> Result<PathBuf> {
        let to = self.place.join(name);
        self.close();
        copy(&self.folder(), &to)?;
        self.open()?;
        Ok(to)
    }

    /// The server is lost and put back from an older copy.
    pub fn restore(&mut self, copied: &Path) -> Result<()> {
        self.close();
        fs::remove_dir_all(self.folder())?;
        self.lives += 1;
        copy(copied, &self.folder())?;
        let runtime = runtime()?;
        runtime.block_on(restored(&Place::folder(self.folder())))?;
        self.open()
    }

    /// What is kept of each provider: rows after the numbers that are known already, and all that is held apart.
    pub fn kept(&self, known: &dyn Fn(&str) -> u64) -> Result<Vec<(String, Kept)>> {
        let (runtime, inside) = self.running.as_ref().context("the server is not running")?;
        runtime.block_on(async {
            let store = inside.store();
            let mut all = Vec::new();
            for tenant in store.door().providers().await? {
                let reading = store.read(&tenant);
                let mut kept = Kept::default();
                for row in reading.events(known(tenant.as_str()), u32::MAX).await? {
                    let envelope = sync::Envelope::open(&row.signed.bytes).ok();
                    let event = envelope.map(|envelope| envelope.id.to_string()).unwrap_or_default();
                    kept.rows.push(Row { seq: row.seq, hash: row.hash, bytes: row.signed.bytes, event });
                }
                kept.held = reading.held().await?.into_iter().map(|row| row.hash).collect();
                let quarantined = reading.quarantined(["", "", ""], u32::MAX, 0).await?;
                kept.quarantined = quarantined.into_iter().map(|row| (row.hash, row.reason)).collect();
                all.push((tenant.as_str().to_owned(), kept));
            }
            Ok(all)
        })
    }

    fn open(&mut self) -> Result<()> {
        let runtime = runtime()?;
        let config = config(&self.folder(), Clock::of_hand(self.clock.clone()));
        let inside = runtime.block_on(InProcess::open(&config))?;
        self.running = Some((runtime, inside));
        Ok(())
    }

    fn close(&mut self) {
        if let Some((runtime, inside)) = self.running.take() {
            runtime.block_on(inside.close());
        }
    }
}

pub fn config(folder: &Path, clock: Clock) -> Config {
    Config {
        place: Place::folder(folder),
        dist: folder.join("no-app"),
        host: [127, 0, 0, 1].into(),
        port: 0,
        tls: None,
        base_url: None,
        clock,
        photos: None,
        withdraw: false,
    }
}

fn runtime() -> Result<Runtime> {
    Builder::new_current_thread().enable_all().build().context("make a runtime")
}

/// Sends one request to the router.
pub async fn answer(inside: &InProcess, ask: &Ask) -> Result<Answer> {
    let mut request = Request::builder().method(if ask.post { "POST" } else { "GET" }).uri(&ask.path);
    if ask.post {
        request = request.header(header::CONTENT_TYPE, CONTENT_TYPE);
    }
    if let Some(device) = &ask.device {
        request = request.header("x-noticed-device", device);
    }
    if let Some(cookie) = &ask.cookie {
        request = request.header(header::COOKIE, cookie);
    }
    if let Some(encoding) = ask.encoding {
        request = request.header(header::CONTENT_ENCODING, encoding);
    }
    let request = request.body(Body::from(ask.body.clone())).context("make a request")?;
    let response = inside.router.clone().oneshot(request).await?;
    let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let status = response.status().as_u16();
    let content_type = text(header::CONTENT_TYPE);
    let retry_after = text(header::RETRY_AFTER);
    let life = response.headers().get(LIFE_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let cookie = text(header::SET_COOKIE).and_then(|cookie| cookie.split(';').next().map(str::to_owned));
    let body = to_bytes(response.into_body(), MOST_BYTES).await.context("read a body")?.to_vec();
    Ok(Answer { status, content_type, retry_after, life, cookie, body })
}

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

//! 10,000 events from 50 devices into a real server process, on each database, beside a raw insert of the same rows.

use super::{figure, home, object};
use crate::{
    client::{Api, Process, Reply, Session},
    shell, tools,
    words::step,
};
use anyhow::{Context, Error, Result, ensure};
use cluster::{ADMIN, APPLICATION, Cluster, Durable, OWNER};
use domain::time::{Instant, parse_instant};
use serde_json::{Value, json};
use std::{fs, path::PathBuf, thread, time};
use sync::{
    receipt::{self, Settlement},
    wire::{PushOutcome, PushRequest},
};

const DEVICES: usize = 50;
const ROWS_TOGETHER: usize = 200;
/// Clients that send at the same time: so many that one is read while another holds the lock.
const SENDERS: usize = 12;
/// Each with a server, and a database, of its own.
const RUNS: usize = 3;
/// Of the raw rate.
const TARGET: f64 = 0.4;

pub fn run() -> Result<Value> {
    tools::postgres()?;
    let now = parse_instant("2026-06-01T12:00+01:00").context("an instant")?;
    step("build the raw insert", || yardstick(&["--no-run"]))?;
    let sqlite = (0..RUNS).map(|_| on_sqlite(now)).collect::<Result<Vec<_>>>()?;
    let postgres = (0..RUNS).map(|_| on_postgres(now)).collect::<Result<Vec<_>>>()?;
    Ok(json!({
        "devices": DEVICES,
        "rows_per_transaction": ROWS_TOGETHER,
        "runs": RUNS,
        "sqlite": fastest(&sqlite),
        "postgres": fastest(&postgres),
    }))
}

fn on_sqlite(now: Instant) -> Result<Run> {
    let process = Process::temporary("bench", now)?;
    let (events, push) = pushed(&process, now)?;
    let (file, folder) = (database(&process)?, process.folder().display().to_string());
    let raw = step("insert the same rows into SQLite", || {
        yardstick(&["--", "sqlite", &file.display().to_string(), &folder, &ROWS_TOGETHER.to_string()])
    })?;
    Run::of(events, push, &raw)
}

fn on_postgres(now: Instant) -> Result<Run> {
    const NAME: &str = "bench";
    let cluster = Cluster::start(Durable::Yes).map_err(Error::msg)?;
    cluster.create(NAME, None).map_err(Error::msg)?;
    let [application, owner, admin] = [APPLICATION, OWNER, ADMIN].map(|role| cluster.url(role, NAME));
    let process = Process::on_postgres(NAME, now, &application, &owner)?;
    let (events, push) = pushed(&process, now)?;
    let raw = step("insert the same rows into PostgreSQL", || {
        yardstick(&["--", "postgres", &admin, &ROWS_TOGETHER.to_string()])
    })?;
    Run::of(events, push, &raw)
}

fn pushed(process: &Process, now: Instant) -> Result<(usize, time::Duration)> {
    let phones = step("enrol 50 devices", || home::enrol(process, DEVICES, now))?;
    let requests = step("write 10,000 events", || home::write(phones, now))?;
    let events = requests.iter().map(|request| request.events.len()).sum::<usize>();
    Ok((events, step("push them", || send(process, &requests))?))
}

/// The raw insert, optimised as the server is.
fn yardstick(words: &[&str]) -> Result<String> {
    let mut cargo = shell::cargo();
    cargo.args(["bench", "--quiet", "--package", "cluster", "--bench", "raw"]).args(words);
    shell::quiet(&mut cargo)
}

/// Events a second.
struct Run {
    push: f64,
    /// Several, into an empty table each.
    raw: Vec<f64>,
}

impl Run {
    fn of(events: usize, push: time::Duration, raw: &str) -> Result<Run> {
        let raw = object(raw)?;
        ensure!(raw["rows"] == events, "{events} events were pushed, the server has {}", raw["rows"]);
        let seconds = raw["seconds"].as_array().context("seconds")?.iter().filter_map(Value::as_f64);
        let rate = |seconds: f64| events as f64 / seconds;
        Ok(Run { push: rate(push.as_secs_f64()), raw: seconds.map(rate).collect() })
    }
}

/// The fastest push beside the fastest raw insert: what else the machine does only ever slows, and the raw insert has
/// more tries.
fn fastest(runs: &[Run]) -> Value {
    let (push, raw): (Vec<f64>, Vec<f64>) =
        (runs.iter().map(|run| run.push).collect(), runs.iter().flat_map(|run| run.raw.clone()).collect());
    let most = |rates: &[f64]| rates.iter().copied().fold(0.0, f64::max);
    let whole = |rates: &[f64]| rates.iter().map(|rate| rate.round()).collect::<Vec<_>>();
    json!({
        "push_per_second": whole(&push),
        "raw_per_second": whole(&raw),
        "ratio": figure::at_least(most(&push) / most(&raw), TARGET),
    })
}

/// Only sending is timed; the answers are read afterwards.
fn send(process: &Process, requests: &[PushRequest]) -> Result<time::Duration> {
    let bodies: Vec<(&PushRequest, String)> = requests
        .iter()
        .map(|request| Ok((request, serde_json::to_string(request)?)))
        .collect::<Result<_>>()?;
    let start = time::Instant::now();
    let answers = thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let mine: Vec<_> = bodies.iter().skip(sender).step_by(SENDERS).collect();
                let api = process.another_api();
                scope.spawn(move || {
                    mine.into_iter()
                        .map(|(request, body)| Ok((*request, post(&api, request, body)?)))
                        .collect::<Result<Vec<_>>>()
                })
            })
            .collect();
        let answers = senders
            .into_iter()
            .map(|sender| sender.join().unwrap_or_else(|_| anyhow::bail!("a sender failed")));
        answers.collect::<Result<Vec<_>>>()
    })?;
    let took = start.elapsed();
    answers.iter().flatten().try_for_each(|(request, reply)| all_accepted(request, reply))?;
    Ok(took)
}

fn post(api: &Api, request: &PushRequest, body: &str) -> Result<Reply> {
    let session = Session { device: Some(request.device.to_string()), cookie: None };
    api.post_text("/v1/push", &session, body)
}

fn all_accepted(request: &PushRequest, reply: &Reply) -> Result<()> {
    let settled = receipt::settle(request, reply.status, reply.content_type.as_deref(), &reply.body);
    let Settlement::Delivered(delivery) = settled else { anyhow::bail!("push: {settled:?}") };
    let accepted = |outcome: &PushOutcome| matches!(outcome, PushOutcome::Accepted { .. });
    ensure!(delivery.receipts.iter().all(|receipt| accepted(&receipt.outcome)), "not all were accepted");
    Ok(())
}

fn database(process: &Process) -> Result<PathBuf> {
    let entries = fs::read_dir(process.folder().join("data"))?;
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let is_database = |path: &PathBuf| path.extension().is_some_and(|end| end == "db" || end == "sqlite");
    let mut found: Vec<PathBuf> = paths.filter(is_database).collect();
    found.pop().context("the server has no database file")
}

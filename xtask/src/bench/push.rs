//! 10,000 events from 50 devices into a real server process, beside a raw insert of the same rows.

use super::{raw::Rows, rounded};
use crate::{
    client::{Api, Phone, Process, Session, uuid},
    words::step,
};
use anyhow::{Context, Result, ensure};
use chrono::Duration;
use domain::{
    event::{Author, Event},
    time::{Instant, parse_instant},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{fs, path::PathBuf, thread, time};
use sync::{
    receipt::{self, Settlement},
    wire::{PushOutcome, PushRequest},
};

const DEVICES: usize = 50;
const EVENTS_EACH: usize = 200;
const ROWS_TOGETHER: usize = 200;
/// Clients that send at the same time.
const SENDERS: usize = 4;
const RAW_RUNS: usize = 3;
const TARGET: f64 = 0.3;
const SITE: &str = "meadow";
const PERSON: &str = "manager";
const PASSWORD: &str = "violet kettle 42";

#[derive(Deserialize)]
struct Invite {
    code: String,
}

pub fn run() -> Result<Value> {
    let now = parse_instant("2026-06-01T12:00+01:00").context("an instant")?;
    let process = Process::temporary("bench", now)?;
    let phones = step("enrol 50 devices", || enrol(&process, DEVICES, now))?;
    let requests = step("write 10,000 events", || write(phones, now))?;
    let events = requests.iter().map(|request| request.events.len()).sum::<usize>();
    let took = step("push them", || send(&process, &requests))?;
    let rows = Rows::of(&database(&process)?)?;
    ensure!(rows.len() == events, "{events} events were pushed, the server has {}", rows.len());
    let raw = step("insert the same rows", || raw(&process, &rows))?;
    let (push_rate, raw_rate) = (events as f64 / took.as_secs_f64(), events as f64 / raw.as_secs_f64());
    Ok(json!({
        "events": events,
        "devices": DEVICES,
        "rows_per_transaction": ROWS_TOGETHER,
        "push_seconds": rounded(took.as_secs_f64()),
        "push_per_second": push_rate.round(),
        "raw_seconds": rounded(raw.as_secs_f64()),
        "raw_per_second": raw_rate.round(),
        "ratio": rounded(push_rate / raw_rate),
        "target_ratio": TARGET,
        "ok": push_rate / raw_rate >= TARGET,
    }))
}

/// Devices of one home, each with the same person signed in.
pub(super) fn enrol(process: &Process, devices: usize, now: Instant) -> Result<Vec<Phone>> {
    let api = &process.api;
    let body = json!({
        "token": process.set_up_token()?,
        "provider": "Benchmark",
        "site": {"id": SITE, "name": "Meadow House"},
        "person": {"sign_in": PERSON, "name": "Manager"},
        "password": PASSWORD,
    });
    let office = Phone::enrol(api, "/v1/setup", "office", body, 0)?;
    let mut phones = Vec::with_capacity(devices);
    for number in 1..=devices {
        let label = format!("Phone {number}");
        let body = json!({"device_label": label, "site": SITE});
        let invite: Invite = api.post("/v1/invites", &office.session_of(PERSON), &body)?.ok()?;
        let mut phone = Phone::enrol(api, "/v1/enrol", &label, json!({"code": invite.code}), number as u64)?;
        phone.sign_in(api, PERSON, PASSWORD, now)?;
        phones.push(phone);
    }
    Ok(phones)
}

/// Each device's events, sealed, chained, signed and packed into requests: none of that is timed.
fn write(phones: Vec<Phone>, now: Instant) -> Result<Vec<PushRequest>> {
    let mut requests = Vec::new();
    for (device, mut phone) in phones.into_iter().enumerate() {
        for number in 0..EVENTS_EACH {
            phone.write(&event(&phone.id, device, number, now))?;
        }
        requests.extend(phone.requests(now));
    }
    Ok(requests)
}

/// A year of a busy home: reports of every category, and a note on every second one.
pub(super) fn event(device: &str, of: usize, number: usize, now: Instant) -> Event {
    let is_note = number % 3 == 2;
    let record = if is_note { number - 1 } else { number };
    let at = now - Duration::days(365)
        + Duration::minutes(i64::try_from(number * 2600 + of * 50).unwrap_or_default());
    let with = if is_note { json!({"text": "Spoke to the team on shift."}) } else { report(of, number, at) };
    Event {
        id: uuid(&["push", "event", &of.to_string(), &number.to_string()]).into(),
        verb: if is_note { "add_note" } else { "report" }.to_owned(),
        site: SITE.into(),
        record: Some(uuid(&["push", "record", &of.to_string(), &record.to_string()]).into()),
        by: Author::Staff(PERSON.into()),
        device: device.into(),
        with: with.as_object().cloned().unwrap_or_default(),
        seen: 0,
        device_time: at,
        offset_ms: Some(0),
    }
}

fn report(of: usize, number: usize, at: Instant) -> Value {
    let kinds = [
        json!({"category": "medication", "error_type": "wrong_dose", "stage": "administration"}),
        json!({"category": "medication", "error_type": "mar_gap", "stage": "recording"}),
        json!({"category": "environment", "hazard": "slip_trip_surface", "made_safe": "barrier"}),
        json!({"category": "environment", "hazard": "hoist", "made_safe": "removed_from_use"}),
        json!({"category": "behaviour", "behaviour_type": "refusing_care", "triggers": ["tired"], "hands_on": "no"}),
    ];
    let mut with = kinds[(of + number) % kinds.len()].clone();
    with["happened"] = json!("something_happened");
    with["reached"] = json!("no");
    with["occurred_at"] = json!(at.to_rfc3339());
    with["location"] = json!(format!("room_{}", (of * 7 + number) % 60));
    with["people"] = json!([format!("R-{:03}", (of * 31 + number * 17) % 200)]);
    with["caught_by"] = json!("second_checker");
    with["text"] = json!(
        "Took two tablets from the box where the chart says one. The second checker saw it before it was given."
    );
    with
}

fn send(process: &Process, requests: &[PushRequest]) -> Result<time::Duration> {
    let bodies: Vec<(&PushRequest, String)> = requests
        .iter()
        .map(|request| Ok((request, serde_json::to_string(request)?)))
        .collect::<Result<_>>()?;
    let start = time::Instant::now();
    thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let mine: Vec<_> = bodies.iter().skip(sender).step_by(SENDERS).collect();
                let api = process.another_api();
                scope
                    .spawn(move || mine.into_iter().try_for_each(|(request, body)| post(&api, request, body)))
            })
            .collect();
        senders
            .into_iter()
            .try_for_each(|sender| sender.join().unwrap_or_else(|_| anyhow::bail!("a sender failed")))
    })?;
    Ok(start.elapsed())
}

fn post(api: &Api, request: &PushRequest, body: &str) -> Result<()> {
    let session = Session { device: Some(request.device.to_string()), cookie: None };
    let reply = api.post_text("/v1/push", &session, body)?;
    let settled = receipt::settle(request, reply.status, reply.content_type.as_deref(), &reply.body);
    let Settlement::Delivered(delivery) = settled else { anyhow::bail!("push: {settled:?}") };
    let accepted = |outcome: &PushOutcome| matches!(outcome, PushOutcome::Accepted { .. });
    ensure!(delivery.receipts.iter().all(|receipt| accepted(&receipt.outcome)), "not all were accepted");
    Ok(())
}

/// The middle of a few runs.
fn raw(process: &Process, rows: &Rows) -> Result<time::Duration> {
    let mut times = Vec::new();
    for run in 0..RAW_RUNS {
        times.push(rows.insert(&process.folder().join(format!("raw-{run}.db")), ROWS_TOGETHER)?);
    }
    times.sort_unstable();
    times.get(RAW_RUNS / 2).copied().context("there was a run")
}

fn database(process: &Process) -> Result<PathBuf> {
    let entries = fs::read_dir(process.folder().join("data"))?;
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let is_database = |path: &PathBuf| path.extension().is_some_and(|end| end == "db" || end == "sqlite");
    let mut found: Vec<PathBuf> = paths.filter(is_database).collect();
    found.pop().context("the server has no database file")
}

//! 5,000 devices come back after an outage, all at once, to a real server process. Beside it, the same server
//! with no more devices at a time than it takes calmly: how long the crowd may take.

use super::{home, rounded};
use crate::{
    client::{Api, Process, Session},
    words::step,
};
use anyhow::{Context, Result};
use domain::time::{Instant, parse_instant};
use serde_json::{Value, json};
use std::{
    fs,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread, time,
};
use sync::{
    receipt::{self, Settlement},
    wire::PushRequest,
};

const DEVICES: usize = 5_000;
const EVENTS_EACH: usize = 4;
/// Of the devices, before the outage and one after the other, for the steady rate.
const CALM: usize = 500;
const CALM_SENDERS: usize = 4;
/// Connections that are open at the same moment after the outage.
const CROWD: usize = 200;
/// A device that is not let in waits as the app does.
const TRIES: u32 = 8;

#[derive(Default)]
struct Seen {
    failed: AtomicUsize,
    busy: AtomicUsize,
    no_answer: AtomicUsize,
    never: AtomicUsize,
    milliseconds: Mutex<Vec<u64>>,
}

/// `devices`: fewer of them, for a look.
pub fn run(devices: Option<usize>) -> Result<Value> {
    let devices = devices.unwrap_or(DEVICES);
    let calm = (devices / 10).clamp(1, CALM);
    let now = parse_instant("2026-06-01T12:00+01:00").context("an instant")?;
    let process = Process::temporary("load", now)?;
    let requests =
        step(&format!("enrol {devices} devices and write their events"), || written(&process, devices, now))?;
    let (before, after) = requests.split_at(calm);
    let (steady, _) = step("a calm day", || sent(&process, before, CALM_SENDERS))?;
    let idle = memory(&process)?;
    let (drained, seen) = step("everybody is back at once", || sent(&process, after, CROWD))?;
    let peak = memory(&process)?;
    let events =
        |requests: &[PushRequest]| requests.iter().map(|request| request.events.len()).sum::<usize>();
    let steady_rate = events(before) as f64 / steady.as_secs_f64();
    let calm_time = events(after) as f64 / steady_rate;
    let mut waits = seen.milliseconds.into_inner().unwrap_or_default();
    waits.sort_unstable();
    let at = |share: f64| waits.get((waits.len() as f64 * share) as usize).copied().unwrap_or(0);
    let (failed, never) = (seen.failed.into_inner(), seen.never.into_inner());
    Ok(json!({
        "devices": after.len(),
        "events": events(after),
        "connections_at_once": CROWD,
        "answers_5xx": failed,
        "answers_busy": seen.busy.into_inner(),
        "no_answer": seen.no_answer.into_inner(),
        "never_delivered": never,
        "drain_seconds": rounded(drained.as_secs_f64()),
        "at_steady_rate_seconds": rounded(calm_time),
        "drain_ratio": rounded(drained.as_secs_f64() / calm_time),
        "steady_events_per_second": steady_rate.round(),
        "request_p50_ms": at(0.5),
        "request_p99_ms": at(0.99),
        "memory_peak_before_mb": idle,
        "memory_peak_mb": peak,
        "ok": failed == 0 && never == 0,
    }))
}

fn written(process: &Process, devices: usize, now: Instant) -> Result<Vec<PushRequest>> {
    let phones = home::enrol(process, devices, now)?;
    let mut requests = Vec::with_capacity(devices);
    for (device, mut phone) in phones.into_iter().enumerate() {
        for number in 0..EVENTS_EACH {
            let id = phone.id.clone();
            phone.write(&home::event(&id, device, number, now))?;
        }
        requests.extend(phone.requests(now));
    }
    Ok(requests)
}

/// Sends them all, so many at once, each until it is delivered or has waited often enough.
fn sent(process: &Process, requests: &[PushRequest], senders: usize) -> Result<(time::Duration, Seen)> {
    let (next, seen) = (AtomicUsize::new(0), Seen::default());
    let begun = time::Instant::now();
    thread::scope(|scope| {
        for _ in 0..senders {
            scope.spawn(|| {
                let api = process.another_api();
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    deliver(&api, request, &seen);
                }
            });
        }
    });
    Ok((begun.elapsed(), seen))
}

fn deliver(api: &Api, request: &PushRequest, seen: &Seen) {
    let body = serde_json::to_string(request).unwrap_or_default();
    let session = Session { device: Some(request.device.to_string()), cookie: None };
    for attempt in 1..=TRIES {
        let asked = time::Instant::now();
        match api.post_text("/v1/push", &session, &body) {
            Err(_) => drop(seen.no_answer.fetch_add(1, Ordering::Relaxed)),
            Ok(reply) => {
                let took = u64::try_from(asked.elapsed().as_millis()).unwrap_or(u64::MAX);
                if let Ok(mut all) = seen.milliseconds.lock() {
                    all.push(took);
                }
                let content_type = reply.content_type.as_deref();
                match receipt::settle(request, reply.status, content_type, &reply.body) {
                    Settlement::Delivered(_) => return,
                    _ if reply.status >= 500 => drop(seen.failed.fetch_add(1, Ordering::Relaxed)),
                    _ => drop(seen.busy.fetch_add(1, Ordering::Relaxed)),
                }
            }
        }
        thread::sleep(time::Duration::from_millis(u64::from(attempt) * 250));
    }
    seen.never.fetch_add(1, Ordering::Relaxed);
}

/// The most memory that the server has had, in MB.
fn memory(process: &Process) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id()))?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("a line about memory")?;
    let kilobytes: u64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
    Ok(kilobytes / 1024)
}

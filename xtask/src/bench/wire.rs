//! How many bytes a report takes on its way to the server: what a phone sends that kept 1, 10 and 200 of them, packed
//! as the app packs it. Reports of the long story, in the proportion in which it has the three kinds.

use super::{
    figure, rounded,
    story::{self, Copy},
};
use crate::{
    client::{Phone, Process, uuid},
    seed::{self, LongStory},
};
use anyhow::{Result, ensure};
use domain::event::Event;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, io::Write};
use sync::wire::MAX_EVENTS;

const STORY: LongStory = LongStory { records: 1_000, site: None };
const DAYS: i64 = 365;
/// Reports that wait on a phone.
const SIZES: [usize; 3] = [1, 10, MAX_EVENTS];
/// Phones of each size, each with other reports.
const PHONES: usize = 20;
/// As `src/browser/http.rs`: a shorter body is sent as it is.
const PACK_ABOVE: usize = 1_024;
/// What `CompressionStream` does in Chromium.
const LEVEL: u32 = 6;
/// For each report of a phone with as many as one request holds: what all reports have in common is paid once.
const TARGET: f64 = 350.0;

pub fn run() -> Result<Value> {
    let data = Copy::of(&story::written("evidence", STORY, DAYS)?)?;
    let now = seed::now();
    let process = Process::lasting(data.folder(), now)?;
    let reports = seed::Reception::read(data.folder())?.reports(&process.api, now)?;
    ensure!(reports.len() > MAX_EVENTS, "the story has too few reports");
    let mut report = Map::new();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for event in &reports {
        *kinds.entry(event.with.get("category").and_then(Value::as_str).unwrap_or_default()).or_default() +=
            1;
    }
    report.insert("kinds".into(), json!(kinds));
    report.insert("phones_of_each_size".into(), json!(PHONES));
    for size in SIZES {
        let (mut plain, mut packed) = (0, 0);
        for number in 0..PHONES {
            let from = number * (reports.len() - size) / PHONES;
            for body in bodies(&reports[from..from + size], number, now)? {
                plain += body.len();
                packed += if body.len() < PACK_ABOVE { body.len() } else { gzip(&body)?.len() };
            }
        }
        let each = |bytes: usize| bytes as f64 / (size * PHONES) as f64;
        let value =
            if size == MAX_EVENTS { figure::at_most(each(packed), TARGET) } else { rounded(each(packed)) };
        report.insert(format!("bytes_each_of_{size}"), value);
        report.insert(format!("bytes_each_of_{size}_before_packing"), rounded(each(plain)));
    }
    Ok(Value::Object(report))
}

/// What a phone sends on which these were written.
fn bodies(reports: &[Event], number: usize, now: domain::time::Instant) -> Result<Vec<String>> {
    let id = |what: &str| uuid(&["wire", what, &number.to_string()]);
    let mut phone = Phone::back(&id("device"), 1, &id("tenant"), number as u64)?;
    for event in reports {
        let event = Event { device: phone.id.clone(), ..event.clone() };
        phone.write(&event)?;
    }
    let mut requests = phone.requests(now);
    requests.iter_mut().for_each(|request| request.server_epoch = Some(id("server")));
    requests.iter().map(|request| Ok(serde_json::to_string(request)?)).collect()
}

fn gzip(body: &str) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(LEVEL));
    encoder.write_all(body.as_bytes())?;
    Ok(encoder.finish()?)
}

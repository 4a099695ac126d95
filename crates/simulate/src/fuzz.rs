//! What strangers and broken networks may send: good samples with changes, by chance, from a seed. Nothing may
//! panic, and the server may not fail. Not guided by coverage: it needs no other compiler.

use crate::{
    chance::Chance,
    prepared::{Prepared, start},
    service::{Ask, Service},
};
use anyhow::{Context, Result, bail};
use domain::{event::Fields, register::Register};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};
use sync::{
    Envelope, Signed, chain,
    pull::{self, Cursor},
    receipt,
    wire::{CONTENT_TYPE, PushRequest},
};
use tempfile::TempDir;

pub const TARGETS: [&str; 5] = ["wire", "packed", "events", "rescue", "list"];

/// Length of a sample of rubbish.
const MOST: usize = 4_096;

/// Tries one target for so long, or all of them in turn. Gives how many samples each has seen.
/// # Errors  With the seed of the sample that something did not survive.
pub fn run(only: Option<&str>, each: Duration) -> Result<Vec<(&'static str, u64)>> {
    let mut counts = Vec::new();
    for target in TARGETS.into_iter().filter(|target| only.is_none_or(|only| only == *target)) {
        let prepared = Prepared::make(2)?;
        let place = TempDir::new()?;
        let service = Service::start(&prepared.data(), place.path().to_path_buf(), start())?;
        let fuzzer = Fuzzer { prepared: &prepared, service: &service };
        let (begun, mut seed) = (Instant::now(), 0);
        while begun.elapsed() < each {
            seed += 1;
            let tried = catch_unwind(AssertUnwindSafe(|| fuzzer.sample(target, seed)));
            match tried {
                Ok(done) => done.with_context(|| format!("{target}, sample {seed}"))?,
                Err(_) => bail!("{target}: sample {seed} made it panic"),
            }
        }
        counts.push((target, seed));
    }
    if counts.is_empty() {
        bail!("there are only {}", TARGETS.join(", "));
    }
    Ok(counts)
}

struct Fuzzer<'a> {
    prepared: &'a Prepared,
    service: &'a Service,
}

impl Fuzzer<'_> {
    fn sample(&self, target: &str, seed: u64) -> Result<()> {
        let mut chance = Chance::new(seed);
        match target {
            "wire" => self.wire(&mut chance),
            "packed" => self.push(packed(&mut chance), Some("gzip")),
            "events" => self.events(&mut chance),
            "rescue" => rescue(&mut chance),
            _ => list(&mut chance),
        }
    }

    /// Replies and requests with changes.
    fn wire(&self, chance: &mut Chance) -> Result<()> {
        let request = self.request(vec![self.event(chance)]);
        let body = changed(serde_json::to_vec(&request)?, chance);
        let answer = self.post(body, None)?;
        let reply = changed(answer.body, chance);
        let status = u16::try_from(chance.between(100, 599)).unwrap_or(200);
        for status in [200, status] {
            drop(receipt::settle(&request, status, Some(CONTENT_TYPE), &reply));
            drop(pull::read(&Cursor::default(), "", status, Some(CONTENT_TYPE), &reply));
        }
        Ok(())
    }

    /// Event bytes that are none, inside a request that is one: kept or refused, never a failure.
    fn events(&self, chance: &mut Chance) -> Result<()> {
        let good = self.event(chance);
        let bytes = String::from_utf8_lossy(&changed(good.bytes.into_bytes(), chance)).into_owned();
        let event = Signed { bytes, sig: good.sig };
        drop(Envelope::open(&event.bytes));
        drop(chain::verify_run(std::slice::from_ref(&event)));
        self.push(serde_json::to_vec(&self.request(vec![event]))?, None)
    }

    fn event(&self, chance: &mut Chance) -> Signed {
        let device = &self.prepared.devices[0];
        let envelope = Envelope {
            v: 1,
            id: chance.id().into(),
            tenant: device.tenant.clone(),
            site: "elm".into(),
            record: Some(chance.id().into()),
            device: device.id.as_str().into(),
            epoch: device.epoch,
            dseq: chance.draw() % 4,
            prev: sync::Hash::ZERO,
            actor: device.people.first().map(|(staff, _)| staff.clone()).unwrap_or_default(),
            attested: true,
            kind: "add_note".to_owned(),
            kschema: 1,
            seen: 0,
            recorded_at: start(),
            offset_ms: Some(0),
            hlc: "0".to_owned(),
            payload: Fields::default(),
            blobs: Vec::new(),
        };
        let bytes = serde_json::to_string(&envelope).unwrap_or_default();
        let sig = crate::prepared::sign(&device.key, sync::Hash::of_event(&bytes).as_bytes());
        Signed { bytes, sig }
    }

    fn request(&self, events: Vec<Signed>) -> PushRequest {
        let device = &self.prepared.devices[0];
        PushRequest {
            protocol: sync::wire::PROTOCOL,
            tenant: device.tenant.clone(),
            device: device.id.as_str().into(),
            epoch: device.epoch,
            server_epoch: None,
            sent_at: start(),
            nonce: "nonce".to_owned(),
            events,
        }
    }

    fn push(&self, body: Vec<u8>, encoding: Option<&'static str>) -> Result<()> {
        self.post(body, encoding).map(drop)
    }

    fn post(&self, body: Vec<u8>, encoding: Option<&'static str>) -> Result<crate::service::Answer> {
        let device = Some(self.prepared.devices[0].id.clone());
        let ask = Ask { post: true, path: "/v1/push".to_owned(), device, cookie: None, encoding, body };
        let answer = self.service.ask(&ask)?;
        anyhow::ensure!(answer.status < 500, "the server failed with {}", answer.status);
        Ok(answer)
    }
}

/// Something like gzip: real, cut, changed, or a bomb in small.
fn packed(chance: &mut Chance) -> Vec<u8> {
    use std::io::Write;
    let size = if chance.happens(20) { 600_000 } else { chance.below(MOST) };
    let plain = if chance.happens(50) { vec![b' '; size] } else { rubbish(chance) };
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let packed = packer.write_all(&plain).and_then(|()| packer.finish());
    changed(packed.unwrap_or_default(), chance)
}

fn rescue(chance: &mut Chance) -> Result<()> {
    let text = br#"{"noticed_rescue":2,"made_at":"2026-03-02T08:00:00Z","event":[{"key":1,"value":{"slot":"d/1/000000000001/0","hash":"h","bytes":"{}","sig":"s","note":null}}],"draft":[{"key":"d","value":"{}"}],"letter":[{"key":"l","value":"{}"}],"photo":[9,4]}"#;
    let photos = b"\0\xff\xd8 a photo \xff\xd9";
    let sample = if chance.happens(30) {
        rubbish(chance)
    } else {
        changed([text.as_slice(), photos].concat(), chance)
    };
    if let Ok(rescue) = sync::rescue::Rescue::read(&sample) {
        let bytes: usize = rescue.photos.iter().map(Vec::len).sum();
        anyhow::ensure!(bytes <= sample.len(), "more photos than bytes");
    }
    drop(sync::rescue::Locked::read(&sample));
    Ok(())
}

fn list(chance: &mut Chance) -> Result<()> {
    let text = "date,category,what,harm\n2025-01-02,medication,\"Wrong dose, seen in time\",none\n2025-02-30,environment,Loose rail,\n";
    let sample = if chance.happens(20) { rubbish(chance) } else { changed(text.as_bytes().to_vec(), chance) };
    let Ok((text, _)) = exchange::import::decode(&sample) else { return Ok(()) };
    let (register, site) = (Register::default(), "elm".into());
    let target = exchange::import::Target { register: &register, site: &site, now: start() };
    drop(exchange::import::read(&text, target, &exchange::import::Limits::default()));
    Ok(())
}

fn rubbish(chance: &mut Chance) -> Vec<u8> {
    (0..chance.below(MOST)).map(|_| (chance.draw() & 0xff) as u8).collect()
}

/// A few changes: letters, cuts, repeats, numbers that are too large.
fn changed(mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    const WORDS: [&[u8]; 8] =
        [b"null", b"-1", b"18446744073709551616", b"1e999", b"\\u0000", b"\"\"", b"[[[[[[[[", b"\xff\xfe"];
    for _ in 0..chance.below(5) {
        let place = chance.below(bytes.len());
        match chance.below(4) {
            0 => {
                let letter = (chance.draw() & 0xff) as u8;
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = letter;
                }
            }
            1 => bytes.truncate(place),
            2 => {
                let word = chance.pick(&WORDS).copied().unwrap_or_default();
                bytes.splice(place..place, word.iter().copied());
            }
            _ => {
                let end = (place + chance.below(200)).min(bytes.len());
                let again = bytes[place.min(end)..end].to_vec();
                bytes.splice(place..place, again);
            }
        }
    }
    bytes
}

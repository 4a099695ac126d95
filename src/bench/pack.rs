//! How long an evidence pack takes on a device: the log is hashed again, the page, the PDF, the tables and the proof
//! are written and packed into one file.

use crate::browser::clock;
use domain::{event::Received, record::Record, register::Register, roles::Role, time::london_date};
use evidence::{Ledger, PackKind, Request, framework};
use replay::load;
use serde_json::{Value, json};
use std::sync::Arc;
use sync::{Envelope, Signed, chain, envelope, log::Head};

const BUDGET_MS: f64 = 5_000.0;
const BUDGET_RECORDS: usize = 1_000;
const SIZES: [usize; 2] = [100, BUDGET_RECORDS];

pub fn measure() -> Value {
    let sizes: Vec<Value> = SIZES.iter().map(|records| one(*records)).collect();
    let value = |size: &Value| size["value"].as_f64().unwrap_or_default();
    let of_budget = sizes.iter().find(|size| size["size"] == BUDGET_RECORDS).map(value).unwrap_or_default();
    let growth: Vec<Value> = sizes
        .windows(2)
        .filter(|pair| value(&pair[0]) > 0.0)
        .map(|pair| json!({"from": pair[0]["size"], "to": pair[1]["size"], "times": value(&pair[1]) / value(&pair[0])}))
        .collect();
    json!({
        "what": "evidence_pack",
        "unit": "ms",
        "value": of_budget,
        "budget": BUDGET_MS,
        "ok": of_budget <= BUDGET_MS,
        "sizes": sizes,
        "growth": growth,
    })
}

fn one(records: usize) -> Value {
    let log = load::events_of(records);
    let signed = signed(&log);
    let mut register = Register::new(load::directory());
    log.into_iter().for_each(|received| register.take(received));
    let Some(request) = request(&register) else { return json!({"error": "the log holds no record"}) };
    let start = clock::monotonic_ms();
    let built = evidence::build(&register, &request, Ledger::of(&signed));
    let took = clock::monotonic_ms() - start;
    match built {
        Ok(built) => json!({"size": records, "value": took, "kilobytes": built.bytes.len() / 1024}),
        Err(faults) => json!({"error": format!("{faults:?}")}),
    }
}

/// Everything that the register holds, for an inspection.
fn request(register: &Register) -> Option<Request> {
    let happened = |record: &Record| record.facts.occurred_at();
    let (first, last) = (register.records().map(happened).min()?, register.records().map(happened).max()?);
    Some(Request {
        kind: PackKind::Inspector,
        sites: register.directory().sites.keys().cloned().collect(),
        from: london_date(first),
        to: london_date(last),
        categories: Vec::new(),
        framework: framework::quality_statements().clone(),
        identified: None,
        made_at: last + chrono::Duration::days(100),
        made_by: Role::RegisteredManager,
        staff: None,
        person: None,
        examples: Vec::new(),
        words: Vec::new(),
    })
}

/// The same events as one device would have frozen and chained them; what stands as signature is not looked at.
fn signed(log: &[Arc<Received>]) -> Vec<Signed> {
    let mut head: Option<Head> = None;
    let mut signed = Vec::with_capacity(log.len());
    for received in log {
        let event = &received.event;
        let place = chain::next(head);
        let envelope = Envelope {
            v: envelope::VERSION,
            id: event.id.clone(),
            tenant: "bench".to_owned(),
            site: event.site.clone(),
            record: event.record.clone(),
            device: event.device.clone(),
            epoch: 1,
            dseq: place.dseq,
            prev: place.hash,
            actor: event.by.code().to_owned(),
            attested: true,
            kind: event.verb.clone(),
            kschema: 1,
            seen: event.seen,
            recorded_at: event.device_time,
            offset_ms: event.offset_ms,
            hlc: String::new(),
            payload: event.with.clone(),
            blobs: Vec::new(),
        };
        let Ok(sealed) = envelope.seal() else { continue };
        head = Some(Head { dseq: place.dseq, hash: sealed.hash });
        signed.push(sealed.signed("not signed".to_owned()));
    }
    signed
}

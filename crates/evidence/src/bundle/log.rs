//! `log.jsonl` and `proof.json`: the events behind the pack with their hashes, and the chains that they stand in.

use crate::{
    ledger::{Ledger, Seal},
    selection::Selection,
    typed,
};
use domain::{
    event::{Event, Received},
    patterns,
    record::Record,
    sight,
    time::{Instant, london_date},
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Both files.
pub(super) struct Log {
    pub lines: String,
    pub proof: Value,
    pub events: usize,
    pub with_hash: usize,
}

struct Line<'a> {
    received: &'a Received,
    record: Option<&'a Record>,
}

pub(super) fn write(selection: &Selection<'_>, ledger: &Ledger) -> Log {
    let events = events(selection);
    let mut lines = String::new();
    let mut chains: BTreeMap<(String, u32), Vec<Value>> = BTreeMap::new();
    let mut order: Vec<Value> = Vec::new();
    let mut with_hash = 0;
    for (index, line) in events.iter().enumerate() {
        let number = index + 1;
        let sealed = is_sealed(selection, line);
        let id = &line.received.event.id;
        let seal = ledger.seal(id).filter(|_| !sealed);
        let hash = ledger.hash(id).filter(|_| !sealed).map(|hash| hash.to_string());
        let written = line_of(selection, line, number, (sealed, hash.as_deref(), seal));
        lines.push_str(&Value::Object(written).to_string());
        lines.push('\n');
        if let Some(seal) = seal {
            let device = device(selection, &seal.device);
            let link = json!({"dseq": seal.dseq, "prev": seal.prev.to_string(), "hash": seal.hash.to_string(), "line": number});
            chains.entry((device, seal.epoch)).or_default().push(link);
        }
        with_hash += usize::from(hash.is_some());
        order.push(json!({"seq": line.received.judgement.seq, "line": number, "hash": hash}));
    }
    let chains: Vec<Value> = chains
        .into_iter()
        .map(|((device, epoch), mut links)| {
            links.sort_by_key(|link| link.get("dseq").and_then(Value::as_u64));
            json!({"device": device, "epoch": epoch, "events": links})
        })
        .collect();
    let proof = json!({
        "about": HOW,
        "hash": "SHA-256 over the ASCII letters nm.event.v1 and then the bytes of the event, in hexadecimal",
        "events": events.len(),
        "with_hash": with_hash,
        "chains": chains,
        "order": order,
    });
    Log { lines, proof, events: events.len(), with_hash }
}

const HOW: [&str; 5] = [
    "Each event was frozen as bytes on the device that wrote it, hashed, and signed. Its bytes name the hash of the \
     event that the same device wrote before it (prev) and its own number there (dseq).",
    "A chain below lists the events of which the place that made the pack holds the bytes. Where one event has the next \
     higher number than the one before, its prev must be the hash of that one. A gap in the numbers means that the device wrote something that is not about this pack.",
    "seq is the place in which the provider's server took the event in; 0 means that it had not been sent yet.",
    "A line of log.jsonl that has the field bytes can be hashed again. Where names and typed words are left out, the \
     hash stands for the whole event and can be compared with the provider's own log.",
    "order lists every event of log.jsonl. hash is null where the hash could give away a reporter who wished to stay \
     unknown, where the reader of the pack may not read the whole event, or where the event was pulled by an older app. \
     The place of an event in the chain of somebody else's device is not told for the same reason; the provider's own \
     log (noticed export) has it.",
];

/// Events of the records, and of the sites in the period, in order of arrival.
fn events<'a>(selection: &Selection<'a>) -> Vec<Line<'a>> {
    let request = selection.request;
    let mut lines: Vec<Line<'a>> = Vec::new();
    for record in selection.records.iter().chain(&selection.left_out) {
        lines.extend(record.events.iter().map(|received| Line { received, record: Some(record) }));
    }
    let about_one = request.staff.is_some() || request.about().is_some();
    let site_events = selection.register.site_events().filter(|received| {
        !about_one
            && request.sites.contains(&received.event.site)
            && (request.from..=request.to).contains(&london_date(received.judgement.corrected_at))
    });
    lines.extend(site_events.map(|received| Line { received, record: None }));
    lines.sort_by(|one, other| {
        let key = |line: &Line<'a>| (line.received.judgement.seq == 0, line.received.judgement.seq);
        key(one).cmp(&key(other)).then_with(|| one.received.event.id.cmp(&other.received.event.id))
    });
    lines
}

fn is_sealed(selection: &Selection<'_>, line: &Line<'_>) -> bool {
    line.record.is_some_and(|record| selection.cast.seals(&line.received.event.by, record))
}

fn device(selection: &Selection<'_>, id: &str) -> String {
    selection.cast.device(id)
}

fn line_of(
    selection: &Selection<'_>,
    line: &Line<'_>,
    number: usize,
    (sealed, hash, seal): (bool, Option<&str>, Option<&Seal>),
) -> Map<String, Value> {
    let Received { event, judgement } = line.received;
    let identified = selection.cast.is_identified();
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        out.insert(name.to_owned(), value);
    };
    put("line", json!(number));
    put("seq", json!(judgement.seq));
    put("do", json!(event.verb));
    put("hash", json!(hash));
    if selection.is_coded_only() {
        // One line is about one record: nothing more of it may be told to who may only see counts.
        put("left_out", json!(["everything but the kind of event and its hash"]));
        return out;
    }
    let coarse = sealed && !identified;
    let time = |instant: Instant| match coarse {
        true => json!(london_date(instant)),
        false => json!(instant),
    };
    put("id", if coarse { Value::Null } else { json!(event.id) });
    put("site", json!(event.site));
    if let Some(record) = line.record {
        put("record", json!(selection.name(record)));
        put("by", json!(selection.cast.author_in(&event.by, record)));
    } else {
        put("by", json!(selection.cast.author(&event.by, &event.site)));
    }
    put("device", if sealed { json!("sealed") } else { json!(device(selection, &event.device)) });
    put("device_time", time(event.device_time));
    put("received_at", time(judgement.received_at));
    put("corrected_at", time(judgement.corrected_at));
    put("version", json!(judgement.version));
    put("result", json!(judgement.result));
    put("marks", json!(judgement.marks));
    if identified {
        put("with", Value::Object(event.with.clone().into_map()));
        put("left_out", json!([]));
        if let Some(bytes) = seal.and_then(|seal| seal.bytes.as_ref()) {
            put("bytes", json!(bytes));
        }
        return out;
    }
    let (with, left_out) = redacted(selection, event, coarse);
    put("with", Value::Object(with));
    put("left_out", json!(left_out));
    out
}

/// The fields that tell nobody's name, and about one person the words that were typed; and the names of those that are left out or changed.
fn redacted(
    selection: &Selection<'_>,
    event: &Event,
    coarse: bool,
) -> (Map<String, Value>, BTreeSet<String>) {
    let mut with = sight::coded_fields(event, selection.register).into_map();
    if let Some(people) = event.with.get("people").and_then(Value::as_array) {
        let people: Vec<String> =
            people.iter().filter_map(Value::as_str).map(|code| selection.cast.person(code)).collect();
        with.insert("people".into(), json!(people));
    }
    for name in ["text", "summary", "note"] {
        let is_shared = matches!(
            (event.verb.as_str(), name),
            ("tell_reporter", "text") | ("sign_audit", "summary") | ("sign_oversight", "note")
        );
        if let Some(text) = event.with.get(name).filter(|_| is_shared) {
            with.insert(name.into(), text.clone());
        }
    }
    if selection.cast.about().is_some() {
        typed::put_back(&mut with, event, &selection.cast);
        // About the practice of one member of staff.
        with.remove("supervision");
        with.remove("just_culture");
    }
    hide_homes(selection, &mut with);
    if let Some(changes) = with.get_mut("changes").and_then(Value::as_object_mut) {
        hide_homes(selection, changes);
    }
    if coarse {
        with.remove("occurred_at");
        if let Some(changes) = with.get_mut("changes").and_then(Value::as_object_mut) {
            changes.remove("occurred_at");
        }
    }
    if let Some(rule) = with.get("alert").and_then(Value::as_str).and_then(patterns::name_parts) {
        // The key of an alert may name a person or a room.
        with.insert("alert".into(), json!(rule.0.code()));
    }
    hide_sealed_records(selection, &mut with);
    let changed = |(name, value): (&String, &Value)| (with.get(name) != Some(value)).then(|| name.clone());
    let left_out = event.with.iter().filter_map(changed).collect();
    (with, left_out)
}

fn hide_homes(selection: &Selection<'_>, with: &mut Map<String, Value>) {
    let home = with.get("location").and_then(Value::as_str).filter(|code| selection.cast.is_home(code));
    if home.is_some() {
        with.insert("location".into(), json!("a person's own room"));
    }
    let asset = with.get("asset").and_then(Value::as_str).map(|code| selection.cast.asset(code));
    if let Some(asset) = asset {
        with.insert("asset".into(), json!(asset));
    }
}

/// The id of a record holds the moment of its report.
fn hide_sealed_records(selection: &Selection<'_>, with: &mut Map<String, Value>) {
    for name in ["record", "of", "to"] {
        let named = with.get(name).and_then(Value::as_str).and_then(|id| selection.register.record(id));
        if let Some(record) = named {
            let shown = selection.name(record);
            with.insert(name.into(), json!(shown));
        }
    }
}

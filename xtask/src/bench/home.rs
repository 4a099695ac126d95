//! A busy home for the measures: its devices, and what people write on them.

use crate::client::{Phone, Process, uuid};
use anyhow::Result;
use chrono::Duration;
use domain::{
    event::{Author, Event},
    time::Instant,
};
use serde::Deserialize;
use serde_json::{Value, json};
use sync::wire::PushRequest;

const EVENTS_EACH: usize = 200;
const SITE: &str = "meadow";
const PERSON: &str = "manager";
const PASSWORD: &str = "violet kettle 42";

#[derive(Deserialize)]
struct Invite {
    code: String,
}

/// Devices of one home, each with the same person signed in.
pub fn enrol(process: &Process, devices: usize, now: Instant) -> Result<Vec<Phone>> {
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
pub fn write(phones: Vec<Phone>, now: Instant) -> Result<Vec<PushRequest>> {
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
pub fn event(device: &str, of: usize, number: usize, now: Instant) -> Event {
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
        with: with.as_object().cloned().unwrap_or_default().into(),
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

//! What the promises share: instants, phones with events, replies of a server.

use domain::time::{Instant, parse_instant};
use serde_json::{Value, json};
use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};
use sync::{
    conformance::Phone,
    log::Entry,
    outbox::{Outbox, Trouble},
    wire::{CONTENT_TYPE, PushRequest},
};

pub const OURS: Option<&str> = Some(CONTENT_TYPE);

pub fn at(text: &str) -> Instant {
    parse_instant(text).expect(text)
}

pub fn noon() -> Instant {
    at("2026-11-23T12:00:00Z")
}

/// Runs a future that never waits, as those of `Memory` do.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("memory never waits"),
    }
}

pub fn entries(count: usize) -> Vec<Entry> {
    let mut phone = Phone::new("phone-a", 1);
    (0..count).map(|number| phone.write(&format!("entry {number}"))).collect()
}

pub fn outbox_of(entries: &[Entry]) -> Outbox {
    let mut outbox = Outbox::default();
    entries.iter().for_each(|entry| outbox.add(entry.clone(), Trouble::default()));
    outbox
}

/// The next request of an outbox that has something to send.
pub fn request(outbox: &Outbox, now: Instant) -> PushRequest {
    outbox.next_batch(now).expect("something to send").request("willow-care", None, now, "nonce-1".to_owned())
}

/// What a proper server answers, with the same outcome for every event.
pub fn reply(request: &PushRequest, outcome: &Value) -> Value {
    let receipt = |event: &sync::Signed| {
        let mut receipt = outcome.clone();
        receipt["hash"] = json!(event.hash());
        receipt
    };
    json!({
        "nonce": request.nonce,
        "server_epoch": "epoch-1",
        "server_time": "2026-11-23T12:00:00Z",
        "receipts": request.events.iter().map(receipt).collect::<Vec<_>>(),
    })
}

pub fn duplicate() -> Value {
    json!({ "outcome": "duplicate" })
}

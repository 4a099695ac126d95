//! A new store for each test, and the things that the tests write.

use domain::{
    event::{Author, Event},
    ids::DeviceId,
};
use noticed_app::browser::{
    clock, event_log::OwnLog, ids, keys::DeviceKey, pen::Hand, seal::Ring, shelf::Shelf, store::Store,
};
use serde_json::{Map, Value};
use std::rc::Rc;
use sync::{EventLog, Signed};

pub fn place(name: &str) -> String {
    format!("test-{name}-{}", ids::new_id())
}

pub async fn open(place: &str) -> Rc<Store> {
    Rc::new(Store::open(place).await.expect("the store opens"))
}

pub async fn ring(store: &Rc<Store>) -> Rc<Ring> {
    Ring::open(store).await.expect("there are keys")
}

pub async fn log(store: &Rc<Store>) -> OwnLog {
    OwnLog::new(store.clone(), ring(store).await)
}

/// Where this person is here.
pub async fn shelf_of(store: &Rc<Store>, person: &str) -> Shelf {
    let ring = ring(store).await;
    ring.enter(person).await.expect("their key opens");
    Shelf::new(store.clone(), ring)
}

pub async fn key(store: &Rc<Store>) -> DeviceKey {
    let key = DeviceKey::make(store).await.expect("a key is made");
    key.keep(store).await.expect("the key is kept");
    key
}

pub fn event(text: &str) -> Event {
    Event {
        id: ids::new_id().into(),
        verb: "add_note".into(),
        site: "willow-house".into(),
        record: Some("record-1".into()),
        by: Author::from("ada"),
        device: DeviceId::from("phone"),
        with: Map::from_iter([("text".to_owned(), Value::from(text))]).into(),
        seen: 1,
        device_time: clock::now(),
        offset_ms: Some(0),
    }
}

pub fn hand<'a>() -> Hand<'a> {
    Hand { tenant: "willow-care", epoch: 1, attested: true, corrected_at: clock::now(), draft: None }
}

/// Everything in the chain of the phone.
pub async fn chain(log: &OwnLog) -> Vec<Signed> {
    let stored = log.read(0, usize::MAX).await.expect("the log can be read");
    stored.into_iter().map(|stored| stored.entry.signed).collect()
}

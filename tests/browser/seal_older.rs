//! A store that version 1 wrote, with a full outbox: opened by this version, nothing is lost and nothing lies open.

use crate::{places::place, seal::everything};
use futures_util::poll;
use js_sys::{Function, Promise};
use noticed_app::browser::{
    event_log::OwnLog,
    events::wait,
    json,
    seal::{Entered, Ring, sweep},
    shelf::Shelf,
    store::{Store, schema},
};
use serde_json::{Value, json};
use std::{pin::pin, rc::Rc};
use sync::{Stored, chain::verify_whole};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// Never edit this text: phones in the field hold such stores.
const GOLDEN: &str = include_str!("golden/store_v1.json");

const WRITE: &str = "return new Promise((done, failed) => {
    const parts = JSON.parse(golden);
    const opening = indexedDB.open(name, 1);
    opening.onerror = () => failed(opening.error);
    opening.onupgradeneeded = () => {
        const events = opening.result.createObjectStore('event', { autoIncrement: true });
        events.createIndex('slot', 'slot', { unique: true });
        for (const part of ['meta', 'page', 'draft', 'letter']) opening.result.createObjectStore(part);
    };
    opening.onsuccess = () => {
        const database = opening.result;
        const writing = database.transaction(database.objectStoreNames, 'readwrite');
        for (const [part, rows] of Object.entries(parts)) {
            const store = writing.objectStore(part);
            if (part === 'event') rows.forEach((row) => store.add(row));
            else for (const [key, text] of Object.entries(rows)) store.put(text, key);
        }
        writing.oncomplete = () => { database.close(); done(); };
        writing.onabort = () => failed(writing.error);
    };
})";

#[wasm_bindgen_test]
async fn f16_a_store_of_version_1_is_sealed_and_nothing_is_lost() {
    let store = older("older").await;
    let ring = Ring::open(&store).await.expect("keys are made");
    sweep(&store, &ring).await.expect("sealed");
    let text = everything(&store).await;
    for open in
        ["tablet", "frayed", "second look", "half a re", "a letter", "pulled row", "set aside", "lists"]
    {
        assert!(!text.contains(open), "{open} lies open");
    }
    must_be_all_there(&store, ring).await;
    // A second start finds nothing to do.
    let before = everything(&store).await;
    let again = Ring::open(&store).await.expect("the keys are there");
    sweep(&store, &again).await.expect("nothing to do");
    assert_eq!(everything(&store).await, before);
}

#[wasm_bindgen_test]
async fn sealing_that_is_cut_off_at_any_moment_leaves_everything_readable() {
    for waits in [1, 4, 9, 16, 25, 36, 49, 64, 81, 100] {
        let store = older("cut-off").await;
        let ring = Ring::open(&store).await.expect("keys are made");
        {
            let mut sealing = pin!(sweep(&store, &ring));
            for _ in 0..waits {
                // A transaction that is not asked to go on ends by itself: that is a cut, too.
                if poll!(sealing.as_mut()).is_ready() {
                    break;
                }
                wait(0).await;
            }
        }
        let ring = Ring::open(&store).await.expect("the keys are there");
        must_be_all_there(&store, ring.clone()).await;
        sweep(&store, &ring).await.expect("sealed the next time");
        must_be_all_there(&store, ring).await;
    }
}

#[wasm_bindgen_test]
async fn a_pin_of_version_1_opens_what_was_sealed_without_it() {
    let store = older("older-pin").await;
    let ring = Ring::open(&store).await.expect("keys are made");
    sweep(&store, &ring).await.expect("sealed");
    assert_eq!(store.get(schema::META, "pin/ben").await.expect("read"), None, "what was kept of it is gone");
    assert_eq!(ring.enter("ben").await, Ok(Entered::Locked));
    assert_eq!(ring.unlock("ben", "274952").await, Ok(false));
    assert_eq!(ring.unlock("ben", "274951").await, Ok(true));
    let drafts = Shelf::new(store, ring).drafts::<Value>("ben").await.expect("read");
    assert_eq!(drafts.rows, [json!({"id": "d2", "words": "half a report of Ben"})]);
}

pub async fn must_be_all_there(store: &Rc<Store>, ring: Rc<Ring>) {
    let golden: Value = json::value(GOLDEN).expect("JSON");
    let text = |part: &str, key: &str| golden[part][key].as_str().and_then(json::value).expect("there");
    let log = OwnLog::new(store.clone(), ring.clone());
    let (events, unreadable) = log.readable(0).await.expect("read");
    assert_eq!((events.len(), unreadable), (3, 0));
    for (Stored { entry, .. }, row) in events.iter().zip(golden["event"].as_array().expect("events")) {
        assert_eq!(
            (entry.signed.bytes.as_str(), entry.signed.sig.as_str(), entry.note.as_deref()),
            (row["bytes"].as_str().expect("bytes"), row["sig"].as_str().expect("sig"), row["note"].as_str())
        );
        assert_eq!(entry.hash, entry.signed.hash());
    }
    let last = &events[2].entry;
    let head = sync::Head { dseq: last.dseq, hash: last.hash };
    let chain: Vec<_> = events.iter().map(|stored| stored.entry.signed.clone()).collect();
    assert_eq!(verify_whole(None, &chain, head), Ok(()), "it is one chain, byte for byte");

    assert_eq!(ring.enter("ada").await, Ok(Entered::Open));
    let shelf = Shelf::new(store.clone(), ring);
    assert_eq!(shelf.drafts::<Value>("ada").await.expect("read").rows, [text("draft", "ada/d1")]);
    assert_eq!(shelf.drafts::<Value>("-").await.expect("read").rows, [text("draft", "-/d3")]);
    let form = shelf.forms::<Value>("ada").await.expect("read");
    assert_eq!(form, [("review".to_owned(), text("draft", "ada/form/review"))]);
    assert_eq!(shelf.letters::<Value>().await.expect("read").rows, [text("letter", "l1")]);
    for (place, key) in [("ada", "ada/000000"), ("aside-7/ada", "aside-7/ada/000000")] {
        let pages = shelf.pages(place).await.expect("read").rows;
        let rows = pages.iter().map(|page| json::value(&page.rows).expect("JSON"));
        assert_eq!(rows.collect::<Vec<_>>(), [text("page", key)]);
    }
    for name in ["device", "me", "directory", "seen/ada", "cursor/ada"] {
        assert_eq!(shelf.note::<Value>(name).await, Ok(Some(text("meta", name))), "{name}");
    }
}

async fn older(name: &str) -> Rc<Store> {
    crate::places::open(&written(name).await).await
}

/// Where it lies.
pub async fn written(name: &str) -> String {
    let place = place(name);
    let write = Function::new_with_args("name, golden", WRITE);
    let written = write.call2(&wasm_bindgen::JsValue::NULL, &place.as_str().into(), &GOLDEN.into());
    let written: Promise = written.expect("called").unchecked_into();
    JsFuture::from(written).await.expect("written");
    place
}

//! Stores that versions 2 and 3 wrote, with a full outbox and keys kept as bytes: opened by this version, nothing is lost.

use crate::{places::place, seal_older::must_be_all_there};
use js_sys::{Function, Promise};
use noticed_app::browser::{
    photos::{Part, PhotoShelf},
    seal::{Protection, Ring, sweep},
    store::{Store, schema},
};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// Never edit these texts: phones in the field hold such stores.
const GOLDEN: [(u8, &str); 2] =
    [(2, include_str!("golden/store_v2.json")), (3, include_str!("golden/store_v3.json"))];

/// The steps of the layouts as they were, and then the rows: `{"bytes": …}` stands for bytes.
const WRITE: &str = "return new Promise((done, failed) => {
    const { version, parts } = JSON.parse(golden);
    const real = (value) => {
        if (typeof value !== 'object' || value === null) return value;
        if ('bytes' in value && Object.keys(value).length === 1) {
            return Uint8Array.from(atob(value.bytes), (letter) => letter.charCodeAt(0));
        }
        return Object.fromEntries(Object.entries(value).map(([name, value]) => [name, real(value)]));
    };
    const opening = indexedDB.open(name, version);
    opening.onerror = () => failed(opening.error);
    opening.onupgradeneeded = () => {
        const events = opening.result.createObjectStore('event', { autoIncrement: true });
        events.createIndex('slot', 'slot', { unique: true });
        for (const part of ['meta', 'page', 'draft', 'letter']) opening.result.createObjectStore(part);
        if (version >= 2) opening.result.createObjectStore('key');
        if (version >= 3) opening.result.createObjectStore('photo');
    };
    opening.onsuccess = () => {
        const database = opening.result;
        const writing = database.transaction(database.objectStoreNames, 'readwrite');
        for (const [part, rows] of Object.entries(parts)) {
            const store = writing.objectStore(part);
            for (const [key, value] of rows) part === 'event' ? store.add(real(value)) : store.put(real(value), key);
        }
        writing.oncomplete = () => { database.close(); done(); };
        writing.onabort = () => failed(writing.error);
    };
})";

#[wasm_bindgen_test]
async fn f16_a_store_of_version_2_or_3_opens_and_nothing_is_lost() {
    for (version, golden) in GOLDEN {
        let name = place("golden");
        call(WRITE, &name, golden).await;
        assert_eq!(schema::version_of(&name).await, Some(version));
        let store = Rc::new(Store::open(&name).await.expect("the store opens"));
        assert_eq!(schema::version_of(&name).await, Some(schema::CURRENT));
        let ring = Ring::open(&store).await.expect("the keys are there");
        assert_eq!(ring.protection(), Protection::Bytes, "version {version}: its own keys");
        must_be_all_there(&store, ring.clone()).await;
        sweep(&store, &ring).await.expect("nothing to do");
        must_be_all_there(&store, ring.clone()).await;
        let photos = PhotoShelf::new(store, ring);
        let notes = photos.notes::<String>().await.expect("read");
        assert_eq!(notes, if version == 3 { vec!["a note"] } else { vec![] });
        let full = photos.bytes(Part::Full, "r1/p1").await.expect("read");
        assert_eq!(full, (version == 3).then(|| vec![7; 300]));
    }
}

pub async fn call(script: &str, name: &str, text: &str) -> JsValue {
    let run = Function::new_with_args("name, golden", script);
    let promise = run.call2(&JsValue::NULL, &name.into(), &text.into()).expect("called");
    JsFuture::from(promise.unchecked_into::<Promise>()).await.expect("done")
}

//! What stays when the database loses something: the witness, the second copy, and a store that others hold up.

use crate::places::{chain, event, hand, key, log, open, place};
use indexed_db_futures::{Build, database::Database};
use noticed_app::browser::{
    event_log::OwnLog,
    events::wait,
    keys::DeviceKey,
    pen::Pen,
    store::{Op, Store, StoreError, schema},
};
use std::{collections::BTreeSet, rc::Rc};
use sync::{Head, Signed, chain::verify_whole};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

/// Three events, and the store and key that they were written with.
async fn three(place: &str) -> (Rc<Store>, OwnLog, DeviceKey, Vec<Signed>) {
    let store = open(place).await;
    let (log, key, pen) = (log(&store).await, key(&store).await, Pen::default());
    for text in ["one", "two", "three"] {
        pen.write(&log, &key, &event(text), hand()).await.expect("written");
    }
    let written = chain(&log).await;
    (store, log, key, written)
}

/// As a database that lost rows without any error.
async fn lose(store: &Store, rows: &[u32]) {
    let delete = |seq: &u32| Op::Delete { part: schema::EVENT, key: f64::from(*seq).into() };
    store.write(&rows.iter().map(delete).collect::<Vec<_>>()).await.expect("lost");
}

#[wasm_bindgen_test]
async fn f08_a_lost_tail_comes_back_from_the_second_copy() {
    let (store, log, key, written) = three(&place("tail")).await;
    lose(&store, &[2, 3]).await;
    assert_eq!(chain(&log).await.len(), 1);
    assert_eq!(log.mend().await, Ok(2));
    assert_eq!(chain(&log).await, written, "the same bytes in the same order");
    let next = Pen::default().write(&log, &key, &event("four"), hand()).await.expect("written").entry;
    assert_eq!(verify_whole(None, &chain(&log).await, Head { dseq: 4, hash: next.hash }), Ok(()));
    assert_eq!(log.mend().await, Ok(0), "once");
}

#[wasm_bindgen_test]
async fn f08_a_hole_in_the_middle_comes_back() {
    let (store, log, _, written) = three(&place("hole")).await;
    lose(&store, &[2]).await;
    assert_eq!(log.mend().await, Ok(1));
    let both: BTreeSet<_> = chain(&log).await.into_iter().map(|event| event.bytes).collect();
    assert_eq!(both, written.into_iter().map(|event| event.bytes).collect());
}

#[wasm_bindgen_test]
async fn f08_the_chain_goes_on_after_an_end_that_is_gone() {
    let (store, log, key, written) = three(&place("gone")).await;
    log.drop_copies(written.iter().map(|event| event.hash().to_string()).collect());
    lose(&store, &[2, 3]).await;
    assert_eq!(log.mend().await, Ok(0), "there is no second copy");
    let next = Pen::default().write(&log, &key, &event("four"), hand()).await.expect("written").entry;
    assert_eq!(next.dseq, 4, "no place is used twice");
}

#[wasm_bindgen_test]
async fn f08_either_witness_is_enough() {
    let (_, log, ..) = three(&place("witness")).await;
    wait(100).await;
    let head = log.beside.head(&"phone".into(), 1).expect("quick");
    assert_eq!(head.dseq, 3);
    js_sys::eval("localStorage.clear()").expect("cleared");
    assert_eq!(log.beside.head(&"phone".into(), 1), None);
    log.beside.agree(&"phone".into(), 1).await;
    assert_eq!(log.beside.head(&"phone".into(), 1), Some(head));
}

#[wasm_bindgen_test]
async fn a_copy_goes_with_its_receipt_and_is_made_again_when_it_is_missing() {
    let (store, log, _, written) = three(&place("receipts")).await;
    let hashes: Vec<_> = written.iter().map(|event| event.hash().to_string()).collect();
    let (settled, waiting) = hashes.split_at(2);
    log.drop_copies(waiting.to_vec());
    let set = |hashes: &[String]| hashes.iter().cloned().collect();
    log.match_copies(&set(waiting), &set(settled)).await.expect("matched");
    lose(&store, &[1, 2, 3]).await;
    assert_eq!(log.mend().await, Ok(1), "what was sent has no copy, what waits has one");
}

#[wasm_bindgen_test]
async fn f05_a_transaction_that_never_ends_is_an_error_and_the_next_one_works() {
    let store = open(&place("silent")).await;
    let quiet = js_sys::eval(
        "(() => { const real = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (...args) {
              const transaction = real.apply(this, args);
              for (const name of ['oncomplete', 'onabort', 'onerror']) Object.defineProperty(transaction, name, { set() {} });
              return transaction;
            };
            return () => { IDBDatabase.prototype.transaction = real; }; })()",
    )
    .expect("the browser lets us");
    let put = |name| [Op::put(schema::META, name, "1")];
    assert_eq!(store.write(&put("one")).await, Err(StoreError::Silent));
    quiet.unchecked_into::<js_sys::Function>().call0(&wasm_bindgen::JsValue::NULL).expect("restored");
    assert_eq!(store.write(&put("two")).await, Ok(None));
}

#[wasm_bindgen_test]
async fn f14_a_tab_that_does_not_let_go_does_not_stop_a_newer_one() {
    let place = place("blocked");
    let (old, ..) = three(&place).await;
    // As a frozen tab: it is open, and hears nothing.
    let frozen =
        Database::open(&place).with_version(schema::CURRENT).build().expect("asked").await.expect("open");
    let newer = Rc::new(Store::open_at(&place, schema::CURRENT + 1).await.expect("opened as it is"));
    let log = log(&newer).await;
    let key = DeviceKey::read(&newer).await.expect("read").expect("there");
    let written = Pen::default().write(&log, &key, &event("four"), hand()).await.expect("written").entry;
    assert_eq!(written.dseq, 4);
    frozen.close();
    drop((old, newer, log));
    wait(50).await;
    Store::open_at(&place, schema::CURRENT + 1).await.expect("upgraded when it is alone");
    assert_eq!(schema::version_of(&place).await, Some(schema::CURRENT + 1));
}

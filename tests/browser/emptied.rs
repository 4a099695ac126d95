//! The whole database is gone: what lies beside it says so, and a sign-in opens the copies of unsent reports.

use crate::places::{chain, event, hand, key, open, place, ring};
use indexed_db_futures::database::Database;
use noticed_app::browser::{
    event_log::OwnLog,
    pen::Pen,
    seal::{Entered, Protection, Ring},
    store::Store,
};
use std::rc::Rc;
use sync::{Head, Signed};
use wasm_bindgen_test::wasm_bindgen_test;

const SHARE: [u8; 32] = [7; 32];

/// Somebody signed in and wrote three events, which are not sent; then the database is emptied.
async fn emptied(place: &str) -> Vec<Signed> {
    let store = open(place).await;
    let ring = ring(&store).await;
    assert_eq!(ring.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    let log = OwnLog::new(store.clone(), ring);
    let (key, pen) = (key(&store).await, Pen::default());
    for text in ["one", "two", "three"] {
        pen.write(&log, &key, &event(text), hand()).await.expect("written");
    }
    let written = chain(&log).await;
    // Copies are made when there is time.
    assert_eq!(log.mend().await, Ok(0));
    drop((log, store));
    let gone = Database::delete_by_name(place).expect("asked").await;
    gone.expect("emptied");
    written
}

async fn again(place: &str) -> (Rc<Store>, Rc<Ring>, OwnLog) {
    let store = open(place).await;
    let ring = ring(&store).await;
    (store.clone(), ring.clone(), OwnLog::new(store, ring))
}

#[wasm_bindgen_test]
async fn f02_an_emptied_database_is_noticed_and_a_sign_in_brings_back_what_was_not_sent() {
    let place = place("emptied");
    let written = emptied(&place).await;
    let (_, ring, log) = again(&place).await;
    let end = Head { dseq: 3, hash: written[2].hash() };
    assert_eq!(log.beside.head(&"phone".into(), 1), Some(end));
    assert_eq!(ring.protection(), Protection::Lost);
    assert_eq!(log.mend().await, Ok(0), "nothing opens without a sign-in");
    assert_eq!(ring.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    assert_eq!(log.mend().await, Ok(3));
    assert_eq!(chain(&log).await, written, "the same bytes in the same order");
    drop((ring, log));
    let (_, ring, log) = again(&place).await;
    assert_eq!(ring.protection(), Protection::Key);
    assert_eq!(chain(&log).await, written, "also after the next start");
}

#[wasm_bindgen_test]
async fn f02_another_share_opens_nothing_and_takes_nothing_away() {
    let place = place("emptied-stranger");
    let written = emptied(&place).await;
    let (_, ring, log) = again(&place).await;
    ring.admit("ben", Some(&[9; 32]), false).await.expect("ben is here");
    assert_eq!(log.mend().await, Ok(0));
    assert_eq!(ring.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    assert_eq!(log.mend().await, Ok(3), "it was still there");
    assert_eq!(chain(&log).await, written);
}

#[wasm_bindgen_test]
async fn f02_a_tablet_goes_on_without_a_person_and_finds_the_old_key_later() {
    let place = place("emptied-tablet");
    let written = emptied(&place).await;
    let (store, ring, log) = again(&place).await;
    ring.begin_again().await.expect("new keys");
    assert_eq!(ring.protection(), Protection::Key);
    let key = key(&store).await;
    let next = Pen::default().write(&log, &key, &event("four"), hand()).await.expect("written").entry;
    assert_eq!(log.mend().await, Ok(0), "what was before is still sealed");
    assert_eq!(ring.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    assert_eq!(log.mend().await, Ok(3));
    drop((ring, log));
    let (_, _, log) = again(&place).await;
    let mut all = written;
    all.push(next.signed);
    let mut found = chain(&log).await;
    let by_hash = |one: &Signed| one.hash().to_string();
    found.sort_by_key(by_hash);
    all.sort_by_key(by_hash);
    assert_eq!(found, all, "all four with one key");
}

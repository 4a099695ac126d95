//! One tab at a time, and ids that nobody shares.

use crate::places::{event, hand, key, log, open, place};
use noticed_app::browser::{
    ids,
    lease::Turn,
    locks::{Mode, hold},
    pen::Pen,
    store::{Op, StoreError, schema},
};
use std::collections::BTreeSet;
use sync::Stored;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_lock_is_free_again_when_it_is_dropped() {
    let name = place("lock");
    let held = hold(&name, Mode::AloneIfFree).await.expect("free");
    assert!(hold(&name, Mode::AloneIfFree).await.is_none(), "another one has to come back later");
    drop(held);
    noticed_app::browser::events::wait(20).await;
    assert!(hold(&name, Mode::AloneIfFree).await.is_some());
}

#[wasm_bindgen_test]
async fn who_waits_for_a_lock_has_it_as_soon_as_it_is_let_go() {
    let name = place("turn");
    for turn in 0..3 {
        let held = hold(&name, Mode::Alone).await;
        assert!(held.is_some(), "turn {turn}");
    }
}

#[wasm_bindgen_test]
async fn an_open_form_keeps_an_update_out() {
    let name = place("editing");
    let (one, two) = (hold(&name, Mode::Shared).await, hold(&name, Mode::Shared).await);
    assert!(one.is_some() && two.is_some(), "two forms may be open");
    assert!(hold(&name, Mode::AloneIfFree).await.is_none());
}

#[wasm_bindgen_test]
fn ids_differ_and_tell_the_day_only() {
    let made: BTreeSet<String> = (0..1_000).map(|_| ids::new_id()).collect();
    assert_eq!(made.len(), 1_000);
    let id = made.first().expect("one");
    assert_eq!((id.len(), id.as_bytes()[14]), (36, b'7'));
    let time = u64::from_str_radix(&id.replace('-', "")[..12], 16).expect("a number");
    let day = 24 * 60 * 60 * 1000;
    assert_eq!((time % day, time / day), (0, js_sys::Date::now() as u64 / day));
}

#[wasm_bindgen_test]
async fn f29_a_turn_that_was_taken_over_writes_nothing_down() {
    let place = place("lease");
    let (here, there) = (open(&place).await, open(&place).await);
    let (own, key) = (log(&here).await, key(&here).await);
    let stored = Pen::default().write(&own, &key, &event("one"), hand()).await.expect("written");
    let frozen = Turn::take(here.clone()).await.expect("nobody else has it");
    // As after its lease is over: the row says so.
    there.write(&[Op::put(schema::META, "lease", r#"{"token":1,"until_ms":0}"#)]).await.expect("aged");
    let next = Turn::take(there.clone()).await.expect("taken over");
    let noted = [Stored { entry: stored.entry.clone().with_note("{}"), ..stored.clone() }];
    assert_eq!(own.set_notes(&noted).await, Err(StoreError::Taken), "a receipt");
    assert_eq!(here.keep_turn(600_000).await, Err(StoreError::Taken), "a longer turn");
    let another = Pen::default().write(&own, &key, &event("two"), hand()).await;
    assert_eq!(another.map(|stored| stored.entry.dseq), Ok(2), "but any tab may save a report");
    assert_eq!(log(&there).await.set_notes(&noted).await, Ok(()), "the holder writes it down");
    drop((frozen, next));
}

#[wasm_bindgen_test]
async fn f40_a_turn_that_ended_anyhow_leaves_the_next_one_free() {
    let place = place("turns");
    let store = open(&place).await;
    for _ in 0..3 {
        drop(Turn::take(store.clone()).await.expect("free"));
    }
}

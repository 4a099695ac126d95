//! One tab at a time, and ids that nobody shares.

use crate::places::place;
use noticed_app::browser::{
    ids,
    locks::{Mode, hold},
};
use std::collections::BTreeSet;
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
fn ids_differ_and_say_when_they_were_made() {
    let made: BTreeSet<String> = (0..1_000).map(|_| ids::new_id()).collect();
    assert_eq!(made.len(), 1_000);
    let id = made.first().expect("one");
    assert_eq!((id.len(), id.as_bytes()[14]), (36, b'7'));
}

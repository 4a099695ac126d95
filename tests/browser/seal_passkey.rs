//! A passkey that gives a secret opens what its person has here; nothing else does, and one that is gone does not either.

use crate::{
    places::{open, place, ring},
    seal::everything,
};
use noticed_app::browser::{
    passkey::PasskeySecret,
    seal::{Entered, Ring},
    shelf::Shelf,
    store::Store,
};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

const PIN: &str = "274951";
const SHARE: [u8; 32] = [1; 32];

fn secret(id: &str, byte: u8) -> PasskeySecret {
    PasskeySecret { id: id.into(), bytes: vec![byte; 32] }
}

/// Somebody with a PIN, signed in with a passkey.
async fn with_passkey(store: &Rc<Store>) -> Rc<Ring> {
    let ring = ring(store).await;
    ring.admit("ada", Some(&SHARE), false).await.expect("here");
    ring.set_pin("ada", PIN).await.expect("set");
    Shelf::new(store.clone(), ring.clone()).save_draft("ada/1", &"words").await.expect("saved");
    ring.add_passkey("ada", Some(&SHARE), &secret("first", 7)).await.expect("kept");
    ring
}

async fn draft(store: &Rc<Store>, ring: &Rc<Ring>) -> Vec<String> {
    Shelf::new(store.clone(), ring.clone()).drafts("ada").await.expect("read").rows
}

#[wasm_bindgen_test]
async fn f77_a_passkey_opens_without_pin_and_without_the_service() {
    let store = open(&place("f77")).await;
    with_passkey(&store).await;
    let again = ring(&store).await;
    assert_eq!(again.enter("ada").await, Ok(Entered::Locked));
    assert_eq!(again.passkeys("ada").await, ["first"]);
    assert_eq!(again.unlock_by_passkey("ada", &secret("first", 7), false).await, Ok(true));
    assert_eq!(draft(&store, &again).await, ["words"]);
    assert!(again.has_pin("ada").await, "the PIN stays");

    // The same after too many wrong digits: the PIN is gone, and a new one can be set.
    let tried_out = ring(&store).await;
    tried_out.enter("ada").await.expect("locked");
    assert_eq!(tried_out.unlock_by_passkey("ada", &secret("first", 7), true).await, Ok(true));
    assert!(!tried_out.has_pin("ada").await);
    tried_out.set_pin("ada", "305172").await.expect("set");
    assert_eq!(ring(&store).await.unlock("ada", "305172").await, Ok(true));
    assert_eq!(tried_out.passkeys("ada").await, ["first"], "it still opens");
}

#[wasm_bindgen_test]
async fn f78_another_secret_opens_nothing_and_writes_nothing() {
    let store = open(&place("f78-passkey")).await;
    with_passkey(&store).await;
    let before = everything(&store).await;
    let again = ring(&store).await;
    again.enter("ada").await.expect("locked");
    for wrong in [secret("first", 8), secret("second", 7)] {
        assert_eq!(again.unlock_by_passkey("ada", &wrong, true).await, Ok(false));
    }
    // The same passkey is not that of another person.
    assert_eq!(again.unlock_by_passkey("ben", &secret("first", 7), true).await, Ok(false));
    assert!(!again.is_open("ada"));
    assert!(again.has_pin("ada").await);
    assert_eq!(again.unlock("ada", PIN).await, Ok(true));
    assert!(everything(&store).await.len() >= before.len(), "nothing was taken away");
    assert_eq!(draft(&store, &again).await, ["words"]);
}

#[wasm_bindgen_test]
async fn f77_a_passkey_that_is_gone_opens_nothing_any_more() {
    let store = open(&place("f77-gone")).await;
    let first = with_passkey(&store).await;
    first.add_passkey("ada", Some(&SHARE), &secret("second", 9)).await.expect("kept");
    first.keep_passkeys("ada", |id| id == "second").await.expect("kept");
    let again = ring(&store).await;
    again.enter("ada").await.expect("locked");
    assert_eq!(again.passkeys("ada").await, ["second"]);
    assert_eq!(again.unlock_by_passkey("ada", &secret("first", 7), false).await, Ok(false));
    assert_eq!(again.unlock_by_passkey("ada", &secret("second", 9), false).await, Ok(true));
    assert_eq!(draft(&store, &again).await, ["words"]);
}

#[wasm_bindgen_test]
async fn a_passkey_waits_for_a_sign_in_while_the_key_is_behind_a_pin() {
    let store = open(&place("passkey-later")).await;
    let first = ring(&store).await;
    first.admit("ada", Some(&SHARE), false).await.expect("here");
    first.set_pin("ada", PIN).await.expect("set");
    first.add_passkey("ada", None, &secret("first", 7)).await.expect("no fault");
    assert!(first.passkeys("ada").await.is_empty(), "neither device nor service opens the key now");
    first.add_passkey("ada", Some(&SHARE), &secret("first", 7)).await.expect("kept");
    assert_eq!(first.passkeys("ada").await, ["first"]);
}

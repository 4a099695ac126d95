//! The database itself: closed, newer, damaged.

use crate::places::{open, place, shelf_of};
use indexed_db_futures::{Build, database::Database};
use noticed_app::browser::store::{Store, StoreError};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn f10_a_connection_that_was_closed_is_opened_again() {
    let store = open(&place("closed")).await;
    let shelf = shelf_of(&store, "ada").await;
    shelf.set_note("one", &1).await.expect("written");
    store.close();
    shelf.set_note("two", &2).await.expect("written over a new connection");
    assert_eq!(shelf.note::<u8>("one").await, Ok(Some(1)));
    assert_eq!(shelf.note::<u8>("two").await, Ok(Some(2)));
}

#[wasm_bindgen_test]
async fn f15_a_newer_database_is_read_and_added_to() {
    let place = place("newer");
    shelf_of(&open(&place).await, "ada").await.set_note("one", &1).await.expect("written");
    let newer = Database::open(&place)
        .with_version(9_u8)
        .with_on_upgrade_needed(|_, database| database.create_object_store("later").build().map(drop))
        .build()
        .expect("asked")
        .await
        .expect("the newer app opens it, because this one lets go");
    newer.close();
    let store = open(&place).await;
    assert!(store.is_newer());
    let shelf = shelf_of(&store, "ada").await;
    assert_eq!(shelf.note::<u8>("one").await, Ok(Some(1)));
    shelf.set_note("two", &2).await.expect("written");
}

#[wasm_bindgen_test]
async fn a_database_without_its_parts_is_called_damaged() {
    let place = place("damaged");
    let other = Database::open(&place)
        .with_version(1_u8)
        .with_on_upgrade_needed(|_, database| database.create_object_store("meta").build().map(drop))
        .build()
        .expect("asked")
        .await
        .expect("made");
    other.close();
    let opened = Store::open(&place).await;
    assert!(matches!(opened.err(), Some(StoreError::Damaged(_))));
}

#[wasm_bindgen_test]
async fn a_note_that_cannot_be_read_is_told_from_none() {
    let shelf = shelf_of(&open(&place("unreadable")).await, "ada").await;
    shelf.set_note("size", &"many").await.expect("written");
    assert!(matches!(shelf.note::<u8>("size").await, Err(StoreError::Damaged(_))));
    assert_eq!(shelf.note::<u8>("nothing").await, Ok(None));
}

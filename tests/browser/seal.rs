//! What lies in the store: no words of anybody, and to each only their own.

use crate::places::{event, hand, key, log, open, place, ring, shelf_of};
use js_sys::{Array, Uint8Array};
use noticed_app::browser::{
    json,
    pen::Pen,
    seal::Entered,
    shelf::{Found, Page, Shelf},
    store::{Op, Store, every, schema},
};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const SECRET: &str = "The blue tablet was in the wrong pot";

#[wasm_bindgen_test]
async fn f73_nothing_that_was_written_or_pulled_lies_open() {
    let store = open(&place("f73-words")).await;
    let (shelf, log, key) = (shelf_of(&store, "ada").await, log(&store).await, key(&store).await);
    Pen::default().write(&log, &key, &event(SECRET), hand()).await.expect("written");
    shelf.save_draft("ada/1", &SECRET).await.expect("saved");
    shelf.save_draft("-/1", &SECRET).await.expect("saved");
    shelf.save_form("ada", "review", SECRET).await.expect("saved");
    shelf.save_letter("letter-1", &SECRET, None, false).await.expect("saved");
    let rows = format!(r#"["{SECRET}"]"#);
    shelf.save_pages("ada", &[Page { number: 0, rows }], false, ("cursor/ada", &1)).await.expect("saved");
    shelf
        .set_pages_aside("ada", domain::time::Instant::from_timestamp(7, 0).expect("an instant"), "s1")
        .await
        .expect("set aside");
    for note in ["me", "directory", "seen/ada", "practice/ada"] {
        shelf.set_note(note, &SECRET).await.expect("noted");
    }
    assert!(!everything(&store).await.contains(SECRET));
    // And all of it comes back.
    assert_eq!(shelf.drafts::<String>("ada").await.expect("read").rows, [SECRET]);
    assert_eq!(shelf.letters::<String>().await.expect("read").rows, [SECRET]);
    assert_eq!(shelf.note::<String>("seen/ada").await.expect("read").as_deref(), Some(SECRET));
}

#[wasm_bindgen_test]
async fn f73_the_next_person_opens_nothing_of_the_one_before() {
    let store = open(&place("f73-next")).await;
    let ada = shelf_of(&store, "ada").await;
    ada.save_draft("ada/1", &SECRET).await.expect("saved");
    let rows = format!(r#"["{SECRET}"]"#);
    ada.save_pages("ada", &[Page { number: 0, rows }], false, ("cursor/ada", &1)).await.expect("saved");
    ada.set_note("seen/ada", &SECRET).await.expect("noted");

    let ring = ring(&store).await;
    assert_eq!(ring.admit("ben", Some(&[2; 32]), false).await, Ok(Entered::Open));
    let ben = Shelf::new(store.clone(), ring);
    assert_eq!(ben.drafts::<String>("ada").await, Ok(Found { locked: 1, ..Found::default() }));
    assert!(ben.pages("ada").await.expect("looked").rows.is_empty());
    assert_eq!(ben.note::<String>("seen/ada").await, Ok(None));
}

#[wasm_bindgen_test]
async fn who_signed_out_comes_back_only_through_the_service() {
    let store = open(&place("signed-out")).await;
    let first = ring(&store).await;
    assert_eq!(first.admit("ada", Some(&[1; 32]), false).await, Ok(Entered::Open));
    Shelf::new(store.clone(), first.clone()).save_draft("ada/1", &SECRET).await.expect("saved");
    first.sign_out("ada").await.expect("signed out");

    let again = ring(&store).await;
    assert_eq!(again.enter("ada").await, Ok(Entered::SignIn), "the device alone opens it no longer");
    assert_eq!(again.admit("ada", Some(&[1; 32]), false).await, Ok(Entered::Open));
    let shelf = Shelf::new(store, again);
    assert_eq!(shelf.drafts::<String>("ada").await.expect("read").rows, [SECRET]);
}

#[wasm_bindgen_test]
async fn what_is_written_behind_the_lock_opens_with_the_lock() {
    let store = open(&place("locked")).await;
    let ring = ring(&store).await;
    ring.admit("ada", Some(&[1; 32]), false).await.expect("here");
    ring.set_pin("ada", "274951").await.expect("set");
    let shelf = Shelf::new(store.clone(), ring.clone());
    shelf.save_draft("ada/1", &"before").await.expect("saved");
    ring.close();
    shelf.save_draft("ada/2", &SECRET).await.expect("saved behind the lock");
    assert!(!everything(&store).await.contains(SECRET));
    assert_eq!(shelf.drafts::<String>("ada").await, Ok(Found { locked: 2, ..Found::default() }));

    // The app is killed and opened again.
    let again = crate::places::ring(&store).await;
    assert_eq!(again.enter("ada").await, Ok(Entered::Locked));
    let shelf = Shelf::new(store, again.clone());
    shelf.save_draft("ada/3", &"after").await.expect("saved behind the lock");
    assert_eq!(again.unlock("ada", "274951").await, Ok(true));
    let opened = shelf.drafts::<String>("ada").await.expect("read");
    assert_eq!(opened.rows, ["before", SECRET, "after"]);
}

#[wasm_bindgen_test]
async fn a_value_opens_only_in_its_place() {
    let store = open(&place("moved")).await;
    let shelf = shelf_of(&store, "ada").await;
    shelf.save_draft("ada/1", &SECRET).await.expect("saved");
    let value = store.get(schema::DRAFT, "ada/1").await.expect("read").expect("there");
    store
        .write(&[Op::Put { part: schema::DRAFT, key: "ada/2".into(), value: value.clone() }])
        .await
        .expect("put");
    let bytes: Uint8Array = value.unchecked_into();
    bytes.set_index(bytes.length() - 1, bytes.get_index(bytes.length() - 1) ^ 1);
    let changed = Op::Put { part: schema::DRAFT, key: "ada/1".into(), value: bytes.into() };
    store.write(&[changed]).await.expect("put");
    // One with a bit changed, one moved from another place.
    let found = shelf.drafts::<String>("ada").await.expect("read");
    assert_eq!(found, Found { rows: vec![], unreadable: 2, locked: 0 });
}

/// Everything in the store as text, bytes too.
pub async fn everything(store: &Rc<Store>) -> String {
    let mut all = String::new();
    for part in schema::PARTS {
        for (key, value) in store.rows(part, every(), u32::MAX).await.expect("read") {
            all.push_str(&json::write(&key.as_string()));
            put_text(&value, &mut all);
        }
    }
    all
}

fn put_text(value: &JsValue, all: &mut String) {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        all.push_str(&String::from_utf8_lossy(&bytes.to_vec()));
    } else if let Some(text) = value.as_string() {
        all.push_str(&text);
    } else if let Some(object) = value.dyn_ref::<js_sys::Object>() {
        let values: Array = js_sys::Object::values(object);
        values.iter().for_each(|value| put_text(&value, all));
    }
}

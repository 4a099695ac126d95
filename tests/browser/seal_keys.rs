//! The keys of the seal: wrong digits, a browser that does not keep keys, a key that does not come back, a copied
//! profile.

use crate::{
    places::{event, hand, key, open, place, ring},
    seal::everything,
};
use js_sys::{Object, Reflect};
use noticed_app::browser::{
    clock,
    event_log::OwnLog,
    keys::DeviceKey,
    pen::Pen,
    seal::{Entered, Protection, Ring},
    shelf::{Found, Shelf},
    store::{Op, Store, schema},
};
use std::rc::Rc;
use sync::Hash;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

const PIN: &str = "274951";
const ADA: &str = "person/ada";
const SHARE: [u8; 32] = [1; 32];

#[wasm_bindgen_test]
async fn f78_the_wrong_digits_open_nothing_and_write_nothing() {
    let store = open(&place("f78")).await;
    let (_, shelf) = with_pin(&store).await;
    shelf.save_draft("ada/1", &"words").await.expect("saved");
    let before = everything(&store).await;

    let again = ring(&store).await;
    assert_eq!(again.enter("ada").await, Ok(Entered::Locked));
    assert_eq!(again.unlock("ada", "274952").await, Ok(false));
    assert_eq!(again.fits("ada", "000000").await, Ok(false));
    assert_eq!(again.remove_pin("ada", "000000").await, Ok(false));
    assert!(!again.is_open("ada"));
    assert_eq!(everything(&store).await, before);
    assert_eq!(again.unlock("ada", PIN).await, Ok(true));
    let shelf = Shelf::new(store, again);
    assert_eq!(shelf.drafts::<String>("ada").await.expect("read").rows, ["words"]);
}

#[wasm_bindgen_test]
async fn f78_a_wrong_share_makes_nothing_unreadable() {
    let store = open(&place("f78-share")).await;
    let (_, shelf) = with_pin(&store).await;
    shelf.save_draft("ada/1", &"words").await.expect("saved");

    let again = ring(&store).await;
    assert_eq!(
        again.admit("ada", Some(&[9; 32]), false).await,
        Ok(Entered::Locked),
        "the digits still open it"
    );
    assert_eq!(again.unlock("ada", PIN).await, Ok(true));
    let shelf = Shelf::new(store.clone(), again);
    assert_eq!(shelf.drafts::<String>("ada").await.expect("read").rows, ["words"]);
    // From now on the new share opens it too.
    let later = ring(&store).await;
    assert_eq!(later.admit("ada", Some(&[9; 32]), true).await, Ok(Entered::Open));
    assert!(!later.has_pin("ada").await, "a PIN that was tried too often is gone");
    let shelf = Shelf::new(store, later);
    assert_eq!(shelf.drafts::<String>("ada").await.expect("read").rows, ["words"]);
}

#[wasm_bindgen_test]
async fn f78_a_row_with_parts_of_two_keys_opens_nothing_and_is_not_written_over() {
    let store = open(&place("f78-two")).await;
    let mut rows = Vec::new();
    for _ in 0..2 {
        assert_eq!(ring(&store).await.enter("ada").await, Ok(Entered::Open));
        rows.push(store.get(schema::KEY, ADA).await.expect("read").expect("there"));
        store.write(&[Op::delete(schema::KEY, ADA)]).await.expect("the next one is made anew");
    }
    for part in ["device", "private", "canary"] {
        let mixed = Object::assign(&Object::new(), rows[0].unchecked_ref());
        let other = Reflect::get(&rows[1], &part.into()).expect("a row");
        assert!(Reflect::set(&mixed, &part.into(), &other).expect("set"));
        let row = Op::Put { part: schema::KEY, key: ADA.into(), value: mixed.into() };
        store.write(&[row]).await.expect("written");
        let before = everything(&store).await;
        let again = ring(&store).await;
        assert_eq!(again.enter("ada").await, Ok(Entered::SignIn), "{part}");
        assert!(!again.is_open("ada"), "{part}");
        assert_eq!(everything(&store).await, before, "{part}: nothing was written");
    }
}

#[wasm_bindgen_test]
async fn a_pin_is_the_only_way_once_the_service_holds_a_share() {
    let store = open(&place("ways")).await;
    let first = ring(&store).await;
    first.enter("ada").await.expect("here");
    first.set_pin("ada", PIN).await.expect("set");
    let row = store.get(schema::KEY, ADA).await.expect("read").expect("there");
    assert!(has(&row, "device"), "without a share a forgotten PIN must not cost a draft");
    assert_eq!(first.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    let row = store.get(schema::KEY, ADA).await.expect("read").expect("there");
    assert!(has(&row, "pin") && has(&row, "service") && !has(&row, "device"));
    assert_eq!(first.remove_pin("ada", PIN).await, Ok(true));
    let row = store.get(schema::KEY, ADA).await.expect("read").expect("there");
    assert!(!has(&row, "pin") && has(&row, "device"));
}

#[wasm_bindgen_test]
async fn f76_a_browser_that_cannot_keep_a_key_keeps_its_bytes() {
    for how in ["put throws", "get gives null"] {
        let store = open(&place("f76")).await;
        let stub = stub(how);
        let ring = Ring::open(&store).await.expect("the app works");
        let signs = key(&store).await;
        stub.stop();
        assert_eq!(ring.protection(), Protection::Bytes, "{how}");
        ring.enter("ada").await.expect("here");
        Shelf::new(store.clone(), ring).save_draft("ada/1", &"words").await.expect("saved");
        assert!(!everything(&store).await.contains("words"));

        let kept = DeviceKey::read(&store).await.expect("read").expect("there");
        assert_eq!(kept.public_key, signs.public_key);
        kept.sign(&Hash::of(&[b"words"])).await.expect("it signs");
        let again = crate::places::ring(&store).await;
        assert_eq!((again.protection(), again.enter("ada").await), (Protection::Bytes, Ok(Entered::Open)));
        let shelf = Shelf::new(store, again);
        assert_eq!(shelf.drafts::<String>("ada").await.expect("read").rows, ["words"], "{how}");
    }
}

#[wasm_bindgen_test]
async fn f76_a_key_that_does_not_come_back_is_not_written_over() {
    let store = open(&place("f76-lost")).await;
    let first = ring(&store).await;
    first.admit("ada", Some(&SHARE), false).await.expect("here");
    let (log, key) = (OwnLog::new(store.clone(), first.clone()), key(&store).await);
    let written = Pen::default().write(&log, &key, &event("unsent"), hand()).await.expect("written");
    Shelf::new(store.clone(), first).save_draft("ada/1", &"words").await.expect("saved");
    let before = everything(&store).await;

    let stub = stub("get gives null");
    let without = ring(&store).await;
    assert_eq!((without.protection(), without.enter("ada").await), (Protection::Lost, Ok(Entered::SignIn)));
    assert_eq!(OwnLog::new(store.clone(), without.clone()).readable(0).await, Ok((vec![], 1)));
    assert_eq!(everything(&store).await, before, "nothing was written");
    // Still without its key, the device is mended by a sign-in.
    assert_eq!(without.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    stub.stop();
    let again = ring(&store).await;
    assert_eq!(again.enter("ada").await, Ok(Entered::Open));
    assert_eq!(OwnLog::new(store.clone(), again.clone()).readable(0).await, Ok((vec![written], 0)));
    assert_eq!(Shelf::new(store, again).drafts::<String>("ada").await.expect("read").rows, ["words"]);
}

#[wasm_bindgen_test]
async fn f76_a_key_that_comes_back_later_is_the_same_key() {
    let store = open(&place("f76-later")).await;
    let (_, shelf) = with_pin(&store).await;
    shelf.save_draft("ada/1", &"words").await.expect("saved");
    let stub = stub("get gives null");
    assert_eq!(ring(&store).await.protection(), Protection::Lost);
    stub.stop();
    let again = ring(&store).await;
    assert_eq!(again.protection(), Protection::Key);
    assert_eq!((again.enter("ada").await, again.unlock("ada", PIN).await), (Ok(Entered::Locked), Ok(true)));
    assert_eq!(Shelf::new(store, again).drafts::<String>("ada").await.expect("read").rows, ["words"]);
}

#[wasm_bindgen_test]
async fn f80_a_copied_profile_without_the_device_key_opens_nothing() {
    let store = open(&place("f80")).await;
    let (_, shelf) = with_pin(&store).await;
    shelf.save_draft("ada/1", &"words").await.expect("saved");
    shelf.save_letter("letter-1", &"words", None, false).await.expect("saved");
    store.write(&[Op::delete(schema::KEY, "device")]).await.expect("the copy comes without it");

    let copied = ring(&store).await;
    assert_eq!(copied.protection(), Protection::Lost);
    assert_eq!(copied.enter("ada").await, Ok(Entered::Locked));
    assert!(copied.unlock("ada", PIN).await.is_err(), "the right digits alone are not enough");
    let shelf = Shelf::new(store.clone(), copied);
    assert_eq!(shelf.drafts::<String>("ada").await, Ok(Found { locked: 1, ..Found::default() }));
    assert_eq!(shelf.letters::<String>().await, Ok(Found { unreadable: 1, ..Found::default() }));
}

#[wasm_bindgen_test]
async fn f80_each_guess_of_a_pin_takes_a_while() {
    const GUESSES: u32 = 5;
    let store = open(&place("f80-time")).await;
    let (ring, _) = with_pin(&store).await;
    let started = clock::monotonic_ms();
    for guess in 0..GUESSES {
        assert_eq!(ring.fits("ada", &format!("00000{guess}")).await, Ok(false));
    }
    let each = (clock::monotonic_ms() - started) / f64::from(GUESSES);
    console_log!("f80: {each:.0} ms for each guess of a PIN");
    assert!(each > 10.0, "{each} ms: a million guesses would be quick");
}

async fn with_pin(store: &Rc<Store>) -> (Rc<Ring>, Shelf) {
    let ring = ring(store).await;
    ring.admit("ada", Some(&SHARE), false).await.expect("here");
    ring.set_pin("ada", PIN).await.expect("set");
    (ring.clone(), Shelf::new(store.clone(), ring))
}

fn has(row: &wasm_bindgen::JsValue, slot: &str) -> bool {
    Reflect::get(row, &slot.into()).expect("a row").is_object()
}

/// A browser that does not keep keys: seen in the field both ways.
struct Stub(wasm_bindgen::JsValue);

impl Stub {
    fn stop(&self) {
        let stop = Reflect::get(&self.0, &"stop".into()).expect("stop");
        stop.unchecked_into::<js_sys::Function>().call0(&self.0).expect("stopped");
    }
}

fn stub(how: &str) -> Stub {
    let throws = "IDBObjectStore.prototype.put = function (value, key) {
        if (value instanceof CryptoKey || value.private instanceof CryptoKey) throw new DOMException('no keys', 'DataCloneError');
        return put.call(this, value, key);
    };";
    let null = "Object.defineProperty(IDBRequest.prototype, 'result', { ...result, get() {
        const value = result.get.call(this);
        return value instanceof CryptoKey || value?.private instanceof CryptoKey ? undefined : value;
    } });";
    let script = format!(
        "(() => {{ const {{ put }} = IDBObjectStore.prototype;
            const result = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'result');
            {}
            return {{ stop() {{
                IDBObjectStore.prototype.put = put;
                Object.defineProperty(IDBRequest.prototype, 'result', result);
            }} }}; }})()",
        if how == "put throws" { throws } else { null }
    );
    Stub(js_sys::eval(&script).expect("the browser lets us"))
}

#[wasm_bindgen_test]
async fn f57_somebody_without_a_role_opens_nothing_here_until_they_sign_in_again() {
    let store = open(&place("f57")).await;
    let ring_of_ada = ring(&store).await;
    assert_eq!(ring_of_ada.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    ring_of_ada.set_pin("ada", PIN).await.expect("set");
    let shelf = Shelf::new(store.clone(), ring_of_ada.clone());
    shelf.save_draft("ada/1", &"words").await.expect("saved");
    ring_of_ada.revoke("ada", true).await.expect("revoked");
    let again = ring(&store).await;
    assert_eq!(again.enter("ada").await, Ok(Entered::SignIn));
    assert!(again.unlock("ada", PIN).await.is_err() || !again.is_open("ada"), "no digits open it");
    assert!(!again.is_open("ada"));
    assert!(!again.opens_alone("ada").await);
    assert_eq!(again.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open), "they are back");
    let shelf = Shelf::new(store, again);
    assert_eq!(
        shelf.drafts::<String>("ada").await.expect("read").rows,
        ["words"],
        "their own words are there"
    );
}

#[wasm_bindgen_test]
async fn f47_f57_a_key_that_only_this_device_had_goes_unless_own_words_need_it() {
    let store = open(&place("f57-alone")).await;
    let alone = ring(&store).await;
    assert_eq!(alone.admit("ada", None, false).await, Ok(Entered::Open));
    alone.revoke("ada", true).await.expect("looked");
    assert_eq!(ring(&store).await.enter("ada").await, Ok(Entered::Open), "a form is not finished");
    alone.revoke("ada", false).await.expect("revoked");
    assert_eq!(store.get(schema::KEY, ADA).await, Ok(None));
}

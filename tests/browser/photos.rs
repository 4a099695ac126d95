//! Photos in a real browser: made small, without what was beside them, and kept until they are delivered.

use crate::places::{open, place, ring};
use js_sys::{Array, Uint8Array};
use noticed_app::browser::{
    lease::Turn,
    photos::{Part, PhotoShelf},
    picture::{self, NotAPicture},
    seal::{Entered, Protection},
    store::{Op, StoreError, schema},
};
use sync::jpeg;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Blob;

const MOST: usize = 1_000_000;
const MOST_THUMB: usize = 20_480;

#[wasm_bindgen(inline_js = "
    export async function drawn(width, height) {
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const pen = canvas.getContext('2d');
        for (let x = 0; x < width; x += 10) {
            pen.fillStyle = `hsl(${x % 360} 60% ${30 + x % 50}%)`;
            pen.fillRect(x, 0, 10, height);
        }
        const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.95));
        return new Uint8Array(await blob.arrayBuffer());
    }")]
extern "C" {
    async fn drawn(width: u32, height: u32) -> JsValue;
}

const GPS: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08\0\0GPS 51.5074 N";

/// A photo as a camera makes it.
async fn photo(width: u32, height: u32) -> JsValue {
    let plain = Uint8Array::new(&drawn(width, height).await).to_vec();
    let length = u16::try_from(GPS.len() + 2).expect("short").to_be_bytes();
    file(&[&plain[..2], &[0xFF, 0xE1], &length, GPS, &plain[2..]].concat())
}

fn file(bytes: &[u8]) -> JsValue {
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts).expect("a file").into()
}

#[wasm_bindgen_test]
async fn f71_a_photo_is_made_small_and_says_nothing_but_the_picture() {
    let made = picture::make_small(&photo(2400, 1200).await, MOST, MOST_THUMB).await.expect("a photo");
    assert_eq!((made.w, made.h), (1600, 800));
    assert_eq!(jpeg::look(&made.full), Ok((1600, 800)));
    assert_eq!(jpeg::look(&made.thumb), Ok((240, 120)));
    assert!(made.thumb.len() <= MOST_THUMB, "{} bytes", made.thumb.len());
    for bytes in [&made.full, &made.thumb] {
        assert!(!bytes.windows(4).any(|window| window == b"Exif" || window == b"GPS "));
    }
}

#[wasm_bindgen_test]
async fn a_small_photo_stays_as_large_as_it_is() {
    let made = picture::make_small(&photo(320, 640).await, MOST, MOST_THUMB).await.expect("a photo");
    assert_eq!((made.w, made.h), (320, 640));
    assert_eq!(jpeg::look(&made.thumb), Ok((120, 240)));
}

#[wasm_bindgen_test]
async fn what_cannot_be_decoded_or_made_small_enough_is_no_picture() {
    let nothing = picture::make_small(&file(b"this is no picture"), MOST, MOST_THUMB).await;
    assert_eq!(nothing.err(), Some(NotAPicture));
    assert_eq!(picture::make_small(&JsValue::NULL, MOST, MOST_THUMB).await.err(), Some(NotAPicture));
    assert_eq!(picture::make_small(&photo(800, 600).await, 500, MOST_THUMB).await.err(), Some(NotAPicture));
}

async fn shelf_of(name: &str) -> PhotoShelf {
    let store = open(name).await;
    let ring = ring(&store).await;
    PhotoShelf::new(store, ring)
}

#[wasm_bindgen_test]
async fn f11_bytes_come_back_as_they_were_and_leave_only_when_delivered() {
    let name = place("photos");
    let shelf = shelf_of(&name).await;
    let (full, thumb) = (vec![7_u8; 700_000], vec![9_u8; 4_000]);
    shelf.add("r1/a", &"waits", &full, &thumb).await.expect("kept");
    shelf.add("r1/b", &"waits", &thumb, &thumb).await.expect("kept");
    let again = shelf_of(&name).await;
    assert_eq!(again.notes::<String>().await, Ok(vec!["waits".to_owned(), "waits".to_owned()]));
    assert_eq!(again.bytes(Part::Full, "r1/a").await, Ok(Some(full)));
    again.delivered("r1/a", &"sent").await.expect("written");
    assert_eq!(again.bytes(Part::Full, "r1/a").await, Ok(None));
    assert_eq!(again.bytes(Part::Thumb, "r1/a").await, Ok(Some(thumb.clone())));
    assert_eq!(again.bytes(Part::Full, "r1/b").await, Ok(Some(thumb)), "the other one stays");
    again.remove(&["r1/a".to_owned()]).await.expect("removed");
    assert_eq!(again.notes::<String>().await, Ok(vec!["waits".to_owned()]));
    assert_eq!(again.bytes(Part::Thumb, "r1/a").await, Ok(None));
}

#[wasm_bindgen_test]
async fn f51_bytes_that_the_server_has_stay_and_can_wait_again() {
    let name = place("photos-again");
    let shelf = shelf_of(&name).await;
    let full = vec![7_u8; 300_000];
    for key in ["r1/a", "r1/b"] {
        shelf.add(key, &"waits", &full, &[9]).await.expect("kept");
        shelf.delivered_and_kept(key, &"sent", &full).await.expect("written");
        assert_eq!(shelf.has(Part::Full, key).await, Ok(false), "nothing of it waits");
        assert_eq!(shelf.bytes(Part::Full, key).await, Ok(Some(full.clone())), "it can be shown");
    }
    let again = shelf_of(&name).await;
    assert_eq!(again.take_back("r1/a", &"waits again").await, Ok(true));
    assert_eq!(again.has(Part::Full, "r1/a").await, Ok(true));
    assert_eq!(again.bytes(Part::Full, "r1/a").await, Ok(Some(full.clone())));
    assert_eq!(again.take_back("r1/a", &"twice").await, Ok(false), "nothing is kept beside it");
    assert_eq!(again.notes::<String>().await, Ok(vec!["waits again".to_owned(), "sent".to_owned()]));
    again.delivered("r1/a", &"sent").await.expect("written");
    // After 30 days, or when somebody else needs the room.
    again.delivered("r1/b", &"sent").await.expect("written");
    for key in ["r1/a", "r1/b"] {
        assert_eq!(again.bytes(Part::Full, key).await, Ok(None));
        assert_eq!(again.take_back(key, &"gone").await, Ok(false));
    }
}

#[wasm_bindgen_test]
async fn f29_what_became_of_a_photo_is_not_written_down_after_the_turn_was_taken_over() {
    let name = place("photos-turn");
    let (here, there) = (open(&name).await, open(&name).await);
    let (frozen, holder) = (
        PhotoShelf::new(here.clone(), ring(&here).await),
        PhotoShelf::new(there.clone(), ring(&there).await),
    );
    frozen.add("r1/a", &"waits", &[7; 2_000], &[9]).await.expect("kept");
    let before = Turn::take(here).await.expect("nobody else has it");
    // As after its lease is over: the row says so.
    there.write(&[Op::put(schema::META, "lease", r#"{"token":1,"until_ms":0}"#)]).await.expect("aged");
    let next = Turn::take(there).await.expect("taken over");
    holder.delivered("r1/a", &"sent").await.expect("the holder writes it down");
    assert_eq!(frozen.set_note("r1/a", &"refused").await, Err(StoreError::Taken));
    assert_eq!(frozen.delivered_and_kept("r1/a", &"sent", &[7]).await, Err(StoreError::Taken));
    assert_eq!(frozen.take_back("r1/a", &"waits").await, Ok(false));
    assert_eq!(holder.notes::<String>().await, Ok(vec!["sent".to_owned()]));
    frozen.add("r1/b", &"waits", &[7; 2_000], &[9]).await.expect("any tab may add a photo");
    drop((before, next));
}

#[wasm_bindgen_test]
async fn f76_a_photo_opens_with_the_key_that_the_device_had_before() {
    const SHARE: [u8; 32] = [5; 32];
    let name = place("photos-earlier");
    let store = open(&name).await;
    let before = ring(&store).await;
    assert_eq!(before.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    let full = vec![7_u8; 2_000];
    PhotoShelf::new(store.clone(), before).add("r1/a", &"waits", &full, &[9]).await.expect("kept");
    // The browser does not give the key of the device back, and the device goes on with another one.
    let lost = ["device", "outbox"].map(|key| Op::delete(schema::KEY, key));
    store.write(&lost).await.expect("lost");
    noticed_app::browser::events::wait(200).await;
    let after = ring(&store).await;
    assert_eq!(after.protection(), Protection::Lost);
    let shelf = PhotoShelf::new(store.clone(), after.clone());
    assert_eq!(shelf.bytes(Part::Full, "r1/a").await, Ok(None));
    assert_eq!(shelf.has(Part::Full, "r1/a").await, Ok(true), "not gone, only not to be read now");
    after.begin_again().await.expect("new keys");
    assert_eq!(shelf.bytes(Part::Full, "r1/a").await, Ok(None));
    assert_eq!(after.admit("ada", Some(&SHARE), false).await, Ok(Entered::Open));
    assert_eq!(shelf.bytes(Part::Full, "r1/a").await, Ok(Some(full)));
}

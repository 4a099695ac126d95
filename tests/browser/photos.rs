//! Photos in a real browser: made small, without what was beside them, and kept until they are delivered.

use crate::places::{open, place, ring};
use js_sys::{Array, Uint8Array};
use noticed_app::browser::{
    photos::{Part, PhotoShelf},
    picture::{self, NotAPicture},
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

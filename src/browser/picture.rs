//! Makes a chosen picture small on this device: decoded, drawn again and encoded as a plain JPEG. What was beside the
//! picture (place, time, camera) stays behind; `sync::jpeg` takes out what the browser itself adds.

use super::js;
use js_sys::{Array, Function, Promise, Uint8Array};
use sync::{blob::LONGEST_EDGE, jpeg};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Url};

/// Longest edge in pixels and quality, tried in this order until the photo is small enough.
const TRIES: [(u32, f64); 3] = [(LONGEST_EDGE, 0.8), (LONGEST_EDGE, 0.6), (1100, 0.5)];
const THUMB_TRIES: [(u32, f64); 3] = [(240, 0.7), (240, 0.4), (160, 0.3)];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = createImageBitmap, catch)]
    fn create_image_bitmap(file: &JsValue) -> Result<Promise, JsValue>;

    type Bitmap;
    #[wasm_bindgen(method, getter)]
    fn width(this: &Bitmap) -> u32;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Bitmap) -> u32;
    #[wasm_bindgen(method)]
    fn close(this: &Bitmap);

    type Canvas;
    #[wasm_bindgen(method, setter)]
    fn set_width(this: &Canvas, pixels: u32);
    #[wasm_bindgen(method, setter)]
    fn set_height(this: &Canvas, pixels: u32);
    #[wasm_bindgen(method, js_name = getContext)]
    fn context(this: &Canvas, kind: &str) -> Option<Pen>;
    #[wasm_bindgen(method, js_name = toBlob)]
    fn to_blob(this: &Canvas, done: &Function, media_type: &str, quality: f64);

    type Pen;
    #[wasm_bindgen(method, setter, js_name = fillStyle)]
    fn set_fill_style(this: &Pen, colour: &str);
    #[wasm_bindgen(method, js_name = fillRect)]
    fn fill_rect(this: &Pen, x: f64, y: f64, w: f64, h: f64);
    #[wasm_bindgen(method, js_name = drawImage)]
    fn draw_image(this: &Pen, image: &Bitmap, x: f64, y: f64, w: f64, h: f64);
}

/// A photo and its small picture: JPEG bytes.
pub struct Picture {
    pub full: Vec<u8>,
    pub w: u32,
    pub h: u32,
    pub thumb: Vec<u8>,
}

/// This browser cannot read it as a picture, or cannot write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPicture;

/// The files of the input that an event is about. The input is emptied, so that the same file can be chosen again.
pub fn chosen(event: &JsValue) -> Vec<JsValue> {
    let input = js::get(event, "target");
    let files = Array::from(&js::get(&input, "files")).iter().collect();
    js::set(&input, "value", &"".into());
    files
}

/// # Errors  It is no picture that this browser knows.
pub async fn make_small(file: &JsValue, most: usize, most_thumb: usize) -> Result<Picture, NotAPicture> {
    let decoding = create_image_bitmap(file).map_err(|_| NotAPicture)?;
    let bitmap: Bitmap = JsFuture::from(decoding).await.map_err(|_| NotAPicture)?.unchecked_into();
    let full = encode_within(&bitmap, TRIES, most).await;
    let thumb = encode_within(&bitmap, THUMB_TRIES, most_thumb).await;
    bitmap.close();
    let (full, thumb) = (full?, thumb?);
    let (w, h) = jpeg::look(&full).map_err(|_| NotAPicture)?;
    Ok(Picture { full, w, h, thumb })
}

async fn encode_within(bitmap: &Bitmap, tries: [(u32, f64); 3], most: usize) -> Result<Vec<u8>, NotAPicture> {
    for (edge, quality) in tries {
        let bytes = encode(bitmap, edge, quality).await.ok_or(NotAPicture)?;
        if bytes.len() <= most {
            return Ok(bytes);
        }
    }
    Err(NotAPicture)
}

async fn encode(bitmap: &Bitmap, edge: u32, quality: f64) -> Option<Vec<u8>> {
    let (w, h) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (f64::from(edge) / w.max(h)).min(1.0);
    let (w, h) = ((w * scale).round().max(1.0), (h * scale).round().max(1.0));
    let canvas: Canvas = js::document()?.create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(w as u32);
    canvas.set_height(h as u32);
    let pen = canvas.context("2d")?;
    // Where a picture lets something shine through, JPEG would make it black.
    pen.set_fill_style("#fff");
    pen.fill_rect(0.0, 0.0, w, h);
    pen.draw_image(bitmap, 0.0, 0.0, w, h);
    let made = Promise::new(&mut |done, _| canvas.to_blob(&done, "image/jpeg", quality));
    let made = JsFuture::from(made).await.ok();
    // A phone with little memory gives it back only then.
    canvas.set_width(0);
    let blob: Blob = made?.dyn_into().ok()?;
    let bytes = JsFuture::from(blob.array_buffer()).await.ok()?;
    jpeg::clean(&Uint8Array::new(&bytes).to_vec()).ok()
}

/// An address of this page for a picture in memory.
pub fn address(jpeg: &[u8]) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type("image/jpeg");
    let parts = Array::of1(&Uint8Array::from(jpeg));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// The picture may leave memory.
pub fn let_go(address: &str) {
    Url::revoke_object_url(address).unwrap_or_default();
}

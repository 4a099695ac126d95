//! `src/browser` and the views of `markup` in a real browser.
#![cfg(target_arch = "wasm32")]

mod event_log;
mod keys;
mod lists;
mod locks;
mod pen;
mod places;
mod shelf;
mod store;
mod views;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

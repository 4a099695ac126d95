//! `src/browser`, the views of `markup` and the rules of the domain in a real browser.
#![cfg(target_arch = "wasm32")]

mod emptied;
mod event_log;
mod golden;
mod guard;
mod keys;
mod lists;
mod locks;
mod pen;
mod photos;
mod places;
mod replay;
mod seal;
mod seal_keys;
mod seal_older;
mod seal_passkey;
mod shelf;
mod store;
mod views;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

//! `src/browser` in a real browser: IndexedDB, WebCrypto, locks.
#![cfg(target_arch = "wasm32")]

mod event_log;
mod keys;
mod locks;
mod pen;
mod places;
mod shelf;
mod store;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

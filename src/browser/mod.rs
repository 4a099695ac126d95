//! The only place that touches the browser: IndexedDB, WebCrypto, fetch, time, randomness, focus.
//! Knows no signals and no words for people.

pub mod build;
pub mod bundle;
mod cache;
pub mod chosen_file;
pub mod clipboard;
pub mod clock;
pub mod download;
pub mod event_log;
pub mod events;
pub mod first_tap;
pub mod focus;
pub mod forget;
pub mod hints;
pub mod http;
pub mod ids;
pub mod installed;
mod js;
pub mod json;
pub mod kept_safe;
pub mod keys;
pub mod lease;
pub mod locks;
pub mod passkey;
pub mod pen;
pub mod photos;
pub mod picture;
pub mod print;
pub mod screen;
pub mod seal;
mod second_copy;
pub mod service_worker;
pub mod shelf;
pub mod storage;
pub mod store;
pub mod upload;
pub mod witness;

//! Noticed from outside: a server process of our own, and phones that talk to it as the app does.

mod http;
mod phone;
mod process;

pub use http::{Api, Reply, Session};
pub use phone::Phone;
pub use process::{Process, free_port};

/// An id made from words, so that every run gives the same ones.
pub fn uuid(words: &[&str]) -> String {
    let parts: Vec<&[u8]> = words.iter().flat_map(|word| [word.as_bytes(), b"/"]).collect();
    let hex = sync::Hash::of(&parts).to_string();
    format!("{}-{}-7{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

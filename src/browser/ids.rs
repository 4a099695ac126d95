//! New ids: UUID version 7, from the day and the browser's random numbers. Of the clock no more than the day: an id is
//! seen by readers from whom the moment of an entry is hidden, because it would tell who wrote it.

use super::js;
use std::fmt::Write;

const DAY_MS: u64 = 86_400_000;

pub fn new_id() -> String {
    let now = js_sys::Date::now() as u64;
    let milliseconds = (now - now % DAY_MS).to_be_bytes();
    let mut bytes = [0_u8; 16];
    fill(&mut bytes);
    bytes[..6].copy_from_slice(&milliseconds[2..]);
    bytes[6] = bytes[6] & 0x0f | 0x70;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        write!(text, "{byte:02x}").unwrap_or_default();
    }
    text
}

/// A number from 0 up to, but not including, 1.
pub fn random() -> f64 {
    js_sys::Math::random()
}

/// Fills with random bytes that nobody can guess.
pub fn fill(bytes: &mut [u8]) {
    if let Some(crypto) = js::window().and_then(|window| window.crypto().ok()) {
        crypto.get_random_values_with_u8_array(bytes).map(drop).unwrap_or_default();
    }
}

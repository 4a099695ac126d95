//! Spec by example: scenario files and files of worked numbers, replayed through the real domain.
//! Pure, so that the same files run natively (`cargo xtask scenarios`, `vectors`) and in a browser (`tests/browser`):
//! the caller reads the files and gives their words.

pub mod load;
pub mod ours;
pub mod scenarios;
pub mod vectors;

//! Rescue files: what a device wrote, carried by hand to the server and taken in as if the device had sent it.

mod import;
pub mod key;
pub mod unlock;
pub mod upload;

pub use import::{Report, import};

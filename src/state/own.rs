//! The events written on this device; what may be forgotten, and when, is decided in `sync`.

pub use sync::own::{Own, OwnEvent};

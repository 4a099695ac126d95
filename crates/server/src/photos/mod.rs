//! Photos: they arrive in parts after the words, are looked at before they are kept, and are shown to whoever may see
//! a record that names them.

pub mod keeping;
pub mod named;
pub mod show;
pub mod take;

pub use keeping::{Keeping, PhotoPlace, PlaceError, use_ring};
pub use take::{Carried, carried};

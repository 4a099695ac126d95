//! The register in open formats, and past incidents read in. Source: background.md section 5.
//! Pure: the caller gives the moment; nothing here reads a clock or a file.

pub mod csv;
pub mod fhir;
pub mod ical;
pub mod import;
pub mod lfpse;
mod names;
pub mod pack;
pub mod pir;

pub use names::{Hidden, references, wished_to_stay_unknown};
pub use pack::{Pack, Selection};

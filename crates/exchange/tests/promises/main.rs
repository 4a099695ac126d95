//! What the formats promise, each by a register that a story was told to.

mod csv;
mod fhir;
mod ical;
mod import;
mod judges;
mod lfpse;
mod pir;
mod quick;
mod story;

//! What people and programs outside read with the secret in an address: a pack for an inspector or a commissioner,
//! and the calendar of one person.

pub mod calendar;
pub mod links;
mod pack;
pub mod page;

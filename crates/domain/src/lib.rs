//! What is true about near misses. Pure: no clock, no randomness, no storage, no network.
//! The same code runs on every device and on the server.
//!
//! One path: `decide` (may this person do this now?) -> event -> `judge` on arrival -> `Register::take` (the fold).

pub mod audits;
pub mod category;
pub mod decide;
pub mod directory;
pub mod due;
pub mod event;
pub mod fields;
pub mod identifying;
pub mod ids;
pub mod learning;
pub mod measures;
pub mod notification;
pub mod pathway;
pub mod patterns;
pub mod photo;
pub mod record;
pub mod refusal;
pub mod register;
pub mod retention;
pub mod roles;
mod shared;
pub mod sight;
mod site;
pub mod stories;
pub mod time;
pub mod verbs;
pub mod vocabulary;

#[cfg(test)]
mod testing;

//! The log of a provider over HTTP: what devices push and pull.

pub mod anonymous;
pub mod apart;
pub mod attention;
pub mod check;
pub mod dealt_with;
pub mod digest;
pub mod gone;
pub mod hints;
pub mod hub;
pub mod intake;
pub mod losses;
pub mod open;
pub mod pull;
pub mod push;
pub mod quarantine;
pub mod scope;
pub mod state;
pub mod together;

//! The promises of sync, one file per part.

mod chain;
mod conformance;
mod digest;
mod envelope;
mod failures;
mod journey;
mod letter;
mod outbox;
mod photos;
mod plan;
mod pull;
mod receipt;
mod support;
mod wipe;
mod wire;
mod witness;

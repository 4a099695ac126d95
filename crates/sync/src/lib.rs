//! Sync without IO: frozen event bytes, device chains, what to send next, what counts as delivered,
//! what to pull next. Time, randomness and the network are arguments.
//! It contains no rule about near misses; those are in `domain`.
//!
//! A device writes: `chain::next(head)` -> `Envelope::seal` -> sign the hash -> `EventLog::append` -> `Outbox::add`.
//! A device pushes: `Pace::may_try` -> `Outbox::next_batch` -> `Batch::request` -> post -> `receipt::settle`, then
//! - `Delivered`: `Outbox::settle`, `Pace::succeeded`; own events stay in the log for 30 days;
//! - `OtherEpoch`: `Cursor::adopt`, `Outbox::offer_again`, push anew;
//! - `Failed`: `Outbox::failed`, store the trouble it gives, `Pace::failed`.
//!
//! A device pulls: `Cursor::query` -> get -> `pull::read`; rows and cursor go into one transaction.
//! A device compares what it keeps: `Comparing::is_due` -> get -> `digest::read` -> `Comparing::found`.
//! The server checks: `chain::verify_run(events).vouched(..)` asks for one signature per unbroken run.

pub mod again;
pub mod base64url;
pub mod blob;
pub mod chain;
pub mod conformance;
pub mod digest;
pub mod envelope;
pub mod hash;
pub mod hlc;
pub mod jpeg;
pub mod letter;
pub mod log;
pub mod memory;
pub mod outbox;
pub mod own;
pub mod page_size;
pub mod pages;
pub mod passkey;
pub mod plan;
pub mod proof;
pub mod pull;
pub mod receipt;
pub mod rescue;
pub mod stamp;
pub mod wipe;
pub mod wire;
pub mod witness;

pub use envelope::{BlobRef, Envelope, EnvelopeError, Sealed, Signed};
pub use hash::Hash;
pub use log::{Appended, Entry, EventLog, Head, LogError, Stored};
pub use memory::Memory;

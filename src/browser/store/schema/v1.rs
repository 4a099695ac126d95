//! Version 1. Values are text (JSON) except for events, whose place in the chain must be an index.

use indexed_db_futures::{Build, KeyPath, Result, database::Database};

/// Name -> text: this device, who is signed in, cursors, lists. The device key is here too.
pub const META: &str = "meta";
/// Own events: `{slot, hash, bytes, sig, note}`, numbered from 1 without gaps.
pub const EVENT: &str = "event";
/// `person/number` -> up to 200 rows pulled from the server, as a JSON array.
pub const PAGE: &str = "page";
/// `person/id` -> one draft.
pub const DRAFT: &str = "draft";
/// Key -> one letter without a name.
pub const LETTER: &str = "letter";

/// Unique: `device/epoch/dseq/branch`. Branch 0 is the chain, later branches are forks.
pub const BY_SLOT: &str = "slot";

pub fn create(store: &Database) -> Result<()> {
    store.create_object_store(META).build()?;
    let events = store.create_object_store(EVENT).with_auto_increment(true).build()?;
    events.create_index(BY_SLOT, KeyPath::One("slot")).with_unique(true).build()?;
    store.create_object_store(PAGE).build()?;
    store.create_object_store(DRAFT).build()?;
    store.create_object_store(LETTER).build()?;
    Ok(())
}

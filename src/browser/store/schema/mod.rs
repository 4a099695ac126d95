//! The layout of the store, one module per version. Layouts only grow: an older app can still read and add.

mod v1;

use indexed_db_futures::{Result, database::Database};

pub use v1::{BY_SLOT, DRAFT, EVENT, LETTER, META, PAGE};

pub const NAME: &str = "noticed";
pub const CURRENT: u8 = 1;

/// Brings a store from an older version to this one, step by step.
pub fn upgrade(from: u8, store: &Database) -> Result<()> {
    if from < 1 {
        v1::create(store)?;
    }
    Ok(())
}

/// Parts that must be there; a store without them was damaged.
pub const PARTS: [&str; 5] = [META, EVENT, PAGE, DRAFT, LETTER];

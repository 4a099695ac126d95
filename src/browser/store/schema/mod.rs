//! The layout of the store, one module per version. Layouts only grow: an older app can still read and add.

mod v1;
mod v2;

use indexed_db_futures::{Result, database::Database};

pub use v1::{BY_SLOT, DRAFT, EVENT, LETTER, META, PAGE};
pub use v2::KEY;

pub const NAME: &str = "noticed";
pub const CURRENT: u8 = 2;

/// Brings a store from an older version to this one, step by step.
pub fn upgrade(from: u8, store: &Database) -> Result<()> {
    if from < 1 {
        v1::create(store)?;
    }
    if from < 2 {
        v2::change(store)?;
    }
    Ok(())
}

/// Parts that must be there; a store without them was damaged.
pub const PARTS: [&str; 6] = [META, EVENT, PAGE, DRAFT, LETTER, KEY];

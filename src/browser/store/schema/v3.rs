//! Version 3: photos.

use indexed_db_futures::{Build, Result, database::Database};

/// `note/record/id` -> sealed text; `thumb/record/id` and `full/record/id` -> sealed bytes.
pub const PHOTO: &str = "photo";

pub fn create(store: &Database) -> Result<()> {
    store.create_object_store(PHOTO).build()?;
    Ok(())
}

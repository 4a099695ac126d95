//! Version 2. What is kept is sealed: texts became sealed bytes, an event has `sealed` in place of `bytes` and `note`.
//! The values of an older store are sealed after it was opened (`seal::sweep`): cryptography cannot be waited for here.

use indexed_db_futures::{Build, Result, database::Database};

/// Keys of the device and of each person, and the ways to them. Nothing in it opens without the device or the person.
pub const KEY: &str = "key";

pub fn change(store: &Database) -> Result<()> {
    store.create_object_store(KEY).build().map(drop)
}

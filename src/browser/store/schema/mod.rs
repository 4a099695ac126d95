//! The layout of the store, one module per version. Layouts only grow: an older app can still read and add.

mod v1;
mod v2;
mod v3;

use crate::browser::js;
use indexed_db_futures::{Result, database::Database};
use wasm_bindgen::JsCast;

pub use v1::{BY_SLOT, DRAFT, EVENT, LETTER, META, PAGE};
pub use v2::KEY;
pub use v3::PHOTO;

/// What keys of photos begin with whose bytes the service has: the first to go when the disk is full.
pub const SPARE: &str = "spare/";

pub const NAME: &str = "noticed";
pub const CURRENT: u8 = 3;

/// Brings a store from an older version to this one, step by step.
pub fn upgrade(from: u8, store: &Database) -> Result<()> {
    if from < 1 {
        v1::create(store)?;
    }
    if from < 2 {
        v2::change(store)?;
    }
    if from < 3 {
        v3::create(store)?;
    }
    Ok(())
}

/// Parts that must be there; a store without them was damaged.
pub const PARTS: [&str; 7] = [META, EVENT, PAGE, DRAFT, LETTER, KEY, PHOTO];
/// How many of them are enough while a tab of an older app holds up the upgrade.
pub const FIRST_PARTS: usize = 5;

/// The version of a store that is there, without opening it; `None` too where the browser does not say.
pub async fn version_of(name: &str) -> Option<u8> {
    let factory = js::get(&js_sys::global(), "indexedDB");
    let list: js_sys::Function = js::get(&factory, "databases").dyn_into().ok()?;
    let listed = js_sys::Promise::resolve(&list.call0(&factory).ok()?);
    let listed = js_sys::Array::from(&wasm_bindgen_futures::JsFuture::from(listed).await.ok()?);
    let found = listed.iter().find(|found| js::text(found, "name").is_some_and(|is| is == name))?;
    js::get(&found, "version").as_f64().map(|version| version as u8)
}

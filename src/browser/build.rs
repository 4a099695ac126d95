//! Which build of the app this is: the mark that its WebAssembly file has in its name.

use super::js;

const SHOWN: usize = 8;

/// "1a2b3c4d"; `None` where the page does not say which file it started (style/boot.js).
pub fn id() -> Option<String> {
    let address = js::document()?.document_element()?.get_attribute("data-wasm")?;
    let name = address.rsplit('/').next()?.split(['_', '.']).next()?;
    Some(name.rsplit_once('-')?.1.chars().take(SHOWN).collect())
}

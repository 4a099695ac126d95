//! Which build of the app this is: the mark that its WebAssembly file has in its name.

use super::js;

const SHOWN: usize = 8;

/// "1a2b3c4d"; `None` where the page does not name the file.
pub fn id() -> Option<String> {
    let link = js::document()?.query_selector("link[as=fetch]").ok()??;
    let address = link.get_attribute("href")?;
    let name = address.rsplit('/').next()?.split(['_', '.']).next()?;
    Some(name.rsplit_once('-')?.1.chars().take(SHOWN).collect())
}

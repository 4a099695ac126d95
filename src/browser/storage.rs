//! Small preferences in localStorage. The boot script of index.html reads the same names before the app is up.

use gloo_storage::{LocalStorage, SessionStorage, Storage};

const THEME: &str = "noticed.theme";
const TEXT_SIZE: &str = "noticed.text_size";
const PRESS_CONTINUE: &str = "noticed.press_continue";
const ENROLLED: &str = "noticed.enrolled";
const WHOLE: &str = "noticed.whole";
const GOOD_NEWS: &str = "noticed.good_news";
const LOCK_MINUTES: &str = "noticed.lock_minutes";
const SITE: &str = "noticed.site";

pub fn theme() -> String {
    LocalStorage::get(THEME).unwrap_or_default()
}

pub fn set_theme(code: &str) {
    keep(THEME, code);
    mark("data-theme", code);
}

pub fn text_size() -> String {
    LocalStorage::get(TEXT_SIZE).unwrap_or_default()
}

pub fn set_text_size(code: &str) {
    keep(TEXT_SIZE, code);
    mark("data-text-size", code);
}

pub fn press_continue() -> bool {
    LocalStorage::get(PRESS_CONTINUE).unwrap_or_default()
}

pub fn set_press_continue(ask: bool) {
    keep(PRESS_CONTINUE, ask);
}

pub fn set_enrolled(enrolled: bool) {
    keep(ENROLLED, enrolled);
}

/// The next start is that of the whole app.
pub fn set_whole() {
    keep(WHOLE, true);
}

/// Words that the next start of this tab shows.
pub fn set_good_news(words: &str) {
    SessionStorage::set(GOOD_NEWS, words).unwrap_or_default();
}

pub fn take_good_news() -> Option<String> {
    let words = SessionStorage::get(GOOD_NEWS).ok();
    SessionStorage::delete(GOOD_NEWS);
    words
}

pub fn lock_minutes() -> Option<u32> {
    LocalStorage::get(LOCK_MINUTES).ok()
}

pub fn set_lock_minutes(minutes: u32) {
    keep(LOCK_MINUTES, minutes);
}

/// The site that was chosen last on this device.
pub fn site() -> Option<String> {
    LocalStorage::get(SITE).ok()
}

pub fn set_site(site: Option<&str>) {
    match site {
        Some(site) => keep(SITE, site),
        None => LocalStorage::delete(SITE),
    }
}

/// True the first time that it is asked on this device.
pub fn is_first(name: &str) -> bool {
    let asked: bool = LocalStorage::get(name).unwrap_or_default();
    if !asked {
        keep(name, true);
    }
    !asked
}

/// A preference that cannot be kept is asked again next time; nothing else depends on it.
fn keep(name: &str, value: impl serde::Serialize) {
    LocalStorage::set(name, value).unwrap_or_default();
}

fn mark(attribute: &str, code: &str) {
    if let Some(root) = super::js::document().and_then(|document| document.document_element()) {
        root.set_attribute(attribute, code).unwrap_or_default();
    }
}

//! Half-filled forms of this tab, in sessionStorage: they survive a reload and end with the tab.

use gloo_storage::{SessionStorage, Storage};

const FORM: &str = "noticed.form/";

fn name(person: &str, form: &str) -> String {
    format!("{FORM}{person}/{form}")
}

pub fn get(person: &str, form: &str) -> Option<String> {
    SessionStorage::get(name(person, form)).ok()
}

/// A form that cannot be kept is only lost by a reload.
pub fn keep(person: &str, form: &str, answers: &str) {
    SessionStorage::set(name(person, form), answers).unwrap_or_default();
}

pub fn forget(person: &str, form: &str) {
    SessionStorage::delete(name(person, form));
}

/// Nothing else is kept in sessionStorage for longer than a start of the app.
pub fn forget_all() {
    SessionStorage::clear();
}

//! Hands a file over and says so.

use crate::state::{App, Kind};
use exchange::Selection;
use markup::prelude::*;

pub const CSV: &str = "text/csv;charset=utf-8";

/// `noticed-meadow-house-records-2026-01-01-to-2026-03-31.csv`.
pub fn file_name(selection: &Selection, what: &str, ending: &str) -> String {
    let site = selection.site.as_ref().map_or("all-sites", |site| site.as_str());
    let people = if selection.identified { "-with-people" } else { "" };
    let (from, to) = (selection.from.format("%Y-%m-%d"), selection.to.format("%Y-%m-%d"));
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let head: String = format!("noticed-{site}-{what}").chars().map(plain).collect();
    format!("{head}-{from}-to-{to}{people}.{ending}")
}

pub fn save(app: App, name: &str, media_type: &str, text: &str) {
    match app.hand_over(name, media_type, text) {
        Ok(()) => app.notices.show(Kind::Success, format!("Saved {name}.")),
        Err(problem) => app.notices.alert(problem.sentence),
    }
}

/// The register as it stands, without following it.
pub fn register(app: App) -> std::sync::Arc<domain::register::Register> {
    untrack(|| app.register.get())
}

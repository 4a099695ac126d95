//! Every address of the app, in one place.

use domain::ids::{EventId, RecordId, SiteId};

pub const HOME: &str = "/";
pub const QUICK: &str = "/quick";
pub const DRAFTS: &str = "/drafts";
pub const REPORTS: &str = "/reports";
pub const INBOX: &str = "/inbox";
pub const ACTIONS: &str = "/actions";
pub const OVERSEE: &str = "/oversee";
pub const LEARNING: &str = "/learning";
pub const BOARD: &str = "/board";
pub const PRACTICE: &str = "/practice";
pub const MEASURES: &str = "/measures";
/// The list behind a number.
pub const MEASURE_RECORDS: &str = "/measures/records";
/// What rates are divided by, month by month.
pub const MEASURE_NUMBERS: &str = "/measures/numbers";
pub const AUDITS: &str = "/audits";
pub const OVERSIGHT: &str = "/oversight";
pub const PROVIDER: &str = "/provider";
pub const SYNC: &str = "/sync";
pub const SETTINGS: &str = "/settings";
pub const HELP: &str = "/help";
pub const SET_UP: &str = "/set-up";
pub const JOIN: &str = "/join";
pub const SIGN_IN: &str = "/sign-in";
pub const LOCK: &str = "/lock";
pub const ADMIN: &str = "/admin";

/// One question of the capture flow.
pub fn question(category: &str, question: &str, draft: &str) -> String {
    format!("/new/{category}/{question}?draft={draft}")
}

/// The start of a capture flow.
pub fn capture(category: &str) -> String {
    format!("/new/{category}")
}

pub fn check(category: &str, draft: &str) -> String {
    question(category, "check", draft)
}

pub fn saved(record: &RecordId) -> String {
    format!("/saved/{record}")
}

pub fn report(record: &RecordId) -> String {
    format!("/reports/{record}")
}

pub fn record(record: &RecordId) -> String {
    format!("/records/{record}")
}

/// `review`, `decide`, `act`, `outcome` or `settle`.
pub fn step(record: &RecordId, step: &str) -> String {
    format!("/records/{record}/{step}")
}

/// The form that makes a story of a record.
pub fn story(record: &RecordId) -> String {
    format!("{LEARNING}/{record}/story")
}

/// The form that takes a story down.
pub fn story_down(story: &EventId) -> String {
    format!("{LEARNING}/{story}/down")
}

pub fn audit(audit: &EventId) -> String {
    format!("{AUDITS}/{audit}")
}

/// The questions of an audit about one of its records.
pub fn audit_record(audit: &EventId, record: &RecordId) -> String {
    format!("{AUDITS}/{audit}?record={record}")
}

/// The oversight of a category in a period at a site.
pub fn oversight(site: &SiteId, category: &str, period: &str) -> String {
    format!("{OVERSIGHT}?site={site}&category={category}&period={period}")
}

/// `sites`, `places`, `people`, `assets`, `staff` or `devices`.
pub fn admin(section: &str) -> String {
    format!("/admin/{section}")
}

/// One measure whole.
pub fn measure(code: &str) -> String {
    format!("{MEASURES}/{code}")
}

/// The draft that is open at an address.
pub fn draft_at(address: &str) -> Option<&str> {
    let (_, query) = address.split_once('?')?;
    query.split('&').find_map(|part| part.strip_prefix("draft="))
}

/// Where to go on after signing in or unlocking.
pub fn with_next(door: &str, next: &str) -> String {
    if next == HOME || next.is_empty() {
        return door.to_owned();
    }
    format!("{door}?next={}", in_address(next))
}

/// Only what an address of ours can hold and a query cannot.
fn in_address(next: &str) -> String {
    next.replace('%', "%25").replace('&', "%26").replace('?', "%3F").replace('#', "%23").replace('+', "%2B")
}

//! Every address of the app, in one place.

use domain::ids::{EventId, RecordId, SiteId};

pub const HOME: &str = "/";
pub const QUICK: &str = "/quick";
pub const DRAFTS: &str = "/drafts";
pub const REPORTS: &str = "/reports";
pub const INBOX: &str = "/inbox";
pub const ACTIONS: &str = "/actions";
/// `?from=` of a record that was opened there.
pub const FROM_ACTIONS: &str = "actions";
pub const OVERSEE: &str = "/oversee";
pub const LEARNING: &str = "/learning";
pub const BOARD: &str = "/board";
pub const PRACTICE: &str = "/practice";
pub const MEASURES: &str = "/measures";
/// The list behind a number.
pub const MEASURE_RECORDS: &str = "/measures/records";
/// What rates are divided by, month by month.
pub const MEASURE_NUMBERS: &str = "/measures/numbers";
/// The register with only what is needed and not told yet.
pub const UNTOLD: &str = "/decisions?only=untold";
/// The register with only what the service would have suggested otherwise.
pub const DIFFERING: &str = "/decisions?only=differs";
pub const AUDITS: &str = "/audits";
pub const OVERSIGHT: &str = "/oversight";
pub const PROVIDER: &str = "/provider";
pub const ALERTS: &str = "/alerts";
pub const ALERTS_WEEK: &str = "/alerts/week";
pub const ALERTS_TOGETHER: &str = "/alerts/together";
pub const RULES: &str = "/rules";
pub const LINKS: &str = "/evidence/links";
pub const CALENDAR: &str = "/calendar";
pub const DECISIONS: &str = "/decisions";
pub const EXCHANGE: &str = "/exchange";
pub const IMPORT: &str = "/exchange/import";
/// Packs of evidence: making one, and checking one.
pub const EVIDENCE: &str = "/evidence";
pub const EVIDENCE_CHECK: &str = "/evidence/check";
/// What was kept apart and dealt with.
pub const APART: &str = "/apart";
pub const SYNC: &str = "/sync";
/// Outside the app: works where the app does not start.
pub const RESCUE: &str = "/rescue";
/// Lets agency staff report for some days.
pub const PASS: &str = "/pass";
pub const SETTINGS: &str = "/settings";
pub const HELP: &str = "/help";
pub const SET_UP: &str = "/set-up";
pub const JOIN: &str = "/join";
pub const SIGN_IN: &str = "/sign-in";
pub const LOCK: &str = "/lock";
pub const ADMIN: &str = "/admin";
pub const LIST_CHANGES: &str = "/admin/changes";

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

/// Where a PIN is chosen.
pub const LOCK_SETTINGS: &str = "/settings#lock";

pub fn saved(record: &RecordId) -> String {
    format!("/saved/{record}")
}

/// The same, when it repeats an entry that is kept apart.
pub fn saved_again(record: &RecordId, kind: &str, id: &str) -> String {
    format!("/saved/{record}?repeats={kind}/{}", encoded(id))
}

/// Where an entry that is kept apart is marked as dealt with.
pub fn apart(kind: &str, id: &str) -> String {
    format!("{APART}/{kind}/{}", encoded(id))
}

pub fn report(record: &RecordId) -> String {
    format!("/reports/{record}")
}

pub fn record(record: &RecordId) -> String {
    format!("/records/{record}")
}

/// Opened from the list of actions, so that Back leads there.
pub fn record_from_actions(record: &RecordId) -> String {
    format!("/records/{record}?from={FROM_ACTIONS}")
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

/// Opens a finished record of an audit again, because of the answer to one question.
pub fn audit_reopen(audit: &EventId, record: &RecordId, item: &str) -> String {
    format!("{}&reopen={item}", audit_record(audit, record))
}

/// The oversight of a category in a period at a site.
pub fn oversight(site: &SiteId, category: &str, period: &str) -> String {
    format!("{OVERSIGHT}?site={site}&category={category}&period={period}")
}

/// The newest alert of a name `rule|key`.
pub fn alert(name: &str) -> String {
    format!("{ALERTS}/{}", encoded(name))
}

/// Several alerts about what came back. `of`: the code of what they have in common.
pub fn alerts_together(of: &str, waiting: bool) -> String {
    let waiting = if waiting { "&waiting=1" } else { "" };
    format!("{ALERTS_TOGETHER}?of={}{waiting}", encoded(of))
}

/// `2026-W47`.
pub fn alerts_of_week(week: &str) -> String {
    format!("{ALERTS_WEEK}?of={week}")
}

/// The numbers of one rule; `key` where one key has its own.
pub fn rule(code: &str, key: &str) -> String {
    let key = if key.is_empty() { String::new() } else { format!("&key={}", encoded(key)) };
    format!("{RULES}?rule={code}{key}")
}

/// Letters, digits, hyphens and underscores stay; every other byte becomes `~2F`. Nothing on the way from a link to
/// the page reads a tilde as anything else, so a name with a slash stays one part of the address.
pub fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => out.push(char::from(byte)),
            byte => out.push_str(&format!("~{byte:02X}")),
        }
        out
    })
}

/// What `encoded` made; none for an address that it did not make.
pub fn decoded(part: &str) -> Option<String> {
    let mut pieces = part.split('~');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(piece.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(piece.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// One record from event to outcome, on one page.
pub fn whole_story(record: &RecordId) -> String {
    format!("/records/{record}/story")
}

/// `sites`, `places`, `people`, `assets`, `staff`, `councils`, `contracts`, `ideas`, `frameworks` or `devices`.
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

#[cfg(test)]
mod tests {
    use super::{alert, decoded};

    #[test]
    fn a_name_with_anything_in_it_comes_back_from_its_address() {
        let names = [
            "same_asset|HOIST-07",
            "same_person|Zo\u{eb} / 1?#%",
            "a|~2F",
            "same_shift|medication/night",
            "x|\u{1F600}",
        ];
        for name in names {
            let address = alert(name);
            let part = address.strip_prefix("/alerts/").unwrap_or_default();
            assert!(
                part.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_~".contains(letter)),
                "{part}"
            );
            assert_eq!(decoded(part).as_deref(), Some(name));
        }
        assert_eq!((decoded("a~2"), decoded("a~zz"), decoded("~FF")), (None, None, None));
    }
}

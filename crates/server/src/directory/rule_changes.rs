//! The history of the numbers of the rules: every change with who made it, when and why. A site's own entry holds
//! it, and nobody but this writes it.

use super::rows::Problem;
use domain::{
    directory::{RuleChange, Site},
    ids::StaffId,
    patterns::LONGEST_REASON,
    time::Instant,
};

pub struct Why<'a> {
    pub by: &'a StaffId,
    pub at: Instant,
    pub reason: &'a str,
}

/// Puts the true history into the new entry, and one line more when its numbers are others than before.
pub fn note(before: Option<&Site>, new: &mut Site, why: &Why<'_>) -> Option<Problem> {
    new.rule_changes = before.map(|before| before.rule_changes.clone()).unwrap_or_default();
    // The numbers that a site begins with are not a change.
    let before = before?;
    if before.settings.rules == new.settings.rules {
        return None;
    }
    let reason = why.reason.trim();
    if reason.is_empty() {
        return Some(("reason", "Say why the numbers of the rules change.".into()));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Some(("reason", format!("The reason is too long. Use at most {LONGEST_REASON} letters.")));
    }
    new.rule_changes.push(RuleChange {
        at: why.at,
        by: why.by.clone(),
        reason: reason.to_owned(),
        before: before.settings.rules.clone(),
        after: new.settings.rules.clone(),
    });
    None
}

//! What this person may do with a record now, so that no button leads to a refusal for want of a role.

use crate::{state::App, text::review::gone};
use domain::{
    ids::{SiteId, StaffId},
    record::Record,
    refusal::Code,
    roles::{Role, Roles},
};
use leptos::prelude::*;
use serde_json::{Map, Value};

const REFUSING: [Code; 7] = [
    Code::NoRoleAtSite,
    Code::ReadOnlyRole,
    Code::RoleNotAllowed,
    Code::NotTheReporter,
    Code::WrongState,
    Code::TokenWrong,
    Code::RecordUnknown,
];

/// The same for a verb about a site.
pub fn may_at(app: App, site: &SiteId, verb: &str) -> bool {
    match app.check_at(site, verb, Map::new()) {
        Ok(()) => true,
        Err(problem) => problem.code.is_some_and(|code| !REFUSING.contains(&code)),
    }
}

/// The rights of model.md section 1.3 (checks 3 to 6). `about`: the field that names an action and its id.
pub fn may(app: App, verb: &str, record: &Record, about: Option<(&str, &str)>) -> bool {
    if !gone::allows(verb, record) {
        return false;
    }
    let with: Map<String, Value> =
        about.into_iter().map(|(field, id)| (field.to_owned(), Value::from(id))).collect();
    match app.check(verb, Some(record.id.clone()), with) {
        Ok(()) => true,
        Err(problem) => problem.code.is_some_and(|code| !REFUSING.contains(&code)),
    }
}

/// This person is registered manager of the site of the record today, or stands in for one. Not tracked.
pub fn manages(app: App, record: &Record) -> bool {
    held(app, record).is_some_and(|(_, roles)| roles.has(Role::RegisteredManager))
}

/// This person may open the name of the reporter. Not tracked.
pub fn may_open_name(app: App, record: &Record) -> bool {
    held(app, record).is_some_and(|(me, roles)| record.may_open_name(&me, roles))
}

fn held(app: App, record: &Record) -> Option<(StaffId, Roles)> {
    untrack(|| {
        let me = app.me()?.staff;
        let roles = app.directory.read().held(&me, &record.site, app.today()).all();
        Some((me, roles))
    })
}

/// The verb that opens a step.
pub fn verb_of(step: u8) -> &'static str {
    match step {
        1 => "resubmit",
        2 => "review_risk",
        3 => "assess_notification",
        4 => "plan_action",
        _ => "record_outcome",
    }
}

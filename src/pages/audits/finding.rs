//! What follows from a no: the alert that it raised, and the action that puts it right.

use super::{audit::Shown, link::Link};
use crate::{
    pages::{
        alerts::waits_for,
        record::{
            may::{may, may_at},
            seen,
        },
    },
    routes,
    state::use_app,
    text::{audits::names, common, review::record::title},
    ui::StatusTag,
};
use domain::{
    audits::AuditAnswer,
    pathway::State,
    patterns::{Alert, State as AlertState},
    record::Record,
    vocabulary::{ALERT_STATE, AUDIT_ITEM, ROLE},
};
use markup::prelude::*;
use std::sync::Arc;

/// Every finding of an audit, by record.
#[component]
pub fn Findings(audit: Memo<Shown>) -> impl IntoView {
    let app = use_app();
    live(move || {
        let shown = audit.get();
        let found: Vec<AuditAnswer> = shown.audit.findings().cloned().collect();
        if found.is_empty() {
            return Node::Nothing;
        }
        let total = found.len();
        let lines = found
            .into_iter()
            .map(|answer| {
                let record = seen(app, &answer.record);
                let name = record.as_ref().map(|record| title(record)).unwrap_or_default();
                let number = shown.number(&answer.record);
                let item = AUDIT_ITEM.label(&answer.item).to_owned();
                let by = format!("{}, {}", shown.by(app, &answer.by), common::moment(answer.at));
                let note = answer.note.clone();
                let href = routes::audit_record(&shown.id, &answer.record);
                let shown = shown.clone();
                let follow = record.map(|record| view! { <Follow audit=shown record answer /> });
                view! {
                    <li class="message stack">
                        <h3><a href=href>{format!("{number}. {name}")}</a></h3>
                        <p>{item} " " <strong>"No."</strong></p>
                        <blockquote class="quote">{note}</blockquote>
                        <p class="muted small">{by}</p>
                        {follow}
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="stack">
                <h2>"Findings" " " <span class="number muted">{total}</span></h2>
                <ul class="plain-list stack">{lines}</ul>
            </section>
        }
    })
}

/// The alert of a finding, and the ways to an action.
#[component]
pub fn Follow(audit: Shown, record: Arc<Record>, answer: AuditAnswer) -> impl IntoView {
    let app = use_app();
    let name = format!("audit_finding|{}/{}", audit.spec, answer.item);
    let register = app.register.get();
    let alert = register.alert(&audit.site, &name).filter(|alert| alert.has(&record.id));
    let state = alert.map(|alert| alert.state(app.now.get_untracked()));
    let raised = alert.map(|alert| {
        let to: Vec<String> = alert.to.iter().map(|role| ROLE.label(role.code()).to_owned()).collect();
        let records = common::count(alert.records().count(), "record", "records");
        let words = format!("{} {}: {records} with this finding.", alert_of(alert, &answer), names(&to));
        let (status, label) = match state {
            Some(AlertState::Open) => ("action-open", "Alert open"),
            Some(other) => ("done", ALERT_STATE.label(other.code())),
            None => ("neutral", ""),
        };
        // The page of an alert is that of the site that is shown.
        let is_here = untrack(|| app.site()).as_ref() == Some(&audit.site);
        let see = is_here.then(|| {
            let hidden = format!(": {}", AUDIT_ITEM.label(&answer.item));
            view! {
                <a href=routes::alert(&name)>"See the alert"<span class="visually-hidden">{hidden}</span></a>
            }
        });
        view! { <p class="cluster"><StatusTag status label /> <span>{words}</span> {see}</p> }
    });
    let here = &record.id;
    let since: Vec<Node> = record
        .actions
        .iter()
        .filter(|action| action.planned_at >= answer.at)
        .map(|action| {
            let when = match &action.done {
                Some(done) => format!("Done on {}.", common::day(done.on)),
                None => format!("Due on {}.", common::day(action.due)),
            };
            let words = action.text.clone();
            view! { <li><a href=routes::record(here)>{words}</a> ". " {when}</li> }
        })
        .collect();
    let has_action = !since.is_empty();
    let since = has_action.then(|| {
        view! { <p class="small">"Planned since this finding:"</p> <ul>{since}</ul> }
    });
    // Linked to an action, dismissed with a reason, or put right by an action since: no more work is asked for.
    let settled = matches!(state, Some(AlertState::Linked | AlertState::Dismissed));
    let start = match record.state {
        _ if settled => Node::Nothing,
        State::AwaitingAction if may(app, "plan_action", &record, None) => {
            let href = format!("{}?do=plan", routes::step(here, "act"));
            let words = if has_action { "Start another action" } else { "Start an action" };
            view! { <p><a href=href>{words} <Of record=record.clone() /></a></p> }
        }
        State::Closed if !has_action && may(app, "reopen", &record, None) => {
            let href = routes::audit_reopen(&audit.id, here, &answer.item);
            view! {
                <p>
                    "The record is finished. An action needs it open: "
                    <a href=href>"open it again and plan the action" <Of record=record.clone() /></a>
                    "."
                </p>
            }
        }
        _ if has_action => Node::Nothing,
        _ => view! { <p class="small">"No action yet. " {waits_for(&record)}</p> },
    };
    let may_link = state == Some(AlertState::Open) && may_at(app, &audit.site, "link_alert");
    let link = may_link.then(|| {
        let site = audit.site.clone();
        view! { <Link site alert=name record=record.clone() id=format!("{}-{}", answer.item, audit.number(&record.id)) /> }
    });
    view! { <div class="stack audit-follow">{raised} {since} {start} {link}</div> }
}

/// Tells equal links apart for those who only hear them.
#[component]
fn Of(record: Arc<Record>) -> impl IntoView {
    view! { <span class="visually-hidden">{format!(": {}", title(&record))}</span> }
}

/// "It raised an alert for", or since when there was one that it joined.
fn alert_of(alert: &Alert, answer: &AuditAnswer) -> String {
    match alert.subjects().first() {
        Some(first) if *first != answer.id => {
            format!("It joined an alert of {} for", common::day(domain::time::london_date(alert.raised_at)))
        }
        _ => "It raised an alert for".to_owned(),
    }
}

//! A finished record is opened again because of a finding; its action is planned next.

use super::audit::Shown;
use crate::{
    pages::record::{
        form::{Ask, Entry, Fields, Look, ask, beside_field},
        may::may,
        seen,
    },
    routes,
    state::{Kind, use_app},
    text::{audits::finding_reason, review::record::title},
    ui::{self, Button, Buttons, EmptyState, ErrorSummary, Form, LinkButton, Page},
};
use domain::{audits::AuditAnswer, ids::RecordId, pathway::State, record::Record};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::Map;
use std::sync::Arc;

const HEADING: &str = "Open the record again for an action";
const REASON: Ask = ask("reason", "Why?", Look::Words).hint("The history of the record keeps it").needed();

/// `item` is the question whose answer was no.
#[component]
pub fn ReopenPage(audit: Memo<Shown>, record: RecordId, item: String) -> impl IntoView {
    let app = use_app();
    let shown = audit.get_untracked();
    let back = routes::audit_record(&shown.id, &record);
    let found = shown.audit.answer(&record, &item).filter(|answer| answer.answer == "n").cloned();
    let known = untrack(|| seen(app, &record));
    let may_reopen = |record: &Record| record.state == State::Closed && may(app, "reopen", record, None);
    match (found, known) {
        (Some(found), Some(known)) if may_reopen(&known) => {
            view! { <ReopenForm audit=shown record=known found back /> }
        }
        _ => view! {
            <Page title=HEADING heading=HEADING back=back.clone() back_label="The audit">
                <EmptyState title="There is nothing to open again here." icon="clipboard-check">
                    <p>"A finished record can be opened again when a question about it was answered with no. The Registered Manager or the deputy does it."</p>
                    <p><a href=back>"Go back to the record of the audit"</a></p>
                </EmptyState>
            </Page>
        },
    }
}

#[component]
fn ReopenForm(audit: Shown, record: Arc<Record>, found: AuditAnswer, back: String) -> impl IntoView {
    let app = use_app();
    let start = Map::from_iter([("reason".to_owned(), finding_reason(&found.item, &found.note).into())]);
    let key = format!("{}/reopen/{}/{}", record.id, audit.id, found.item);
    let entry = Entry::open(app, key, record.site.clone(), Some(record.id.clone()), start);
    let navigate = use_navigate();
    let act = routes::step(&record.id, "act");
    let submit = move |()| {
        let Some(with) = entry.read(&[REASON]) else { return };
        let (navigate, act) = (navigate.clone(), act.clone());
        entry.send("reopen", with, beside_field, move |_| {
            app.notices.show(Kind::Success, "The record is open again. Now plan the action.");
            navigate(&act, Default::default());
        });
    };
    let caption = title(&record);
    view! {
        <Page title=HEADING heading=HEADING caption back=back.clone() back_label="The audit" has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <blockquote class="quote">{found.note}</blockquote>
            <p>"This record is finished, and an action needs it open. It goes back to step 4 and counts as open until its actions and their result are recorded. The audit keeps its sample and its answers."</p>
            <Form on_submit=submit>
                <Fields asks=vec![REASON] entry />
                <Buttons>
                    <Button busy=entry.busy>"Open again and plan the action"</Button>
                    <LinkButton href=back kind=ui::Kind::Quiet>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}

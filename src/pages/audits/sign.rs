//! The signature of an audit: what will be frozen, a summary, and who may sign.

use super::{audit::Shown, signed::Numbers};
use crate::{
    pages::record::{
        form::{Ask, Entry, Fields, Look, ask, beside_field},
        may::may_at,
    },
    state::use_app,
    text::{audits as text, common},
    ui::{Button, Buttons, ErrorSummary, Form, Notice},
};
use markup::prelude::*;
use serde_json::{Map, Value};

const SUMMARY: [Ask; 1] =
    [ask("summary", "What does this audit show, and what happens next?", Look::Words).needed()];

#[component]
pub fn Sign(audit: Memo<Shown>) -> impl IntoView {
    let app = use_app();
    let first = audit.get_untracked();
    let left = Memo::new(move |_| audit.read().audit.unanswered().count());
    let site = first.site.clone();
    let figures = move || {
        let shown = audit.read();
        app.register.read().figures_now(&site, &shown.audit)
    };
    let may_sign = may_at(app, &first.site, "sign_audit");
    let entry = Entry::open(app, format!("audit-sign/{}", first.id), first.site.clone(), None, Map::new());
    let id = first.id.to_string();
    let submit = Callback::new(move |()| {
        let Some(mut with) = entry.read(&SUMMARY) else { return };
        with.insert("audit".to_owned(), Value::from(id.as_str()));
        entry.send_saying("sign_audit", with, beside_field, "The audit is signed.", |_| {});
    });
    view! {
        <section class="stack audit-sign">
            <h2>"Sign the audit"</h2>
            {move || {
                let left = left.get();
                if left > 0 {
                    let words = common::count(left, "question has", "questions have");
                    return view! { <p>{format!("{words} no answer yet. The audit can be signed when all are answered.")}</p> };
                }
                if !may_sign {
                    return view! { <Notice><p>"Every question is answered. The Registered Manager signs the audit."</p></Notice> };
                }
                let figures = figures.clone();
                view! {
                    <ErrorSummary errors=entry.errors />
                    <p>{format!("{} These numbers are frozen when you sign.", text::dates(first.audit.period) + ".")}</p>
                    {move || view! { <Numbers figures=figures() /> }}
                    <Form on_submit=submit>
                        <Fields asks=SUMMARY.to_vec() entry />
                        <Buttons><Button busy=entry.busy>"Sign the audit"</Button></Buttons>
                    </Form>
                }
            }}
        </section>
    }
}

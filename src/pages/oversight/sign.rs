//! "I have read this": the signature of the provider. Where this device has a PIN, it is asked again.

use super::Subject;
use crate::{
    pages::{
        audits::calendar::Slot,
        record::{
            form::{Ask, Entry, Fields, Look, ask, beside_field},
            may::may_at,
        },
    },
    state::use_app,
    text::{audits::Stand, common, review::people},
    ui::{Button, Buttons, ErrorSummary, FieldError, Form, Notice, TextField, Tone, Width},
};
use domain::audits;
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, Value};

const COMMENT: Ask = ask("note", "Your comment", Look::Words);
const NEEDED: Ask =
    ask("note", "Your comment: why you sign although an audit is missing", Look::Words).needed();

#[component]
pub fn Sign(
    subject: Subject,
    is_provider: bool,
    /// The audits of the period.
    slots: Vec<Slot>,
    stand: Stand,
) -> impl IntoView {
    let app = use_app();
    if let Stand::Signed { .. } = stand {
        return view! { <Signed subject /> };
    }
    let body = match stand {
        Stand::NotOver { over_on } => {
            let words = format!("This period is not over. It can be signed from {}.", common::day(over_on));
            view! { <p>{words}</p> }
        }
        _ if !is_provider => view! { <p class="no-print">"The provider has not signed this yet."</p> },
        _ if !may_at(app, &subject.site, "sign_oversight") => {
            view! { <p>"You hold no provider role at this site, so somebody who does must sign."</p> }
        }
        _ => {
            let is_missing = slots.iter().any(|slot| slot.stand.waits());
            view! { <SignForm subject is_missing /> }
        }
    };
    view! {
        <section class="stack">
            <h2>"Signature of the provider"</h2>
            <div class="print-only sign-here">
                <p>"Not signed yet."</p>
                <ul class="plain-list">{["Name", "Signature", "Date"].map(|what| view! { <li>{what}</li> })}</ul>
            </div>
            {body}
        </section>
    }
}

#[component]
fn SignForm(subject: Subject, is_missing: bool) -> impl IntoView {
    let app = use_app();
    let asks = vec![if is_missing { NEEDED } else { COMMENT }];
    let key = format!("sign_oversight/{}/{}/{}", subject.site, subject.spec.id, subject.period);
    let entry = Entry::open(app, key, subject.site.clone(), None, Map::new());
    let pin = RwSignal::new(String::new());
    let has_pin = app.lock.has_pin;
    let to_read = asks.clone();
    let submit = move |()| {
        let Some(mut with) = entry.read(&to_read) else { return };
        with.insert("category".to_owned(), Value::from(subject.spec.id));
        with.insert("period".to_owned(), Value::from(subject.period.to_string()));
        spawn_local(async move {
            if has_pin.get_untracked() {
                let digits = pin.get_untracked();
                if let Err(problem) = app.lock.confirm(&digits).await {
                    return drop(entry.errors.try_set(vec![FieldError::new("sign-pin", problem.sentence)]));
                }
            }
            entry.send_saying("sign_oversight", with, beside_field, "The oversight is signed.", |_| {});
        });
    };
    let ask_pin = move || {
        has_pin.get().then(|| {
            view! {
                <TextField
                    id="sign-pin"
                    label="Your PIN"
                    hint="So that nobody else can sign for you"
                    kind="password"
                    inputmode="numeric"
                    width=Width::Short
                    error=entry.error("sign-pin")
                    value=pin
                />
            }
        })
    };
    let warning = is_missing.then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>"An audit of this period is not signed. Ask for it first, or say why you sign without it."</p>
            </Notice>
        }
    });
    view! {
        {warning}
        <ErrorSummary errors=entry.errors />
        <Form on_submit=submit>
            <Fields asks entry />
            {ask_pin}
            <Buttons><Button busy=entry.busy>"I have read this"</Button></Buttons>
        </Form>
    }
}

#[component]
fn Signed(subject: Subject) -> impl IntoView {
    let app = use_app();
    let register = app.register.get();
    let period = subject.period.to_string();
    let line = audits::oversight(&register, &subject.site, subject.spec.id, &period, app.now.get_untracked());
    let Some(signed) = line.and_then(|line| line.signed.cloned()) else { return Node::Nothing };
    let by = people::author(&signed.by, &app.directory.read_untracked(), &subject.site);
    let words = format!("Read and signed by {by}, {}.", common::moment(signed.at));
    let note = (!signed.note.is_empty())
        .then(|| view! { <blockquote class="quote">{signed.note.clone()}</blockquote> });
    view! {
        <section class="stack">
            <h2>"Signature of the provider"</h2>
            <p>{words}</p>
            {note}
        </section>
    }
}

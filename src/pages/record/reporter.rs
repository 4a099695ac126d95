//! Who reported it, when the reporter had their name sealed: asked for with a reason, shown once, kept nowhere here.

use super::{may::may_open_name, part::Act};
use crate::{
    pages::capture::{Trouble, error_of, say_beside},
    routes,
    state::{Problem, use_app},
    text::review::record::title,
    ui::{
        Button, Buttons, EmptyState, ErrorSummary, FieldError, Form, Kind, LinkButton, Notice, Page, TextArea,
    },
};
use domain::record::Record;
use leptos::task::spawn_local;
use markup::prelude::*;
use std::sync::Arc;

const ASK: &str = "See who reported this";
/// Of the window too, which stays in the history of the browser: it names nobody.
const SHOWN: &str = "Who reported this";
const REASON: &str = "reason";
/// As many characters as the service takes.
const LONGEST: usize = 500;

/// The way here.
pub fn act(record: &Record) -> Act {
    (ASK, format!("{}?do=reporter", routes::record(&record.id)))
}

#[component]
pub fn ReporterPage(record: Arc<Record>, #[prop(into)] back: String) -> impl IntoView {
    let name = RwSignal::new(None::<String>);
    if !may_open_name(use_app(), &record) {
        return view! { <Nothing record back /> };
    }
    live(move || match name.get() {
        Some(name) => view! { <Shown record=record.clone() back=back.clone() name /> },
        None => view! { <Asking record=record.clone() back=back.clone() name /> },
    })
}

#[component]
fn Asking(record: Arc<Record>, back: String, name: RwSignal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let reason = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    // An update of the app waits while this is written.
    StoredValue::new_local(app.editing());
    let (id, caption) = (record.id.clone(), title(&record));
    let submit = move |()| {
        let words = reason.get_untracked();
        if words.trim().is_empty() {
            return errors.set(vec![FieldError::new(REASON, "Say in a few words why you need the name")]);
        }
        errors.set(Vec::new());
        problem.set(None);
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            match app.open_name(&id, &words).await {
                Ok(told) => drop(name.try_set(Some(told))),
                Err(found) => {
                    say_beside(found, &[(REASON, REASON)], errors, problem);
                    busy.try_set(false);
                }
            }
        });
    };
    view! {
        <Page title=ASK heading=ASK caption back back_label="The record">
            <ErrorSummary errors />
            <Trouble problem />
            <p>"The reporter asked to keep their name sealed. If you open it, they are told that you did and why, and your reason is kept with the record."</p>
            <Form on_submit=submit>
                <TextArea
                    id=REASON
                    label="Why do you need the name?"
                    hint="For example: to ask what they saw, because somebody may be at risk"
                    value=reason
                    error=error_of(errors, REASON)
                    limit=LONGEST
                />
                <Buttons>
                    <Button busy>"Show the name"</Button>
                </Buttons>
            </Form>
        </Page>
    }
}

#[component]
fn Shown(record: Arc<Record>, back: String, name: String) -> impl IntoView {
    let words = format!("{name} reported this.");
    view! {
        <Page title=SHOWN heading=SHOWN caption=title(&record) back=back.clone() back_label="The record">
            <Notice alert=true>
                <p><strong>{words}</strong></p>
                <p>"They can read in My reports that you opened their name, and why."</p>
            </Notice>
            <p>"The name is shown only once and is not kept on this device. Do not write it in the record: others read that."</p>
            <Buttons>
                <LinkButton href=back kind=Kind::Secondary>"Back to the record"</LinkButton>
            </Buttons>
        </Page>
    }
}

#[component]
fn Nothing(record: Arc<Record>, back: String) -> impl IntoView {
    view! {
        <Page title=ASK heading=ASK caption=title(&record) back=back.clone() back_label="The record">
            <EmptyState title="There is no name here that you can open." icon="lock">
                <p>"Only the Registered Manager of the site can open a sealed name. A report without a name has none."</p>
                <LinkButton href=back kind=Kind::Secondary>"Back to the record"</LinkButton>
            </EmptyState>
        </Page>
    }
}

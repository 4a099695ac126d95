//! One small form of a record: the questions of one verb, and a button.

use super::{
    form::{Entry, Fields, beside_field},
    forms::FormSpec,
};
use crate::{
    state::{Kind, use_app},
    ui::{Button, Buttons, ErrorSummary, Form, LinkButton, Page},
};
use domain::record::Record;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use std::sync::Arc;

/// A page of its own.
#[component]
pub fn VerbPage(
    spec: &'static FormSpec,
    record: Arc<Record>,
    /// Id of what it is about: an action, a question, an outage, a body.
    about: Option<String>,
    #[prop(into)] back: String,
    /// Where to go when it is saved, if not back.
    #[prop(into, optional)]
    then: Option<String>,
) -> impl IntoView {
    let about_words = about.as_deref().and_then(|id| words_about(&record, id));
    let caption = crate::text::review::record::title(&record);
    let entry = entry_of(spec, &record, about.as_deref());
    let has_error = entry.has_error();
    let home = back.clone();
    let then = then.unwrap_or_else(|| back.clone());
    view! {
        <Page title=spec.title heading=spec.title caption back=back has_error>
            <ErrorSummary errors=entry.errors />
            {about_words.map(|words| view! { <blockquote class="quote">{words}</blockquote> })}
            {(!spec.intro.is_empty()).then(|| view! { <p>{spec.intro}</p> })}
            <VerbForm spec record about entry back=then>
                <LinkButton href=home kind=crate::ui::Kind::Quiet>"Cancel"</LinkButton>
            </VerbForm>
        </Page>
    }
}

/// The questions and the button, inside another page.
#[component]
pub fn VerbForm(
    spec: &'static FormSpec,
    record: Arc<Record>,
    about: Option<String>,
    entry: Entry,
    /// Where to go when it is saved.
    #[prop(into)]
    back: String,
    /// More buttons beside the one that saves.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let asks = spec.asks(&record);
    let to_send = asks.clone();
    let submit = move |()| {
        let Some(mut with) = entry.read(&to_send) else { return };
        if let (Some(about), false) = (&about, spec.about.is_empty())
            && !with.contains_key(spec.about)
        {
            with.insert(spec.about.to_owned(), about.clone().into());
        }
        let (navigate, back) = (navigate.clone(), back.clone());
        entry.send(spec.verb, with, beside_field, move |_| {
            entry.clear();
            app.notices.show(Kind::Success, spec.done);
            navigate(&back, Default::default());
        });
    };
    view! {
        <Form on_submit=submit>
            <Fields asks entry />
            <Buttons>
                <Button busy=entry.busy>{spec.button}</Button>
                {children.map(|children| children())}
            </Buttons>
        </Form>
    }
}

/// The form of a record, with what was typed before.
pub fn entry_of(spec: &'static FormSpec, record: &Record, about: Option<&str>) -> Entry {
    let app = use_app();
    let start = spec.start(record, about, app.instant());
    let key = format!("{}/{}/{}", record.id, spec.id, about.unwrap_or_default());
    Entry::open(app, key, record.site.clone(), Some(record.id.clone()), start)
}

/// The words of the action or question that a form is about.
fn words_about(record: &Record, id: &str) -> Option<String> {
    let action = record.action(id).map(|action| action.text.clone());
    action.or_else(|| {
        record.questions.iter().find(|question| &*question.id == id).map(|question| question.text.clone())
    })
}

//! One small form of a record: the questions of one verb, and a button.

use super::{
    doubt::{Doubt, doubt},
    form::{Entry, Fields, beside_field},
    forms::FormSpec,
    shared::{ALSO, Also, also, open_twins, write_each},
};
use crate::{
    pages::photos::AddPhotos,
    state::{Kind, use_app},
    text::{capture::photos as text, common::count},
    ui::{Button, Buttons, ErrorSummary, Form, LinkButton, Page},
};
use domain::{ids::RecordId, record::Record};
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
    // Photos that show that an action is done lie here under its own id until it is.
    let shown = about.clone().filter(|_| spec.verb == "complete_action").map(RecordId::from);
    let photos = shown.clone().map(|place| {
        let subject = text::subject(record.spec(), &record.facts.fields);
        let before = Callback::new(move |open: Callback<()>| open.run(()));
        view! { <AddPhotos app record=place subject before /> }
    });
    let asks = spec.asks(&record);
    let to_send = asks.clone();
    let twins = match about.as_deref().filter(|_| spec.verb == "complete_action") {
        Some(action) => open_twins(app, &record, action),
        None => Vec::new(),
    };
    let options: Vec<_> =
        twins.iter().map(|(_, action, words)| (action.to_string(), words.clone())).collect();
    let doubted = RwSignal::new(None::<String>);
    let submit = move |()| {
        let Some(mut with) = entry.read(&to_send) else { return };
        if let (Some(about), false) = (&about, spec.about.is_empty())
            && !with.contains_key(spec.about)
        {
            with.insert(spec.about.to_owned(), about.clone().into());
        }
        if let Some(place) = &shown {
            with = app.photos.with(place, with);
        }
        // The same button again says that it is right.
        let strange = doubt(spec.verb, &record, &with);
        if strange.is_some() && doubted.get_untracked() != strange {
            if entry.passes(spec.verb, &with, beside_field) {
                doubted.set(strange);
            }
            return;
        }
        doubted.set(None);
        let (navigate, back) = (navigate.clone(), back.clone());
        let chosen = also(entry);
        let each: Vec<_> = twins
            .iter()
            .filter(|(_, action, _)| chosen.iter().any(|code| code == action.as_str()))
            .map(|(other, action, _)| {
                let mut with = with.clone();
                with.insert("action".into(), action.to_string().into());
                (other.clone(), with)
            })
            .collect();
        entry.send(spec.verb, with, beside_field, move |_| {
            entry.clear();
            if each.is_empty() {
                app.notices.show(Kind::Success, spec.done);
                return navigate(&back, Default::default());
            }
            let number = each.len();
            write_each(app, spec.verb, each, move |problem| {
                match problem {
                    Some(words) => app.notices.show(Kind::Warning, words),
                    None => {
                        let records = count(number, "other record", "other records");
                        app.notices
                            .show(Kind::Success, format!("The action is done, here and in {records}."));
                    }
                }
                navigate(&back, Default::default());
            });
        });
    };
    view! {
        <Form on_submit=submit>
            <Fields asks entry />
            {photos}
            <Also
                entry
                legend="Also done for these records"
                hint="It is one piece of work. An entry of its own is written in each record you leave selected"
                options
            />
            <Doubt doubted button=spec.button />
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
    let mut start = spec.start(record, about, app.instant());
    if let Some(action) = about.filter(|_| spec.verb == "complete_action") {
        let twins: Vec<String> =
            open_twins(app, record, action).into_iter().map(|(_, action, _)| action.to_string()).collect();
        start.insert(ALSO.into(), twins.into());
    }
    Entry::open(app, form_key(spec, record, about), record.site.clone(), Some(record.id.clone()), start)
}

/// Under which what is typed into a form is kept.
pub fn form_key(spec: &FormSpec, record: &Record, about: Option<&str>) -> String {
    format!("{}/{}/{}", record.id, spec.id, about.unwrap_or_default())
}

/// The words of the action or question that a form is about.
fn words_about(record: &Record, id: &str) -> Option<String> {
    let action = record.action(id).map(|action| action.text.clone());
    action.or_else(|| {
        record.questions.iter().find(|question| &*question.id == id).map(|question| question.text.clone())
    })
}

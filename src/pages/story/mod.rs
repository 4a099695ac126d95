//! One record from event to outcome, on one page that prints: `/records/:id/story`.

use crate::{
    pages::{
        evidence::{REASON, ReasonField, blocks::block_view},
        record::{known, record_id},
    },
    routes,
    state::use_app,
    text::{evidence as text, review::record::reference},
    ui::{Button, Buttons, ErrorSummary, FieldError, Form, Kind, Page},
};
use domain::{ids::RecordId, record::Record};
use evidence::Story;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn RecordStoryPage() -> impl IntoView {
    let id = record_id();
    live(move || {
        let id = id.get();
        known(id.clone(), move |record| view! { <Told id=id.clone() record /> })
    })
}

#[component]
fn Told(id: RecordId, record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    // Somebody outside a whole site, such as a reporter, sees their own report without more.
    let rights = untrack(|| app.evidence_rights());
    let coded_only = rights.as_ref().is_some_and(|rights| rights.coded_only);
    let may_name = rights.is_some_and(|rights| !rights.coded_only);
    // Why names are shown; none: they are not.
    let reason = RwSignal::new(None::<String>);
    let asking = RwSignal::new(false);
    let story = Memo::new(move |_| {
        let register = app.register.read();
        let now = app.now.get();
        let named = may_name && reason.read().is_some();
        Arc::new(Story::alone(&register, &record, named, coded_only, now))
    });
    let title = untrack(|| story.read().title.clone());
    let reference = reference(&id);
    let toggle = move |()| match reason.get_untracked() {
        Some(_) => reason.set(None),
        None => asking.set(true),
    };
    let toggle = may_name.then(|| {
        view! {
            <Button kind=Kind::Secondary on_press=toggle>
                {move || if reason.read().is_some() { text::HIDE_NAMES } else { text::SHOW_NAMES }}
            </Button>
        }
    });
    view! {
        <Page
            title=format!("{}: {title}", text::STORY)
            heading=title
            caption=format!("{}, {reference}", text::STORY)
            back=routes::record(&id)
            back_label="The record"
            wide=true
        >
            <Buttons>
                <Button icon="printer" on_press=move |()| app.print()>{text::PRINT}</Button>
                {toggle}
            </Buttons>
            {move || asking.get().then(|| view! { <Asking asking reason /> })}
            <p class="muted" role="status">
                {move || reason.get().map_or_else(|| text::STORY_PLAIN.to_owned(), |why| text::story_named(&why))}
            </p>
            <article class="doc story">
                {move || {
                    let story = story.get();
                    let lines = story.in_short.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
                    let parts = story
                        .parts
                        .iter()
                        .map(|part| {
                            let blocks = part.blocks.iter().map(|block| block_view(None, block, 3)).collect_view();
                            view! {
                                <section class="doc__section" data-part=part.key>
                                    <h2>{part.title}</h2>
                                    {blocks}
                                </section>
                            }
                        })
                        .collect_view();
                    view! { <ul class="doc__short">{lines}</ul> {parts} }
                }}
            </article>
        </Page>
    }
}

/// Before names show: why they are needed, as for a pack.
#[component]
fn Asking(asking: RwSignal<bool>, reason: RwSignal<Option<String>>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let error = Signal::derive(move || errors.read().first().map(|error| error.message.clone()));
    let submit = move |()| {
        let words = typed.get_untracked();
        if words.trim().is_empty() {
            return errors.set(vec![FieldError::new(REASON, text::WHY_NAMES)]);
        }
        reason.set(Some(words));
        asking.set(false);
    };
    view! {
        <Form on_submit=Callback::new(submit)>
            <ErrorSummary errors />
            <ReasonField label=text::REASON hint=text::STORY_REASON_HINT value=typed error />
            <Buttons>
                <Button kind=Kind::Secondary>{text::SHOW_NAMES_NOW}</Button>
                <Button kind=Kind::Quiet on_press=move |()| asking.set(false)>{text::HIDE_NAMES}</Button>
            </Buttons>
        </Form>
    }
}

//! One record from event to outcome, on one page that prints: `/records/:id/story`.

use crate::{
    pages::{evidence::blocks::block_view, record::known, record::record_id},
    routes,
    state::use_app,
    text::evidence as text,
    ui::{Button, Buttons, Kind, Page},
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
    let named = RwSignal::new(false);
    let story = Memo::new(move |_| {
        let register = app.register.read();
        let now = app.now.get();
        Arc::new(Story::alone(&register, &record, named.get() && may_name, coded_only, now))
    });
    let title = untrack(|| story.read().title.clone());
    let toggle = may_name.then(|| {
        view! {
            <Button kind=Kind::Secondary on_press=move |()| named.update(|named| *named = !*named)>
                {move || if named.get() { text::HIDE_NAMES } else { text::SHOW_NAMES }}
            </Button>
        }
    });
    view! {
        <Page
            title=format!("{}: {title}", text::STORY)
            heading=title
            caption=text::STORY
            back=routes::record(&id)
            back_label="The record"
            wide=true
        >
            <Buttons>
                <Button icon="printer" on_press=move |()| app.print()>{text::PRINT}</Button>
                {toggle}
            </Buttons>
            <p class="muted" role="status">
                {move || if named.get() { text::STORY_NAMED } else { text::STORY_PLAIN }}
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

//! What happened to a report so far, newest first, in plain words.

use super::mine;
use crate::{
    state::App,
    text::{capture::reports as text, common::moment},
    ui::{Timeline, TimelineItem},
};
use domain::{event::Received, ids::RecordId, record::Record};
use leptos::prelude::*;

#[component]
pub fn Story(app: App, record: RecordId) -> impl IntoView {
    let lines = move || {
        app.with_record(&record, |record, _| {
            record.events.iter().rev().filter_map(|received| line(app, record, received)).collect_view()
        })
    };
    view! {
        <section class="stack">
            <h2>{text::STORY}</h2>
            <Timeline>{lines}</Timeline>
        </section>
    }
}

fn line(app: App, record: &Record, received: &Received) -> Option<AnyView> {
    let me = app.session.read().me().map(|me| me.staff.to_string());
    let mine = me.as_deref().is_some_and(|me| received.event.by.is(me));
    let told = text::happened(record, received, me.as_deref())?;
    let by = text::by(mine::name_of(app, &received.event.by).as_deref(), mine).unwrap_or_default();
    let at = received.judgement.corrected_at;
    let words = told.words.map(|words| view! { <p class="quote">{words}</p> });
    let item = view! {
        <TimelineItem title=told.title by when=moment(at) datetime=at.to_rfc3339() mark=told.mark>
            {words}
        </TimelineItem>
    };
    Some(item.into_any())
}

//! What happened to a report so far, newest first, in plain words.

use super::mine;
use crate::{
    state::App,
    text::{capture::reports as text, common::moment},
    ui::{Timeline, TimelineItem},
};
use domain::{event::Received, ids::RecordId, record::Record};
use markup::prelude::*;

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

fn line(app: App, record: &Record, received: &Received) -> Option<Node> {
    let mine = mine::is_by_me(app, record, &received.event.by);
    let told = text::happened(record, received, mine)?;
    let by = text::by(mine::name_of(app, &received.event.by).as_deref(), mine);
    let at = received.judgement.corrected_at;
    let words = told.words.map(|words| view! { <p class="quote">{words}</p> });
    let (title, when, datetime, mark) = (told.title, moment(at), at.to_rfc3339(), told.mark);
    Some(match by {
        Some(by) => view! { <TimelineItem title by when datetime mark>{words}</TimelineItem> },
        None => view! { <TimelineItem title when datetime mark>{words}</TimelineItem> },
    })
}

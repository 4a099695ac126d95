//! Everything that happened to a record, newest first, in plain words.

use super::Part;
use crate::{
    state::use_app,
    text::review::{history as words, people},
    ui::{Details, Timeline, TimelineItem},
};
use domain::{event::Received, record::Record};
use markup::prelude::*;
use std::sync::Arc;

/// More than these stand behind a line to press.
const SHOWN: usize = 12;

#[component]
pub fn HistoryPart(record: Arc<Record>) -> impl IntoView {
    let newest: Vec<Arc<Received>> = record.events.iter().rev().cloned().collect();
    let (shown, older) = newest.split_at(newest.len().min(SHOWN));
    let items = |events: &[Arc<Received>]| {
        let one =
            |received: &Arc<Received>| view! { <Item record=record.clone() received=received.clone() /> };
        events.iter().map(one).collect_view()
    };
    let (shown, older) = (items(shown), (!older.is_empty()).then(|| items(older)));
    view! {
        <Part title="Timeline">
            <Timeline>{shown}</Timeline>
            {older
                .map(|older| {
                    view! {
                        <Details summary="Earlier">
                            <Timeline>{older}</Timeline>
                        </Details>
                    }
                })}
        </Part>
    }
}

#[component]
fn Item(record: Arc<Record>, received: Arc<Received>) -> impl IntoView {
    let directory = use_app().directory.read_untracked();
    let author = people::in_record(&received.event.by, &record, &directory);
    let by = format!("by {author}");
    let mut lines = words::details(&record, &received, &directory);
    lines.extend(words::marks(&received.judgement).into_iter().map(|mark| format!("{mark}.")));
    lines.extend(words::device_clock(&received));
    let away = received.judgement.author_away;
    lines.extend(away.then(|| words::author_away(&received.event.by, &directory)));
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <TimelineItem
            title=words::title(&received)
            by
            when=words::when(&received)
            datetime=received.judgement.corrected_at.to_rfc3339()
            mark=words::mark(&received.event.verb)
        >
            {lines}
        </TimelineItem>
    }
}

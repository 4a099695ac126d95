//! Everything that happened to a record, newest first, in plain words.

use super::{
    Part,
    keeping::{Holds, on_timeline},
};
use crate::{
    state::use_app,
    text::review::{history as words, people},
    ui::{Details, Timeline, TimelineItem},
};
use domain::{event::Received, record::Record, time::Instant};
use markup::prelude::*;
use std::sync::Arc;

/// More than these stand behind a line to press.
const SHOWN: usize = 12;

#[component]
pub fn HistoryPart(record: Arc<Record>, holds: Holds) -> impl IntoView {
    live(move || {
        let record = record.clone();
        let one = |received: &Arc<Received>| {
            let item = view! { <Item record=record.clone() received=received.clone() /> };
            (received.judgement.corrected_at, item)
        };
        let mut newest: Vec<(Instant, Node)> = record.events.iter().rev().map(one).collect();
        // Events stay in the order in which they arrived.
        for (at, item) in on_timeline(holds) {
            let place = newest.iter().position(|(other, _)| *other <= at).unwrap_or(newest.len());
            newest.insert(place, (at, item));
        }
        let mut shown: Vec<Node> = newest.into_iter().map(|(_, item)| item).collect();
        let older = shown.split_off(shown.len().min(SHOWN));
        let older = (!older.is_empty()).then_some(older);
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
    })
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

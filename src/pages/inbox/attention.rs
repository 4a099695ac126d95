//! What arrived and was kept, but could not be used: the registered manager looks at it.

use crate::{
    routes,
    state::{AttentionItem, use_app},
    text::{
        common,
        review::{history, people, record::title},
    },
    ui::Details,
};
use domain::event::Received;
use markup::prelude::*;

/// The newest of them; the rest is on the timelines of their records.
const SHOWN: usize = 20;

#[component]
pub fn Attention() -> impl IntoView {
    let app = use_app();
    let known = Memo::new(move |_| {
        let register = app.register.read();
        let site = app.site().unwrap_or_default();
        let mut events: Vec<Received> = register.attention(&site).cloned().collect();
        events.reverse();
        events.truncate(SHOWN);
        events
    });
    // Without a connection there is only what this device knows.
    let at_service = LocalResource::new(move || async move { app.attention().await.unwrap_or_default() });
    let kept_apart = move || -> Vec<AttentionItem> {
        let items = at_service.get().unwrap_or_default();
        items.into_iter().filter(|item| item.kind != "set_aside").take(SHOWN).collect()
    };
    let total = move || known.read().len() + kept_apart().len();
    live(move || {
        (total() > 0).then(|| {
            let lines = known.get().into_iter().map(|received| view! { <SetAside received /> }).collect_view();
            let others = kept_apart().into_iter().map(|item| view! { <KeptApart item /> }).collect_view();
            view! {
                <Details summary=format!("Kept but not used: {}", total())>
                    <p>"These arrived too late or did not fit any more. Nothing is lost. Look if something must be done again."</p>
                    <ul class="plain-list stack">{lines} {others}</ul>
                </Details>
            }
        })
    })
}

#[component]
fn SetAside(received: Received) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let by = people::author(&received.event.by, &directory, &received.event.site);
    let why = received.judgement.code.map(|code| code.sentence()).unwrap_or_default();
    let words = format!("{}. By {by}, {}. {why}", history::title(&received), history::when(&received));
    let record = received.event.record.and_then(|id| {
        Some((untrack(|| app.with_record(&id, |record, _| title(record)))?, routes::record(&id)))
    });
    view! {
        <li>
            <p>{words}</p>
            {record.map(|(title, href)| view! { <p><a href=href>{title}</a></p> })}
        </li>
    }
}

#[component]
fn KeptApart(item: AttentionItem) -> impl IntoView {
    let from: Vec<String> = [item.by_name, item.device_label].into_iter().flatten().collect();
    let at = common::moment(item.written_at.unwrap_or(item.received_at));
    let from = if from.is_empty() { at } else { format!("From {}, {at}", from.join(", ")) };
    let text = item.with.as_ref().and_then(|with| with.get("text")?.as_str().map(str::to_owned));
    let link = item.record.map(|id| view! { <p><a href=routes::record(&id)>"Open the record"</a></p> });
    view! {
        <li>
            <p>{item.sentence}</p>
            <p class="small muted">{from}</p>
            {text.map(|text| view! { <blockquote class="quote">{text}</blockquote> })}
            {link}
        </li>
    }
}

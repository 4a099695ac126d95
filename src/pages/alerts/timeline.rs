//! What happened to an alert, newest first: raised, joined by late reports, left to wait, settled.

use super::find::Found;
use crate::{
    pages::record::Part,
    state::{App, use_app},
    text::{
        alerts::{alert as words, state},
        common,
        review::{people, record::title},
    },
    ui::{Timeline, TimelineItem},
};
use domain::{event::Received, time::Instant};
use markup::prelude::*;
use std::sync::Arc;

struct Item {
    title: String,
    words: String,
    by: Option<String>,
    at: Instant,
    mark: &'static str,
}

#[component]
pub fn AlertTimeline(found: Found) -> impl IntoView {
    let app = use_app();
    let items = items(app, &found).into_iter().map(|item| {
        let Item { title, words, by, at, mark } = item;
        view! {
            <TimelineItem title by=by.unwrap_or_default() when=common::moment(at) datetime=at.to_rfc3339() mark>
                {(!words.is_empty()).then(|| view! { <p>{words}</p> })}
            </TimelineItem>
        }
    });
    view! { <Part title="What happened"><Timeline>{items.collect_view()}</Timeline></Part> }
}

fn items(app: App, found: &Found) -> Vec<Item> {
    let (register, directory) = (app.register.read_untracked(), app.directory.read_untracked());
    let alert = &found.alert;
    let mut items = vec![Item {
        title: "Raised".into(),
        words: String::new(),
        by: Some("by a rule".into()),
        at: alert.raised_at,
        mark: "alert",
    }];
    for id in alert.late_records() {
        let Some(record) = register.record(id) else { continue };
        let Some(words) = words::joined_late(alert, record) else { continue };
        let at = record.events.first().map_or(alert.raised_at, |report| report.judgement.received_at);
        items.push(Item { title: title(record), words, by: None, at, mark: "report" });
    }
    for received in acts(app, found) {
        let (title, words) = state::act(&received, &register);
        let by = format!("by {}", people::author(&received.event.by, &directory, &alert.site));
        let at = received.judgement.corrected_at;
        items.push(Item { title: title.into(), words, by: Some(by), at, mark: "decide" });
    }
    items.sort_by_key(|item| std::cmp::Reverse(item.at));
    items
}

/// What people did with this alert: since it was raised, and before the next one of its name.
fn acts(app: App, found: &Found) -> Vec<Arc<Received>> {
    let register = app.register.read_untracked();
    let alert = &found.alert;
    let name = alert.name();
    let next = register.alerts(&alert.site).filter(|other| other.name() == name).nth(found.nth);
    let until = next.map(|next| next.raised_at);
    let is_its = |received: &&Arc<Received>| {
        let (event, at) = (&received.event, received.judgement.received_at);
        event.site == alert.site
            && event.verb.ends_with("_alert")
            && event.text("alert") == Some(name.as_str())
            && alert.raised_at <= at
            && until.is_none_or(|until| at < until)
    };
    register.site_events().filter(is_its).cloned().collect()
}

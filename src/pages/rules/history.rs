//! Every change of the numbers, newest first: what, who, when, why.

use crate::{
    state::{App, use_app},
    text::{alerts::rule as words, common, review::people},
    ui::{Timeline, TimelineItem},
};
use domain::{directory::RuleChange, event::Author};
use markup::prelude::*;

#[component]
pub fn History() -> impl IntoView {
    let app = use_app();
    let changes = Memo::new(move |_| changes(app));
    live(move || {
        let changes = changes.get();
        if changes.is_empty() {
            return view! {
                <section class="stack">
                    <h2>"Changes"</h2>
                    <p>"No number has been changed here. A change is kept for ever, with who made it and why."</p>
                </section>
            };
        }
        let items = changes.into_iter().map(|change| view! { <Change change /> }).collect_view();
        view! {
            <section class="stack" id="changes">
                <h2>"Changes"</h2>
                <Timeline>{items}</Timeline>
            </section>
        }
    })
}

fn changes(app: App) -> Vec<RuleChange> {
    let directory = app.directory.read();
    let site = app.site().and_then(|site| directory.sites.get(&site));
    site.map(|site| site.rule_changes.iter().rev().cloned().collect()).unwrap_or_default()
}

#[component]
fn Change(change: RuleChange) -> impl IntoView {
    let app = use_app();
    let parts: Vec<String> = change
        .parts()
        .iter()
        .map(|part| {
            let name = words::name_with_key(part.rule, part.key);
            let (before, after) = (words::numbers(part.before), words::numbers(part.after));
            format!("{name}: {after}, before that {before}")
        })
        .collect();
    let title = match parts.is_empty() {
        true => "No number of a rule changed".to_owned(),
        false => parts.join(". "),
    };
    let site = app.site().unwrap_or_default();
    let by = Some(&*change.by).filter(|by| !by.is_empty()).map(|by| {
        let by = people::author(&Author::from(by), &app.directory.read_untracked(), &site);
        format!("by {by}")
    });
    let reason = (!change.reason.is_empty()).then(|| view! { <p>{format!("Why: {}", change.reason)}</p> });
    view! {
        <TimelineItem
            title
            by=by.unwrap_or_default()
            when=common::moment(change.at)
            datetime=change.at.to_rfc3339()
            mark="decide"
        >
            {reason}
        </TimelineItem>
    }
}

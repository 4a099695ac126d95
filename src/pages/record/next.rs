//! What a record waits for, who does it, and the button for those who may.

use super::may::{may, verb_of};
use crate::{
    routes,
    state::use_app,
    text::review::{due as due_words, people, record::upper_first, rivals, steps},
    ui::{LinkButton, NextStep},
};
use domain::{due, record::Record, roles::Role};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn Next(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    if let Some(step) = record.conflicts.keys().next().copied() {
        return view! { <Rivals record step /> };
    }
    let Some(step) = record.state.step() else { return Node::Nothing };
    let settings = app.directory.read_untracked().settings(&record.site);
    let Some(item) = due::current(&record, &settings) else { return Node::Nothing };
    let finish = record.waits_to_be_finished();
    let href = match step {
        _ if finish => format!("{}?do=close", routes::step(&record.id, steps::address(step))),
        1 => format!("{}?do=resubmit", routes::record(&record.id)),
        step => routes::step(&record.id, steps::address(step)),
    };
    live(move || {
        let now = app.now.get();
        let directory = app.directory.read();
        let owner =
            item.owner.first().map(|owner| people::owner(owner, &directory).to_owned()).unwrap_or_default();
        let meta = format!("{owner}, {}", due_words::of_item(&item, now));
        let (title, verb, words) = match step {
            _ if finish => ("Next: finish the record", "close", "Finish the record"),
            1 => (steps::next(step), verb_of(step), "Answer"),
            step => (steps::next(step), verb_of(step), steps::button(step)),
        };
        let button = may(app, verb, &record, None)
            .then(|| view! { <LinkButton href=href.clone()>{words}</LinkButton> });
        view! {
            <NextStep title meta=upper_first(&meta) overdue=item.is_overdue(now)>
                {button}
            </NextStep>
        }
    })
}

/// Two people decided the same step without seeing each other.
#[component]
fn Rivals(record: Arc<Record>, step: u8) -> impl IntoView {
    let app = use_app();
    let href = routes::step(&record.id, "settle");
    let button = untrack(|| app.roles())
        .has(Role::RegisteredManager)
        .then(|| view! { <LinkButton href>"Choose one"</LinkButton> });
    let words = format!(
        "Two people decided without seeing each other: {}. The Registered Manager chooses one.",
        rivals::said(&record, step)
    );
    view! {
        <NextStep title="Next: choose one of two decisions" meta=words overdue=true>
            {button}
        </NextStep>
    }
}

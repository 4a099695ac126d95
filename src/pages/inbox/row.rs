//! One line of the inbox: what it is, who and where, how old, what to do and until when.

use super::waiting::{Task, Waiting};
use crate::{
    pages::oversee::untold,
    state::use_app,
    text::review::{
        due as due_words,
        levels::{POTENTIAL, word},
        outage, record as words, rivals, steps,
    },
    ui::{Card, StatusTag},
};
use domain::{
    ids::RecordId,
    record::{Outage, Record},
};
use markup::prelude::*;

#[component]
pub fn Row(line: Waiting, open: Memo<Option<RecordId>>, href: Signal<String>) -> impl IntoView {
    let app = use_app();
    let Waiting { record: id, task, due, overdue, since, .. } = line;
    let is_choice = matches!(task, Task::Settle(_));
    let facts = untrack(|| app.with_record(&id, |record, _| facts(record, &task, &app.directory.read())));
    let Some(facts) = facts else { return Node::Nothing };
    let is_open = move || open.read().as_ref() == Some(&id);
    let meta = move || {
        let age = format!("{} old", due_words::elapsed(since, app.now.get()));
        let parts: Vec<&str> =
            facts.about.iter().chain([&age]).chain(&facts.potential).map(String::as_str).collect();
        parts.join(" \u{b7} ")
    };
    let what = move || match due {
        Some(due) => format!("{}, {}", facts.task, due_words::due(due, overdue, app.now.get())),
        None => facts.task.clone(),
    };
    let outages = facts.outages;
    let off = move || {
        let now = app.now.get();
        let tag = |one: &Outage| {
            let status = if one.is_over_24h(now) { "urgent" } else { "due" };
            Some(view! { <StatusTag status label=outage::line(one, now)? /> " " })
        };
        outages.iter().filter_map(tag).collect_view()
    };
    view! {
        <Card
            title=facts.title
            href=href.get_untracked()
            icon=facts.icon
            tone=facts.tone
            current=Signal::derive(is_open)
        >
            <p class="card__meta">{meta}</p>
            <p class="inbox-task">
                {off}
                {is_choice.then(|| view! { <StatusTag status="contested" label="Two decisions" /> " " })}
                {overdue.then(|| view! { <StatusTag status="overdue" label="Overdue" /> " " })}
                {what}
            </p>
        </Card>
    }
}

struct FactsOfRow {
    title: String,
    icon: &'static str,
    tone: String,
    /// People and place.
    about: Vec<String>,
    task: String,
    potential: Option<String>,
    /// What is off now.
    outages: Vec<Outage>,
}

fn facts(record: &Record, task: &Task, directory: &domain::directory::Directory) -> FactsOfRow {
    let action = |id: &str| record.action(id).map(|action| action.text.clone()).unwrap_or_default();
    FactsOfRow {
        title: words::title(record),
        icon: words::icon(record),
        tone: record.facts.category().to_owned(),
        about: words::people(record).into_iter().chain(words::place(record, directory)).collect(),
        task: match task {
            Task::Settle(step) => format!("Choose one: {}", rivals::said(record, *step)),
            Task::Step(step) => steps::task_of(record, *step).into(),
            Task::Answer(_) => "Answer a question".into(),
            Task::Do(id) => format!("Do: {}", action(id)),
            Task::Verify(id) => format!("Check the work: {}", action(id)),
            Task::Tell => untold::task(record),
        },
        outages: record.outages.iter().filter(|outage| outage.ended_at.is_none()).cloned().collect(),
        potential: rivals::potential(record).or_else(|| {
            let worst = record.risk()?.potential_worst;
            Some(format!("Potential: {}", words::lower_first(word(&POTENTIAL, worst))))
        }),
    }
}

//! The end of a record: what stands in the way, a message to the reporter, and the reasons that may be needed.

use super::again::came_back;
use crate::{
    pages::{
        inbox,
        learning::may_tell,
        record::{
            StepPage,
            form::{Ask, Entry, Fields, Look, ask, beside_field},
            forms::starter,
        },
    },
    routes,
    state::{Kind, use_app},
    text::{common, learning::MAKE_STORY, review::steps},
    ui::{Button, Buttons, Form, Notice, Tone},
};
use domain::{
    record::{Record, Reporter},
    register::Register,
    vocabulary::BODY,
};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

const MESSAGE: Ask = ask("text", "Message to the reporter", Look::Words)
    .hint("Say thank you, and what changed. The reporter sees it in My reports")
    .needed();
const NO_MESSAGE: Ask = ask("no_message", "Why is there no message?", Look::Words)
    .hint("Kept as a note. Leave it empty to send the message above")
    .under("Or finish without a message");
/// The note that says why nobody was told.
const NOT_TOLD: &str = "No message to the reporter: ";
const REASON: Ask = ask("reason", "Why can it be finished without a result?", Look::Words).needed();
const WEAK: Ask = ask("weak_reason", "Why was a stronger action not possible?", Look::Words)
    .hint("This came back, and only weaker actions were taken")
    .needed();

#[component]
pub fn ClosePage(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let register = app.register.get_untracked();
    let reasons = reasons(&record, &register);
    let mut start = Map::new();
    start.insert("text".into(), starter(&record).into());
    let key = format!("{}/close", record.id);
    let entry = Entry::open(app, key, record.site.clone(), Some(record.id.clone()), start);
    let navigate = use_navigate();
    let (asks, id) = (reasons.clone(), record.id.clone());
    let already_told = told(&record);
    let is_told = already_told.is_some();
    let submit = move |()| {
        // The message is written first; when the end is then refused it is not sent twice.
        let is_told = app.with_record(&id, |record, _| told(record).is_some()).unwrap_or(is_told);
        let is_excused = entry.answers.with_untracked(|answers| {
            answers.get(NO_MESSAGE.name).and_then(Value::as_str).is_some_and(|why| !why.trim().is_empty())
        });
        let mut all = asks.clone();
        if !is_told {
            all.push(if is_excused { NO_MESSAGE } else { MESSAGE });
        }
        let Some(mut with) = entry.read(&all) else { return };
        let message = with.remove("text").unwrap_or_default();
        let excuse = with.remove(NO_MESSAGE.name).and_then(|why| why.as_str().map(str::to_owned));
        if let Err(problem) = app.check("close", Some(id.clone()), with.clone()) {
            return entry.show(&problem, beside_field);
        }
        let (navigate, id) = (navigate.clone(), id.clone());
        let finish = move || {
            entry.send("close", with, beside_field, move |_| {
                let words = if is_excused && !is_told {
                    "Finished. No message is sent."
                } else {
                    "Finished. The reporter is told."
                };
                app.notices.show(Kind::Success, words);
                navigate(&inbox::after(app, &id), Default::default());
            });
        };
        if is_told {
            return finish();
        }
        let (verb, words) = match excuse {
            Some(why) => ("add_note", format!("{NOT_TOLD}{why}").into()),
            None => ("tell_reporter", message),
        };
        let mut message_with = Map::new();
        message_with.insert("text".into(), words);
        entry.send(verb, message_with, beside_field, move |_| {
            finish();
        });
    };
    let (again, in_the_way) = (came_back(app, &record), in_the_way(&record));
    let so_far = super::earlier(&record, &app.directory.read_untracked());
    let written = steps::destination(&record, 5, &app.directory.read_untracked());
    let button = move || match (is_told, entry.code(NO_MESSAGE.name).trim().is_empty()) {
        (true, _) => "Finish",
        (false, true) => "Finish and tell the reporter",
        (false, false) => "Finish without a message",
    };
    let story = may_tell(app, &record).then(|| {
        let href = routes::story(&record.id);
        view! { <p><a href=href>{MAKE_STORY}</a></p> }
    });
    let to = match record.reporter {
        Reporter::Anonymous => {
            "The reporter gave no name. The device that sent the report can read your message."
        }
        _ => "",
    };
    view! {
        <StepPage record title="Finish the record" verb="close" errors=entry.errors>
            {again}
            {in_the_way}
            {so_far}
            <Form on_submit=submit>
                <Fields asks=reasons entry />
                {match already_told {
                    Some(words) => view! {
                        <p>"This is written already:"</p>
                        <blockquote class="quote">{words}</blockquote>
                    },
                    None => view! { <Fields asks=vec![MESSAGE, NO_MESSAGE] entry /> },
                }}
                {(!to.is_empty()).then(|| view! { <p class="muted">{to}</p> })}
                <p class="muted">{format!("Written in: {written}")}</p>
                <Buttons>
                    <Button busy=entry.busy>{button}</Button>
                </Buttons>
            </Form>
            {story}
        </StepPage>
    }
}

/// What the reporter was told since the result was recorded, or since the record came to its last step; or the note
/// that says why there is no message.
fn told(record: &Record) -> Option<String> {
    let result = record.current_outcome().map(|(decision, _)| decision.at);
    let since = result.or(record.outcome_since)?;
    let excuses = record.notes.iter().filter(|note| note.text.starts_with(NOT_TOLD));
    let said = record.told.iter().chain(excuses).filter(|note| note.at >= since);
    said.max_by_key(|note| note.at).map(|note| note.text.clone())
}

/// The reasons that the rules will ask for.
fn reasons(record: &Record, register: &Register) -> Vec<Ask> {
    let verdict = record.current_outcome().map(|(_, review)| review.verdict.as_str());
    let no_verdict = verdict.is_none_or(|verdict| verdict == "too_early");
    let weak = register.is_repeat(record) && record.is_weak_only();
    [(no_verdict, REASON), (weak, WEAK)].into_iter().filter_map(|(asked, ask)| asked.then_some(ask)).collect()
}

/// What has to be done before, with links.
fn in_the_way(record: &Record) -> Option<Node> {
    let here = routes::record(&record.id);
    let mut lines: Vec<(String, String)> = Vec::new();
    let untold: Vec<&str> = record.unsent_bodies().map(|body| BODY.label(body)).collect();
    if !untold.is_empty() {
        lines.push((format!("Not told yet: {}", common::list(&untold)), format!("{here}?do=sent")));
    }
    if record.outages.iter().any(|outage| outage.ended_at.is_none()) {
        lines.push(("Something is still off".into(), here));
    }
    if record.decision_stale {
        lines.push((
            "The facts changed: look again at who must be told".into(),
            routes::step(&record.id, "decide"),
        ));
    }
    if !record.conflicts.is_empty() {
        lines.push(("Two decisions wait for a choice".into(), routes::step(&record.id, "settle")));
    }
    if record.current_outcome().is_none() {
        lines.push(("No result is recorded yet".into(), routes::step(&record.id, "outcome")));
    }
    let items = lines
        .iter()
        .map(|(words, href)| view! { <li><a href=href.clone()>{words.clone()}</a></li> })
        .collect_view();
    (!lines.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Warning title="Before you finish">
                <ul>{items}</ul>
            </Notice>
        }
    })
}

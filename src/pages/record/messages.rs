//! Questions and answers, what the reporter was told, and notes.

use super::{Part, may::may};
use crate::{
    routes,
    state::use_app,
    text::{
        common,
        review::{gone, people},
    },
};
use domain::{
    directory::Directory,
    event::Author,
    record::{Note, Question, Record},
    time::Instant,
};
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn MessagesPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let here = routes::record(&record.id);
    let forms = [
        ("ask", "ask", "Ask the reporter"),
        ("tell_reporter", "tell", "Tell the reporter"),
        ("add_note", "note", "Add a note"),
    ];
    let acts = forms
        .into_iter()
        .filter(|(verb, _, _)| may(app, verb, &record, None))
        .map(|(_, form, words)| (words, format!("{here}?do={form}")))
        .collect();
    let can_answer = may(app, "answer", &record, None);
    let directory = app.directory.read_untracked();
    let mut lines: Vec<(Instant, Node)> = Vec::new();
    for question in &record.questions {
        let answer_at = (can_answer && question.answer.is_none() && !question.returned)
            .then(|| format!("{here}?do=answer&about={}", question.id));
        lines.push((question.at, asked(question, answer_at, &directory, &record)));
    }
    for note in &record.told {
        lines.push((note.at, said("Told the reporter", note, &directory, &record)));
    }
    for note in &record.notes {
        lines.push((note.at, said("Note", note, &directory, &record)));
    }
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let none = lines.is_empty().then(|| view! { <p class="muted">"No messages yet."</p> });
    let lines: Vec<Node> = lines.into_iter().map(|(_, view)| view).collect();
    view! {
        <Part title="Messages" acts>
            {none}
            <ul class="plain-list stack">{lines}</ul>
        </Part>
    }
}

fn asked(question: &Question, answer_at: Option<String>, directory: &Directory, record: &Record) -> Node {
    let what = if question.returned { "Sent back with a question" } else { "Question" };
    let head = head(what, &question.by, question.at, directory, record);
    let answer = question.answer.as_ref().map(|answer| said("Answer", answer, directory, record));
    let answer = answer.map(|answer| view! { <ul class="plain-list">{answer}</ul> });
    let waits = question.answer.is_none().then(|| view! { <p class="muted">"No answer yet."</p> });
    let link =
        answer_at.map(|href| view! { <p class="no-print"><a href=href>"Answer this question"</a></p> });
    let text = gone::shown(&question.text, record, "").to_owned();
    view! {
        <li class="message stack">
            <p class="small muted">{head}</p>
            <blockquote class="quote">{text}</blockquote>
            {answer}
            {waits}
            {link}
        </li>
    }
}

fn said(what: &str, note: &Note, directory: &Directory, record: &Record) -> Node {
    let head = head(what, &note.by, note.at, directory, record);
    let text = gone::shown(&note.text, record, "").to_owned();
    view! {
        <li class="message stack">
            <p class="small muted">{head}</p>
            <blockquote class="quote">{text}</blockquote>
        </li>
    }
}

fn head(what: &str, by: &Author, at: Instant, directory: &Directory, record: &Record) -> String {
    format!("{what}. {}, {}", people::in_record(by, record, directory), common::moment(at))
}

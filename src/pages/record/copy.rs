//! Words of this record for other places: one button for each, and the page with those for the form of the
//! Care Quality Commission.

use super::{Part, form::Entry};
use crate::{
    pages::decide::similar,
    routes,
    state::use_app,
    text::review::{
        cqc_form::{self, Prompt},
        other_logs,
        record::title,
    },
    ui::{Button, Buttons, Kind, Notice, Page, TextArea},
};
use domain::{record::Record, roles::Roles};
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

const COPY: &str = "Copy";

/// Copies; says so in its own words until something else is copied.
#[component]
fn CopyButton(
    #[prop(into)] what: String,
    #[prop(into)] label: String,
    /// In place of the label once it is copied.
    #[prop(into)]
    done: String,
    words: Callback<(), String>,
    copied: RwSignal<String>,
) -> impl IntoView {
    let app = use_app();
    let (mine, named) = (what.clone(), what.clone());
    let is_copied = Memo::new(move |_| *copied.read() == mine);
    let press = move |()| {
        let (what, words) = (what.clone(), words.run(()));
        spawn_local(async move {
            match app.copy(&what, &words).await {
                Ok(()) => drop(copied.try_set(what)),
                Err(problem) => app.notices.warn(problem.sentence),
            }
        });
    };
    let of = (label == COPY).then(|| view! { <span class="visually-hidden">{format!(" {named}")}</span> });
    view! {
        <Button kind=Kind::Secondary icon="copy" on_press=Callback::new(press)>
            {move || if is_copied.get() { done.clone() } else { label.clone() }}
            {of}
        </Button>
    }
}

/// One line of buttons: what this record has for the other logs of the home.
#[component]
pub fn CopyPart(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    // Who only reads writes in no log; nor does anybody what is gone.
    if record.words_gone().is_some() || !untrack(|| app.roles()).meets(Roles::STAFF) {
        return Node::Nothing;
    }
    let copied = RwSignal::new(String::new());
    let logs = other_logs::for_logs(&record, &app.directory.read_untracked());
    let buttons = logs
        .into_iter()
        .map(|log| {
            let text = log.text;
            let words = Callback::new(move |()| text.clone());
            let done = format!("{}: copied", log.log);
            view! { <CopyButton what=log.log.clone() label=log.log done words copied /> }
        })
        .collect_view();
    view! {
        <Part title="Copy the words for another log">
            <p class="small muted">"Codes, no names. Paste, and read it once before you save it there."</p>
            <div class="copy-line">{buttons}</div>
        </Part>
    }
}

/// Boxes for what the form asks, filled from the record as far as it goes.
#[component]
pub fn CqcFormPage(record: Arc<Record>, #[prop(into)] back: String) -> impl IntoView {
    let app = use_app();
    let earlier = untrack(|| similar::lines(&app.register.read(), &record));
    let prompts = cqc_form::prompts(&record, &app.directory.read_untracked(), &earlier);
    let start: Map<String, Value> =
        prompts.iter().map(|prompt| (prompt.id.to_owned(), prompt.text.clone().into())).collect();
    let key = format!("{}/cqc/{}", record.id, record.version);
    let entry = Entry::open(app, key, record.site.clone(), Some(record.id.clone()), start);
    let copied = RwSignal::new(String::new());
    let all = prompts.clone();
    let whole = move |()| {
        let part = |prompt: &Prompt| format!("{}\n{}\n", prompt.asks, untrack(|| entry.code(prompt.id)));
        all.iter().map(part).collect::<Vec<_>>().join("\n")
    };
    let boxes = prompts.into_iter().map(|prompt| view! { <PromptBox prompt entry copied /> }).collect_view();
    let sent = format!("{}?do=sent&about=cqc", routes::record(&record.id));
    const TITLE: &str = "Words for the form of the Care Quality Commission";
    view! {
        <Page title=TITLE heading=TITLE caption=title(&record) back back_label="The record">
            <p>
                "The Commission takes notifications on its own form only. Here are first words for what it asks, from this record. Change them, then copy each box into the form."
            </p>
            <Notice>
                <p>"Use the code and the age band, never a name. Read every box: the words of the report may hold a name."</p>
            </Notice>
            {boxes}
            <Buttons>
                <CopyButton what="Everything" label="Copy everything" done="Everything is copied" words=Callback::new(whole) copied />
            </Buttons>
            <p class="no-print">"When the form is sent: " <a href=sent>"record that they were told"</a> "."</p>
            <p class="small muted">{crate::text::review::body::caveat()}</p>
        </Page>
    }
}

#[component]
fn PromptBox(prompt: Prompt, entry: Entry, copied: RwSignal<String>) -> impl IntoView {
    let Prompt { id, asks, missing, .. } = prompt;
    let words = Callback::new(move |()| untrack(|| entry.code(id)));
    let missing = (!missing.is_empty()).then(|| {
        let lines = missing.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
        view! {
            <div class="small">
                <p class="loaded-rule__title">"Still missing here"</p>
                <ul>{lines}</ul>
            </div>
        }
    });
    view! {
        <section class="prompt-box stack">
            <TextArea id label=asks value=entry.text(id) rows=3 />
            {missing}
            <Buttons>
                <CopyButton what=asks label=COPY done="Copied" words copied />
            </Buttons>
        </section>
    }
}

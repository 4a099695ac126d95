//! Loads a framework file: chosen, checked, looked at, and only then kept for everybody.

use super::SECTION;
use crate::{
    routes,
    state::{Kind as News, Refused, read_framework, use_app},
    text::frameworks as text,
    ui::{
        self, Button, Buttons, Details, ErrorSummary, FieldError, FileField, Form, LinkButton, Notice, Page,
        SummaryList, SummaryRow, Tone,
    },
};
use domain::directory::Directory;
use evidence::{
    Framework,
    framework::{self, Status, shelf},
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::json;

const FIELD: &str = "framework-file";

/// A file that reads well, beside its text as it is.
#[derive(Clone)]
struct Good {
    framework: Framework,
    text: String,
}

#[component]
pub fn LoadPage() -> impl IntoView {
    let app = use_app();
    let read = RwSignal::new(None::<Good>);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let busy = RwSignal::new(false);
    // An update of the app waits while a file is looked at.
    StoredValue::new_local(app.editing());
    let load = move |event| {
        spawn_local(async move {
            let found = match read_framework(event).await {
                Ok(text) => check(text, &app.directory.read_untracked()),
                Err(problem) => Err(vec![problem.sentence]),
            };
            match found {
                Ok(good) => {
                    errors.try_set(Vec::new());
                    read.try_set(Some(good));
                }
                Err(faults) => {
                    read.try_set(None);
                    errors.try_set(at_the_file(faults));
                }
            }
        });
    };
    let navigate = use_navigate();
    let submit = move |()| {
        let Some(Good { framework, text }) = read.get_untracked() else {
            // What is wrong with a file that was chosen stays on the screen.
            if errors.read_untracked().is_empty() {
                errors.set(at_the_file(vec![text::CHOOSE_FIRST.to_owned()]));
            }
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        errors.set(Vec::new());
        let navigate = navigate.clone();
        spawn_local(async move {
            let row = json!({ "kind": "framework", "id": framework.id, "value": { "text": text } });
            let result = app.admin.change(vec![row], None).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(_) => {
                    app.notices.show(News::Success, text::LOADED);
                    navigate(&routes::admin(SECTION), Default::default());
                }
                Err(refused) => errors.set(at_the_file(told(refused))),
            }
        });
    };
    let error = Signal::derive(move || errors.read().first().map(|error| error.message.clone()));
    let steps = text::LOAD_STEPS.into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    view! {
        <Page
            title=text::LOAD
            heading=text::LOAD
            back=routes::admin(SECTION)
            back_label=text::TITLE
            has_error=Signal::derive(move || !errors.read().is_empty())
        >
            <ErrorSummary errors />
            <p class="lede">{text::LOAD_LEDE}</p>
            <Details summary=text::LOAD_HOW><ol>{steps}</ol></Details>
            <Form on_submit=submit>
                <FileField
                    id=FIELD
                    label=text::FILE
                    hint=text::FILE_HINT
                    accept=".json,application/json"
                    error
                    on_change=Callback::new(load)
                />
                <div aria-live="polite">
                    {move || read.get().map(|read| view! { <Preview framework=read.framework /> })}
                </div>
                <Buttons>
                    <Button busy>{text::LOAD_FOR_ALL}</Button>
                    <LinkButton href=routes::admin(SECTION) kind=ui::Kind::Quiet>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}

fn check(text: String, directory: &Directory) -> Result<Good, Vec<String>> {
    let framework = framework::parse(&text)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    match shelf::may_load(directory, &framework) {
        Ok(()) => Ok(Good { framework, text }),
        Err(fault) => Err(vec![fault.to_string()]),
    }
}

fn at_the_file(faults: Vec<String>) -> Vec<FieldError> {
    faults.into_iter().map(|fault| FieldError::new(FIELD, fault)).collect()
}

/// The server's own words.
fn told(refused: Refused) -> Vec<String> {
    match refused.rows.is_empty() {
        true => vec![refused.problem.sentence],
        false => refused.rows.into_iter().map(|row| row.sentence).collect(),
    }
}

/// What is in the file, and what loading it changes.
#[component]
fn Preview(framework: Framework) -> impl IntoView {
    let app = use_app();
    let now = shelf::offered(&app.directory.read_untracked())
        .into_iter()
        .find(|offered| offered.framework.id == framework.id);
    let changes = text::what_changes(&framework, now.as_ref());
    let tone = if now.is_some() { Tone::Warning } else { Tone::Info };
    let wording = match framework.status {
        Status::Draft => view! { <strong>{text::status(framework.status)}</strong> },
        status => text::status(status).into_node(),
    };
    let entries = text::entries(&framework);
    let Framework { id, version, title, note, .. } = framework;
    let note = (!note.trim().is_empty()).then(|| view! { <SummaryRow key="Note">{note}</SummaryRow> });
    view! {
        <div class="stack">
            <h2>{text::LOOK}</h2>
            <SummaryList>
                <SummaryRow key="Name">{title}</SummaryRow>
                <SummaryRow key="Version">{version}</SummaryRow>
                <SummaryRow key="Id">{id}</SummaryRow>
                <SummaryRow key="Wording">{wording}</SummaryRow>
                <SummaryRow key="Entries">{entries}</SummaryRow>
                {note}
            </SummaryList>
            <Notice tone>
                <p>{changes} " " {text::STAYS}</p>
            </Notice>
        </div>
    }
}

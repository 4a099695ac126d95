//! A record becomes a story for the team: three texts, and what the reporter told whoever shares it. The app asks the
//! reporter nothing: people do.

use crate::{
    pages::{
        board::TELLERS,
        record::{
            form::{Ask, Entry, Fields, Look, ask, beside_field},
            known, record_id,
        },
    },
    routes,
    state::{App, Kind, use_app},
    text::{
        learning::{self as text, starter},
        review::record::title,
    },
    ui::{self, Button, Buttons, EmptyState, ErrorSummary, FieldError, Form, LinkButton, Notice, Page},
};
use domain::{
    pathway::State,
    record::{Record, Reporter},
    vocabulary as list,
};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::Map;
use std::sync::Arc;

const TEXTS: [Ask; 3] = [
    ask("noticed", text::NOTICED, Look::Words)
        .hint("Begin with who it could have hurt, without a name")
        .needed(),
    ask("changed", text::CHANGED, Look::Words).needed(),
    ask("different", text::DIFFERENT, Look::Words).hint("A number with dates, or what people see").needed(),
];
const CONSENT: Ask =
    ask("consent", "What did the reporter tell you?", Look::One(&list::STORY_CONSENT)).needed();

/// This person may make a story of the record now. Not tracked.
pub fn may_tell(app: App, record: &Record) -> bool {
    let ready = matches!(record.state, State::AwaitingOutcome | State::Closed);
    let site = untrack(|| app.site());
    ready
        && record.words_gone().is_none()
        && untrack(|| app.roles()).meets(TELLERS)
        && site.as_ref() == Some(&record.site)
        && app.register.read_untracked().story_of(&record.site, &record.id).is_none()
}

#[component]
pub fn StoryPage() -> impl IntoView {
    let id = record_id();
    live(move || known(id.get(), |record| view! { <Tell record /> }))
}

#[component]
fn Tell(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let caption = title(&record);
    let back = routes::record(&record.id);
    if !may_tell(app, &record) {
        return view! {
            <Page title=text::STORY heading=text::STORY caption back back_label="The record">
                <EmptyState title="This record cannot become a story now." icon="newspaper">
                    <p>"The Registered Manager or the deputy tells a story once the actions are finished. Each record has one story at a time."</p>
                    <LinkButton href=routes::BOARD kind=ui::Kind::Secondary>"See the team board"</LinkButton>
                </EmptyState>
            </Page>
        };
    }
    let directory = app.directory.read_untracked();
    let [noticed, changed, different] = starter::texts(&record, &directory);
    let credit = match &record.reporter {
        Reporter::Named(id) => Some(id.clone()),
        Reporter::Confidential(_) | Reporter::Anonymous => None,
    };
    let mut start = Map::new();
    for (name, words) in [("noticed", noticed), ("changed", changed), ("different", different)] {
        start.insert(name.into(), words.into());
    }
    if credit.is_none() {
        start.insert("consent".into(), "no_name".into());
    }
    let entry = Entry::open(app, format!("{}/story", record.id), record.site.clone(), None, start);
    let asks: Vec<Ask> = TEXTS.into_iter().chain(credit.is_some().then_some(CONSENT)).collect();
    let to_send: Vec<Ask> = TEXTS.into_iter().chain([CONSENT]).collect();
    let no_name = credit.is_none().then(|| {
        view! {
            <Notice title="Without a name"><p>"The reporter gave no name or sealed it, so the story has none."</p></Notice>
        }
    });
    let who = credit.as_ref().map(|id| {
        let name = directory.staff_name(id).to_owned();
        view! { <p>{text::ask_first(&name)}</p> }
    });
    let navigate = use_navigate();
    let submit = move |()| {
        let Some(mut with) = entry.read(&to_send) else { return };
        let lists = app.directory.read_untracked();
        let named: Vec<FieldError> = TEXTS
            .iter()
            .filter_map(|ask| {
                let found = starter::person_in(with.get(ask.name)?.as_str()?, &record, &lists)?;
                Some(FieldError::new(
                    ask.name,
                    format!("Take out \u{201c}{found}\u{201d}: the whole team reads this"),
                ))
            })
            .collect();
        if !named.is_empty() {
            return entry.errors.set(named);
        }
        with.insert("record".into(), record.id.to_string().into());
        let is_named = with.get("consent").and_then(|code| code.as_str()) == Some("reporter_named");
        if let (true, Some(credit)) = (is_named, &credit) {
            with.insert("credit".into(), credit.to_string().into());
        }
        let navigate = navigate.clone();
        entry.send("share_story", with, beside_field, move |_| {
            app.notices.show(Kind::Success, "The story is on the team board.");
            navigate(routes::BOARD, Default::default());
        });
    };
    view! {
        <Page title=text::STORY heading=text::STORY caption back=back.clone() back_label="The record" has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <p>{text::STORY_WORDS}</p>
            {no_name}
            <Form on_submit=submit>
                {who}
                <Fields asks entry />
                <Buttons>
                    <Button busy=entry.busy>"Share it with the team"</Button>
                    <LinkButton href=back kind=ui::Kind::Quiet>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}

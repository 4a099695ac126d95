//! Check the answers, change any of them, and save.

pub mod report;
pub mod rows;

use crate::{
    pages::{
        capture::{Go, ReaderPage, Step, Trouble, names::MayName, step::AUTHOR, use_go},
        quick::send::is_nameless,
    },
    routes,
    state::{App, Draft, Problem, use_app},
    text::capture as text,
    ui::{Button, Buttons, EmptyState, Kind, LinkButton, Notice, Page},
};
use domain::{
    category::{self, CategorySpec},
    ids::RecordId,
};
use leptos::task::spawn_local;
use markup::prelude::*;
use rows::Rows;

#[component]
pub fn CheckPage() -> impl IntoView {
    let app = use_app();
    let go = use_go();
    let step = Step::now(Step::is_check);
    let only_reads = Memo::new(move |_| app.roles().only_reads());
    StoredValue::new_local(app.editing());
    live(move || {
        if only_reads.get() {
            return view! { <ReaderPage /> };
        }
        let Step { draft: id, category, .. } = step.get();
        match (untrack(|| app.drafts.get(&id)), category::find(&category)) {
            (Some(draft), Some(spec)) => view! { <Check app go spec draft /> },
            _ if untrack(|| app.is_saved(&id.as_str().into())) => {
                go.instead(format!("/saved/{id}"));
                Node::Nothing
            }
            _ => view! { <Gone /> },
        }
    })
}

#[component]
fn Check(app: App, go: Go, spec: &'static CategorySpec, draft: Draft) -> impl IntoView {
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let is_new = untrack(|| !report::adds_details(app, &draft));
    let missing = spec.missing(&draft.answers);
    let here = Step { category: draft.category.clone(), draft: draft.id.clone(), ..Step::default() };
    let back =
        spec.walk(&draft.answers).last().map_or("/".to_owned(), |question| here.to(question.id).href());
    let said = draft.answers.get("text").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let kept = StoredValue::new(draft.clone());
    let save = move |()| {
        busy.set(true);
        spawn_local(async move {
            match report::save(app, spec, kept.get_value()).await {
                Ok(written) => go.instead(kept.with_value(|draft| saved_at(draft, &written.record))),
                Err(found) => {
                    problem.try_set(Some(found));
                    busy.try_set(false);
                }
            }
        });
    };
    let first = missing.first().map(|first| Step { from_check: true, ..here.to(first.id) }.href());
    let answer = (first, text::answer_more(missing.len()));
    let who = Step { from_check: true, ..here.to(AUTHOR) }.href();
    // The screen may lock while this page is open: then nobody is known to write any more.
    let needs_name = Memo::new(move |_| {
        is_new && kept.with_value(|draft| !is_nameless(draft) && app.author_of(draft).is_none())
    });
    let act = live(move || match (answer.clone(), needs_name.get()) {
        ((Some(href), words), _) => view! { <LinkButton href>{words}</LinkButton> },
        ((None, _), true) => view! { <LinkButton href=who.clone()>{text::CHOOSE_NAME}</LinkButton> },
        ((None, _), false) => {
            let words = if is_new { text::SAVE } else { text::SAVE_DETAILS };
            view! {
                <Button busy icon="check" on_press=save>
                    {words}
                </Button>
            }
        }
    });
    let quick = (is_new && !missing.is_empty()).then(|| {
        view! {
            <LinkButton href=format!("/quick?draft={}", draft.id) kind=Kind::Secondary>
                {text::SAVE_WHAT_I_KNOW}
            </LinkButton>
        }
    });
    view! {
        <Page title=format!("{} – {}", text::CHECK, spec.name) heading=text::CHECK caption=spec.name back>
            <Trouble problem />
            {draft.repeats.clone().map(|first| repeats(first.words))}
            <MayName words=Signal::derive(move || said.clone()) />
            <Rows app spec draft is_new />
            <Buttons>{act} {quick} <Later /></Buttons>
        </Page>
    }
}

fn saved_at(draft: &Draft, record: &RecordId) -> String {
    match &draft.repeats {
        Some(first) => routes::saved_again(record, &first.kind, &first.id),
        None => routes::saved(record),
    }
}

/// Whose words these are; the report itself names nobody.
fn repeats(words: String) -> Node {
    view! {
        <Notice title=text::REPEATS>
            <p>{words}</p>
            <p>{text::REPEATS_WORDS}</p>
        </Notice>
    }
}

#[component]
fn Later() -> impl IntoView {
    view! {
        <LinkButton href="/" kind=Kind::Quiet>
            {text::FINISH_LATER}
        </LinkButton>
    }
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <Page title=text::DRAFT_GONE heading=text::DRAFT_GONE back="/">
            <EmptyState title=text::DRAFT_GONE_WORDS icon="file-text">
                <LinkButton href=crate::routes::REPORTS>{text::reports::TITLE}</LinkButton>
            </EmptyState>
        </Page>
    }
}

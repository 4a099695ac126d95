//! Reports that are not finished: what is missing in each, and the way on.

pub mod details;
mod unclaimed;

pub use unclaimed::Unclaimed;

use crate::{
    pages::capture::{ReadsOnly, Trouble},
    state::{App, Draft, Problem, use_app},
    text::capture as text,
    ui::{Button, Buttons, Card, Dialog, EmptyState, Kind, LinkButton, Page, StatusTag},
};
use details::{record_of, resume};
use domain::{
    category::{self, CategorySpec},
    time::Instant,
};
use leptos::task::spawn_local;
use markup::prelude::*;

const OLD_HOURS: i64 = 24;

#[component]
pub fn DraftsPage() -> impl IntoView {
    let app = use_app();
    let problem = RwSignal::new(None::<Problem>);
    let asked = RwSignal::new(None::<String>);
    let open = RwSignal::new(false);
    let delete = move |()| {
        let Some(id) = asked.get_untracked() else { return };
        open.set(false);
        spawn_local(async move {
            match app.delete_draft(&id).await {
                Ok(()) => app.notices.say(text::DELETED),
                Err(found) => drop(problem.try_set(Some(found))),
            }
        });
    };
    let ask = Callback::new(move |id: String| {
        asked.set(Some(id));
        open.set(true);
    });
    let drafts = move || {
        let drafts = oldest_first(app.drafts.list.get());
        if drafts.is_empty() && app.roles().only_reads() {
            return view! { <ReadsOnly title=text::NO_DRAFTS /> };
        }
        if drafts.is_empty() {
            return view! { <NoDrafts /> };
        }
        let cards = drafts.into_iter().map(|draft| view! { <li><DraftCard app draft on_delete=ask /></li> });
        view! {
            <p>{text::DRAFTS_LEDE}</p>
            <ul class="cards">{cards.collect_view()}</ul>
        }
    };
    view! {
        <Page title=text::DRAFTS heading=text::DRAFTS back="/">
            <Trouble problem />
            {drafts}
            <Dialog open id="delete" title=text::DELETE_TITLE>
                <p>{text::DELETE_WORDS}</p>
                <Buttons>
                    <Button kind=Kind::Danger on_press=delete>{text::DELETE_YES}</Button>
                    <Button kind=Kind::Secondary on_press=move |()| open.set(false)>{text::DELETE_NO}</Button>
                </Buttons>
            </Dialog>
        </Page>
    }
}

/// Waited longest, needed most.
fn oldest_first(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by_key(|draft| draft.started_at);
    drafts
}

#[component]
fn DraftCard(app: App, draft: Draft, on_delete: Callback<String>) -> impl IntoView {
    let look = Look::of(&draft);
    let (id, started_at) = (draft.id.clone(), draft.started_at);
    let now = app.now;
    let (hidden, hidden_too) = (look.title.clone(), look.title.clone());
    let href = resume(&draft);
    view! {
        <Card title=look.title icon=look.icon tone=look.category level=2>
            <p class="card__meta">{move || text::started(started_at, now.get().max(started_at))}</p>
            <p>{look.missing}</p>
            {move || is_old(started_at, now.get()).then(|| view! { <StatusTag status="due" label=text::OLD_DRAFT /> })}
            <Buttons>
                <LinkButton href>
                    {text::CONTINUE_DRAFT} <span class="visually-hidden">" "{hidden}</span>
                </LinkButton>
                <Button kind=Kind::Quiet icon="trash-2" on_press=move |()| on_delete.run(id.clone())>
                    {text::DELETE} <span class="visually-hidden">" "{hidden_too}</span>
                </Button>
            </Buttons>
        </Card>
    }
}

/// What is shown of a draft.
pub struct Look {
    pub title: String,
    pub icon: &'static str,
    pub category: String,
    /// "2 answers needed: Person, What you did".
    pub missing: String,
}

impl Look {
    pub fn of(draft: &Draft) -> Self {
        let Some(spec) = category::find(&draft.category) else {
            return Self {
                title: text::NOT_KNOWN_HERE.into(),
                icon: "refresh-cw",
                category: String::new(),
                missing: text::UPDATE_TO_SEE.into(),
            };
        };
        Self {
            title: text::draft_title(spec, subtype(spec, draft)),
            icon: spec.icon,
            category: spec.id.to_owned(),
            missing: missing(spec, draft),
        }
    }
}

fn missing(spec: &CategorySpec, draft: &Draft) -> String {
    let needed: Vec<&str> = spec.missing(&draft.answers).iter().map(|question| question.short).collect();
    let words = text::needed(&needed);
    if record_of(&draft.id).is_some() { format!("{}. {words}", text::DETAILS_NEEDED) } else { words }
}

fn subtype<'a>(spec: &'static CategorySpec, draft: &'a Draft) -> Option<&'a str> {
    let code = draft.answers.get(spec.subtype)?.as_str()?;
    Some(spec.subtypes.label(code))
}

pub fn is_old(started_at: Instant, now: Instant) -> bool {
    (now - started_at).num_hours() >= OLD_HOURS
}

#[component]
fn NoDrafts() -> impl IntoView {
    view! {
        <EmptyState title=text::NO_DRAFTS icon="pencil">
            <p>{text::NO_DRAFTS_WORDS}</p>
            <p>{text::NO_DRAFTS_ELSEWHERE}</p>
            <LinkButton href="/">{text::reports::RECORD_NOW}</LinkButton>
        </EmptyState>
    }
}

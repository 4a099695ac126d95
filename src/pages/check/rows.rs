//! The answers as keys and values, each with the way to change it.

use super::report::happened_at;
use crate::{
    pages::capture::{
        Step,
        step::{AUTHOR, NAME, WHEN},
    },
    state::{App, Draft},
    text::capture::{self as text, photos},
    ui::{Kind, LinkButton, SummaryList, SummaryRow},
};
use domain::{
    category::{CategorySpec, Question, QuestionKind},
    directory::Directory,
};
use markup::prelude::*;
use serde_json::{Map, Value};

#[component]
pub fn Rows(app: App, spec: &'static CategorySpec, draft: Draft, is_new: bool) -> impl IntoView {
    let directory = app.directory.get_untracked();
    let link = Links::new(&draft);
    let asked = spec.walk(&draft.answers);
    let asides = spec.asides(&draft.answers);
    let (added, open): (Vec<_>, Vec<_>) =
        asides.into_iter().partition(|question| question.is_answered(&draft.answers) || is_place(question));
    let rows = asked
        .into_iter()
        .chain(added)
        .map(|question| {
            let words = in_words(question, &draft.answers, &directory);
            answer_row(app, question, words, &draft, &link)
        })
        .collect_view();
    let more = open
        .into_iter()
        .map(|question| {
            view! {
                <li>
                    <LinkButton href=link.to(question.id) kind=Kind::Secondary icon=question.icon>
                        {question.short}
                    </LinkButton>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <SummaryList>
            {rows}
            {is_new.then(|| view! { <PhotosRow app draft=draft.clone() link=link.clone() /> })}
            {is_new.then(|| view! { <TimeRow app at=happened_at(&draft) change=link.to(WHEN) /> })}
            {is_new.then(|| view! { <NameRows app draft=draft.clone() link=link.clone() /> })}
        </SummaryList>
        {(!more.is_empty())
            .then(|| {
                view! {
                    <section class="stack">
                        <h2 class="h3">{text::ADD_IF_KNOWN}</h2>
                        <ul class="cluster check__more">{more}</ul>
                    </section>
                }
            })}
    }
}

fn is_place(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::Place)
}

fn answer_row(
    app: App,
    question: &'static Question,
    words: Vec<String>,
    draft: &Draft,
    link: &Links,
) -> Node {
    let missing = words.is_empty() && !question.optional;
    let label = if missing { text::ANSWER_THIS } else { "Change" };
    let value = if words.is_empty() {
        let default = if is_place(question) {
            untrack(|| app.site_name(&draft.site))
        } else {
            text::NOT_PROVIDED.to_owned()
        };
        view! { <span class=if is_place(question) { "" } else { "muted" }>{default}</span> }
    } else if let [one] = words.as_slice() {
        one.clone().into_node()
    } else {
        let lines = words.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <ul class="plain-list">{lines}</ul> }
    };
    view! {
        <SummaryRow key=question.short change=link.to(question.id) change_label=label>
            {value}
        </SummaryRow>
    }
}

#[component]
fn TimeRow(app: App, at: domain::time::Instant, change: String) -> impl IntoView {
    view! {
        <SummaryRow key=text::WHEN_SHORT change>
            {move || text::happened(at, app.now.get().max(at))}
        </SummaryRow>
    }
}

/// How many photos go with it; or that none do, because it has no name.
#[component]
fn PhotosRow(app: App, draft: Draft, link: Links) -> impl IntoView {
    let number = untrack(|| app.photos.loose(&draft.record)).len();
    let is_nameless = draft.answers.get("identity").and_then(|code| code.as_str()) == Some("anonymous");
    (number > 0).then(|| {
        let words = if is_nameless { photos::NAMELESS.to_owned() } else { photos::some(number) };
        view! { <SummaryRow key=photos::PHOTOS change=link.to("words")>{words}</SummaryRow> }
    })
}

/// Whose report it is, and who sees the name.
#[component]
fn NameRows(app: App, draft: Draft, link: Links) -> impl IntoView {
    let identity = draft.answers.get("identity").and_then(|code| code.as_str()).unwrap_or("named").to_owned();
    let is_anonymous = identity == "anonymous";
    let (change, written, words) = (link.to(AUTHOR), draft.clone(), text::identity(&identity));
    // Whose name it is comes first: until that is said, nobody is asked who sees it.
    let sees = live(move || {
        (is_anonymous || app.author_of(&written).is_some()).then(|| {
            view! {
                <SummaryRow key=text::NAME_SHORT change=link.to(NAME)>
                    {words}
                </SummaryRow>
            }
        })
    });
    view! {
        {(!is_anonymous).then(|| view! { <AuthorRow app draft change /> })}
        {sees}
    }
}

/// Whose report it is, said wherever that is not plain: nobody is signed in, or the screen is locked.
#[component]
pub fn AuthorRow(app: App, draft: Draft, change: String) -> impl IntoView {
    live(move || {
        let is_me = app.writer.read().is_some();
        if is_me && !app.lock.locked.get() {
            return Node::Nothing;
        }
        let name = app.author_of(&draft).map(|staff| app.directory.read().staff_name(&staff).to_owned());
        let label = if name.is_some() { "Change" } else { text::ANSWER_THIS };
        view! {
            <SummaryRow key=text::AUTHOR_SHORT change=(!is_me).then(|| change.clone()) change_label=label>
                {name.unwrap_or_else(|| text::NOT_PROVIDED.to_owned())}
            </SummaryRow>
        }
    })
}

/// Addresses of the questions of one draft; each comes back here.
#[derive(Clone)]
struct Links(Step);

impl Links {
    fn new(draft: &Draft) -> Self {
        let step = Step { category: draft.category.clone(), draft: draft.id.clone(), ..Step::default() };
        Self(Step { from_check: true, ..step })
    }

    fn to(&self, question: &str) -> String {
        self.0.to(question).href()
    }
}

/// An answer with the names of people, places and equipment in place of their codes.
pub fn in_words(question: &Question, answers: &Map<String, Value>, directory: &Directory) -> Vec<String> {
    let words = question.in_words(answers);
    let place = |code: &str| directory.places.get(code).map(|place| place.name.clone());
    match question.kind {
        QuestionKind::Place => words.iter().map(|code| place(code).unwrap_or_else(|| code.clone())).collect(),
        QuestionKind::Asset => words
            .iter()
            .map(|code| {
                directory
                    .assets
                    .get(code)
                    .map_or_else(|| code.clone(), |asset| format!("{}, {code}", asset.name))
            })
            .collect(),
        QuestionKind::Person if words.is_empty() && question.is_answered(answers) => {
            vec![text::NO_ONE.to_owned()]
        }
        QuestionKind::Person => words
            .iter()
            .map(|code| {
                let room = directory.people.get(code.as_str()).and_then(|person| place(&person.place));
                room.map_or_else(|| code.clone(), |room| format!("{code}, {room}"))
            })
            .collect(),
        _ => words,
    }
}

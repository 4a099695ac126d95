//! A person, a place or a piece of equipment from the provider's lists: the ones used lately first.

use super::{
    flow::{Fields, Flow},
    parts::Skip,
    step::Show,
};
use crate::{
    state::App,
    text::capture as text,
    ui::{Choice, EmptyState, Tiles},
};
use domain::{
    category::{Question, QuestionKind},
    directory::Directory,
    record::Record,
};
use markup::prelude::*;
use serde_json::{Value, json};

/// As many as fit on a phone without searching.
const FEW: usize = 6;
/// Reports looked at for what was used lately.
const LATELY: usize = 200;
const FIND: &str = "find";
const NO_ONE: &str = "none";
/// Before a code, so that no code is taken for one of the words above.
const CODE: &str = "code:";

/// The words around one of the three lists.
pub struct Words {
    pub find: &'static str,
    pub label: &'static str,
    pub empty: &'static str,
    pub icon: &'static str,
    pub field: &'static str,
}

const PERSON: Words = Words {
    find: text::FIND_PERSON,
    label: text::FIND_PERSON_LABEL,
    empty: text::NO_PEOPLE,
    icon: "user-round",
    field: "people",
};
const PLACE: Words = Words {
    find: text::FIND_PLACE,
    label: text::FIND_PLACE_LABEL,
    empty: text::NO_PLACES,
    icon: "map-pin",
    field: "location",
};
const ASSET: Words = Words {
    find: text::FIND_ASSET,
    label: text::FIND_ASSET_LABEL,
    empty: text::NO_ASSETS,
    icon: "wrench",
    field: "asset",
};

pub fn words(kind: &QuestionKind) -> &'static Words {
    match kind {
        QuestionKind::Place => &PLACE,
        QuestionKind::Asset => &ASSET,
        _ => &PERSON,
    }
}

#[component]
pub fn Pick(flow: Flow, question: &'static Question) -> impl IntoView {
    let words = words(&question.kind);
    let is_person = matches!(question.kind, QuestionKind::Person);
    let answers = flow.answers();
    let answered = question.is_answered(&answers);
    let all = rows(flow.app, &flow.draft().site, &question.kind);
    let is_empty = all.is_empty();
    let (mut options, more) = first(all, chosen(&answers, words.field));
    for option in &mut options {
        option.value = format!("{CODE}{}", option.value);
    }
    if more {
        options.push(Choice::new(FIND, words.find).icon("search"));
    }
    if is_person {
        options.push(Choice::new(NO_ONE, text::NO_ONE).icon("circle-slash"));
    }
    let selected = match chosen(&answers, words.field) {
        Some(code) => Some(format!("{CODE}{code}")),
        None => (answered && is_person).then(|| NO_ONE.to_owned()),
    };
    let choose = move |value: String| match value.strip_prefix(CODE) {
        Some(code) => flow.answer(set(words.field, Some(code)), Show::Question),
        None if value == FIND => flow.show(Show::Find),
        None => flow.answer(set(words.field, None), Show::Question),
    };
    let tiles = view! {
        <Tiles
            id=question.id
            legend=question.heading
            caption=flow.step().caption(flow.spec, &answers)
            hint=question.hint
            options
            selected
            on_choose=choose
            press_continue=flow.app.prefs.press_continue
            missing=text::SELECT_ONE
        />
    };
    let empty = is_empty.then(|| {
        view! {
            <EmptyState title=words.empty icon=words.icon>
                <p>{text::MANAGER_ADDS}</p>
            </EmptyState>
        }
    });
    view! {
        {tiles}
        {empty}
        {question
            .optional
            .then(|| view! { <Skip answered on_skip=move |()| flow.answer(Vec::new(), Show::Question) /> })}
    }
}

/// What choosing this code sets; no code: "No one person".
pub fn set(field: &'static str, code: Option<&str>) -> Fields {
    let value = match (field, code) {
        ("people", Some(code)) => json!([code]),
        ("people", None) => json!([]),
        (_, code) => code.map(Value::from).unwrap_or_default(),
    };
    vec![(field, value)]
}

/// The code that was chosen before.
pub fn chosen(answers: &serde_json::Map<String, Value>, field: &str) -> Option<String> {
    let answer = answers.get(field)?;
    let code = answer.as_str().or_else(|| answer.as_array()?.first()?.as_str())?;
    Some(code.to_owned())
}

/// The first few, with the chosen one among them; and are there more?
fn first(all: Vec<Choice>, chosen: Option<String>) -> (Vec<Choice>, bool) {
    let few = if all.len() <= FEW + 2 { all.len() } else { FEW };
    let more = all.len() > few;
    let mut rest = all;
    if let Some(place) = chosen.and_then(|code| rest.iter().position(|row| row.value == code))
        && place >= few
    {
        let row = rest.remove(place);
        rest.insert(0, row);
    }
    rest.truncate(few);
    (rest, more)
}

/// Everything of a list at a site, what was used lately first, then by name.
pub fn rows(app: App, site: &str, kind: &QuestionKind) -> Vec<Choice> {
    let directory = app.directory.get_untracked();
    let mut all = listed(&directory, site, kind);
    all.sort_by_key(|choice| natural(&choice.label));
    let lately = lately(app, site, kind);
    let rank = |choice: &Choice| lately.iter().position(|code| *code == choice.value).unwrap_or(lately.len());
    all.sort_by_key(rank);
    all
}

fn listed(directory: &Directory, site: &str, kind: &QuestionKind) -> Vec<Choice> {
    let icon = words(kind).icon;
    let place =
        |code: &str| directory.places.get(code).map_or_else(|| code.to_owned(), |place| place.name.clone());
    let row = |code: &str, label: String, hint: String| {
        let choice = Choice::new(code, label).icon(icon);
        if hint.is_empty() { choice } else { choice.hint(hint) }
    };
    match kind {
        QuestionKind::Place => directory
            .places
            .iter()
            .filter(|(_, known)| &*known.site == site && !known.retired)
            .map(|(code, known)| row(code, known.name.clone(), known.unit.clone()))
            .collect(),
        QuestionKind::Asset => directory
            .assets
            .iter()
            .filter(|(_, known)| &*known.site == site && !known.retired)
            .map(|(code, known)| {
                row(code, known.name.clone(), [code.as_str(), &place(&known.place)].join(", "))
            })
            .collect(),
        _ => directory
            .people
            .iter()
            .filter(|(_, known)| &*known.site == site && !known.retired)
            .map(|(code, known)| row(code, code.to_string(), place(&known.place)))
            .collect(),
    }
}

/// Codes of the latest reports of the site that this person sees, newest first.
fn lately(app: App, site: &str, kind: &QuestionKind) -> Vec<String> {
    let register = app.register.get_untracked();
    let mut codes = Vec::new();
    for record in register.arrivals().rev().filter(|record| &*record.site == site).take(LATELY) {
        for code in codes_of(record, kind) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        if codes.len() >= FEW {
            break;
        }
    }
    codes
}

fn codes_of(record: &Record, kind: &QuestionKind) -> Vec<String> {
    let one = |field| record.facts.code(field).map(str::to_owned).into_iter().collect();
    match kind {
        QuestionKind::Place => one("location"),
        QuestionKind::Asset => one("asset"),
        _ => record.facts.list("people").map(str::to_owned).collect(),
    }
}

/// "Room 4" stands before "Room 11".
fn natural(label: &str) -> (String, u32) {
    let digits = label.len() - label.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let (words, number) = label.split_at(label.len() - digits);
    (words.to_lowercase(), number.parse().unwrap_or(0))
}

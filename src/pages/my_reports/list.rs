//! The list: where each report stands, and the last thing that happened to it.

use super::{
    mine::{is_by_me, is_unread, last_at, letters, reports, spec_of, title, titled},
    show::{FEW, Group, Show, keeping, use_wanted},
};
use crate::{
    pages::capture::ReadsOnly,
    routes,
    state::{App, KeptApart, Letter, LetterState, Whose},
    text::{
        capture::{self as words, reports as text},
        common::FILLING,
    },
    ui::{Card, EmptyState, LinkButton, StatusTag},
};
use domain::{event::Fields, ids::RecordId, record::Record, time::Instant};
use markup::prelude::*;

#[component]
pub fn List(
    app: App,
    /// The report that is open beside the list.
    #[prop(into)]
    open: Signal<String>,
) -> impl IntoView {
    let wanted = use_wanted();
    let is_long = Memo::new(move |_| {
        let register = app.register.get();
        let apart = app.kept_apart(Whose::Mine).len();
        let all = apart + letters(app, &register).len() + reports(app, &register).len();
        wanted.get().is_some() || all > FEW
    });
    let list = live(move || {
        let register = app.register.get();
        let wanted = wanted.get();
        let (over, apart): (Vec<_>, Vec<_>) =
            app.kept_apart(Whose::Mine).into_iter().partition(|apart| apart.dealt_at.is_some());
        let all = apart
            .into_iter()
            .map(Mine::Apart)
            .chain(letters(app, &register).into_iter().map(Mine::Letter))
            .chain(reports(app, &register).into_iter().map(Mine::Record))
            .chain(over.into_iter().map(Mine::Apart));
        let cards: Vec<Node> = all
            .filter(|mine| wanted.is_none_or(|wanted| Group::of(mine.status(app).0) == wanted))
            .map(|mine| mine.card(app, open, wanted))
            .collect();
        if cards.is_empty() && wanted.is_some() {
            return view! { <p>{text::SHOW_NONE}</p> };
        }
        if cards.is_empty() {
            return match app.sync.filling.get() {
                true => view! { <EmptyState title=FILLING icon="file-text" /> },
                false if app.roles().only_reads() => view! { <ReadsOnly title=text::NONE_OF_READERS /> },
                false => view! { <NoReports /> },
            };
        }
        let items = cards.into_iter().map(|card| view! { <li>{card}</li> }).collect_view();
        view! { <ul class="cards">{items}</ul> }
    });
    view! {
        <div class="stack">
            {move || is_long.get().then(|| view! { <Show wanted /> })}
            {list}
        </div>
    }
}

enum Mine<'a> {
    Apart(KeptApart),
    Letter(Letter),
    Record(&'a Record),
}

impl Mine<'_> {
    /// Key and words of the tag.
    fn status(&self, app: App) -> (&'static str, &'static str) {
        match self {
            Mine::Record(record) => text::status(record, app.is_sent(&record.id)),
            Mine::Letter(letter) => match letter.state {
                LetterState::Waiting => ("waiting", "Waiting to send"),
                LetterState::Sent => ("new", "Sent"),
                LetterState::Refused(_) => ("urgent", "Not accepted"),
                LetterState::KeptApart(_) => ("new", text::APART),
            },
            Mine::Apart(apart) => apart_status(apart),
        }
    }

    fn card(&self, app: App, open: Signal<String>, wanted: Option<Group>) -> Node {
        let tag = self.status(app);
        match self {
            Mine::Record(record) => card(app, record, tag, open, wanted),
            Mine::Letter(letter) => {
                let (record, at) = (&letter.record, letter.written_at);
                let said = text::WITHOUT_NAME.to_owned();
                plain_card(app, (record, at, &letter.with), said, tag, open, wanted)
            }
            Mine::Apart(apart) => {
                let (record, at) = (&apart.record, apart.written_at);
                plain_card(app, (record, at, &apart.with), apart_words(app, apart), tag, open, wanted)
            }
        }
    }
}

/// Key and words of the tag of a report that was kept apart.
pub fn apart_status(apart: &KeptApart) -> (&'static str, &'static str) {
    match apart.dealt_at {
        Some(_) => ("closed", text::DEALT_WITH),
        None => ("new", text::APART),
    }
}

/// What became of it.
pub fn apart_words(app: App, apart: &KeptApart) -> String {
    apart.dealt_at.map_or_else(|| words::KEPT_APART.to_owned(), |at| text::dealt_with(at, app.now.get()))
}

fn card(
    app: App,
    record: &Record,
    (status, label): (&'static str, &'static str),
    open: Signal<String>,
    wanted: Option<Group>,
) -> Node {
    let spec = record.spec();
    let id = record.id.to_string();
    let current = Signal::derive(move || *open.read() == id);
    let last = last_words(app, record);
    let at = text::capitalised_when(last_at(record), app.now.get());
    view! {
        <Card
            title=title(record)
            href=keeping(&routes::report(&record.id), wanted)
            icon=spec.map_or("file-text", |spec| spec.icon)
            tone=record.facts.category().to_owned()
            level=2
            unread=is_unread(app, record)
            current
        >
            <p>{last}</p>
            <p class="card__meta">{at}</p>
            <StatusTag status label />
        </Card>
    }
}

/// The last thing that happened, in words.
pub fn last_words(app: App, record: &Record) -> String {
    let told = record
        .events
        .iter()
        .rev()
        .find_map(|received| text::happened(record, received, is_by_me(app, record, &received.event.by)));
    let words = |told: text::Told| match told.words.filter(|_| told.is_message) {
        Some(words) => format!("{}: {words}", told.title),
        None => told.title,
    };
    told.map(words).unwrap_or_default()
}

/// Of a report whose record is not known here.
fn plain_card(
    app: App,
    (record, at, fields): (&RecordId, Instant, &Fields),
    said: String,
    (status, label): (&'static str, &'static str),
    open: Signal<String>,
    wanted: Option<Group>,
) -> Node {
    let spec = spec_of(fields);
    let id = record.to_string();
    let current = Signal::derive(move || *open.read() == id);
    let at = text::capitalised_when(at, app.now.get());
    view! {
        <Card
            title=titled(spec, fields)
            href=keeping(&routes::report(record), wanted)
            icon=spec.map_or("file-text", |spec| spec.icon)
            tone=spec.map_or("", |spec| spec.id)
            level=2
            current
        >
            <p>{said}</p>
            <p class="card__meta">{at}</p>
            <StatusTag status label />
        </Card>
    }
}

#[component]
fn NoReports() -> impl IntoView {
    view! {
        <EmptyState title=text::NONE icon="file-text">
            <p>{text::NONE_WORDS}</p>
            <LinkButton href=routes::HOME>{text::RECORD_NOW}</LinkButton>
        </EmptyState>
    }
}

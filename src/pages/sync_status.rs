//! What was sent, what is only on this phone and why, and how safe it is here.

use crate::{
    pages::{home::ClockIsOff, settings::storage::StorageRows},
    routes,
    state::{App, Contact, LetterState, Whose, use_app},
    text::{
        capture::{self as words, device as text, photos, reports},
        common::moment,
    },
    ui::{Button, Buttons, Card, Kind, LinkButton, Page, SummaryList, SummaryRow},
};
use domain::time::Instant;
use markup::prelude::*;

#[component]
pub fn SyncStatusPage() -> impl IntoView {
    let app = use_app();
    let waiting = move || app.sync.waiting.get();
    let heading = Signal::derive(move || match waiting() {
        0 if app.sync.photos.get() > 0 => photos::WORDS_SENT.to_owned(),
        0 => text::ALL_SENT.to_owned(),
        number => text::waiting(number),
    });
    let news = move || waiting() > 0 || *app.sync.state.read() != Contact::Resting;
    let sending = Signal::derive(move || *app.sync.state.read() == Contact::Sending);
    view! {
        <Page title=text::SYNC heading caption=text::SYNC back="/">
            <ClockIsOff app />
            {move || news().then(|| view! { <p class="lede">{app.sync.explain()}</p> })}
            <Buttons>
                <Button busy=sending icon="refresh-cw" kind=Kind::Secondary on_press=move |()| app.send_now()>
                    {move || if sending.get() { text::SENDING } else { text::TRY_NOW }}
                </Button>
            </Buttons>
            <Waiting app />
            <Refused app />
            <Apart app />
            <Photos app />
            <SummaryList>
                <SummaryRow key=text::LAST_SENT>
                    {move || app.sync.last_sent.get().map_or(text::NEVER_SENT.to_owned(), moment)}
                </SummaryRow>
                <StorageRows app />
            </SummaryList>
            <section class="stack">
                <h2>{text::BY_HAND}</h2>
                <p>{text::BY_HAND_WORDS}</p>
                <Buttons>
                    <LinkButton href=routes::RESCUE kind=Kind::Secondary icon="download" outside=true>
                        {text::RESCUE}
                    </LinkButton>
                </Buttons>
            </section>
        </Page>
    }
}

#[component]
fn Waiting(app: App) -> impl IntoView {
    live(move || {
        let turn = match *app.sync.state.read() == Contact::NoSignal {
            true => text::WAITS_FOR_SIGNAL,
            false => text::WAITS_FOR_TURN,
        };
        let letters = app.letters.waiting().into_iter().map(|letter| {
            let why = letter.why.unwrap_or_else(|| turn.to_owned());
            line(app, text::LETTER, letter.written_at, why)
        });
        let items = app.sync.items.get();
        let entries = items.into_iter().map(|item| {
            line(app, text::thing(&item.verb), item.written_at, item.why.unwrap_or(turn).to_owned())
        });
        let lines: Vec<Node> = letters.chain(entries).collect();
        if lines.is_empty() {
            return view! { <p class="muted">{text::NOTHING_WAITS_WORDS}</p> };
        }
        view! {
            <section class="stack">
                <h2>{text::WAITING_LIST}</h2>
                <ul class="cards">{lines}</ul>
            </section>
        }
    })
}

/// Reports without a name that the service did not accept: nobody else can be told.
#[component]
fn Refused(app: App) -> impl IntoView {
    live(move || {
        let letters = app.letters.list.read();
        let refused = letters.iter().filter_map(|letter| match &letter.state {
            LetterState::Refused(why) => Some(line(app, text::LETTER, letter.written_at, why.clone())),
            _ => None,
        });
        let lines: Vec<Node> = refused.collect();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="stack">
                    <h2>{text::REFUSED_LIST}</h2>
                    <p>{text::REFUSED_WORDS}</p>
                    <ul class="cards">{lines}</ul>
                </section>
            }
        })
    })
}

/// What arrived and no senior sees.
#[component]
fn Apart(app: App) -> impl IntoView {
    live(move || {
        let why = || words::KEPT_APART.to_owned();
        let named = app.kept_apart(Whose::Anybody).into_iter().filter(|report| report.dealt_at.is_none());
        let named = named.map(|report| line(app, text::thing("report"), report.written_at, why()));
        let letters = app.letters.list.read();
        let apart = letters.iter().filter(|letter| matches!(letter.state, LetterState::KeptApart(_)));
        let letters = apart.map(|letter| line(app, text::LETTER, letter.written_at, why()));
        let lines: Vec<Node> = named.chain(letters).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="stack">
                    <h2>{reports::APART}</h2>
                    <ul class="cards">{lines}</ul>
                </section>
            }
        })
    })
}

/// Photos go last; they are no entry, and are counted apart.
#[component]
fn Photos(app: App) -> impl IntoView {
    live(move || {
        let (waiting, refused) = (app.photos.waiting().len(), app.photos.refused().len());
        let lines = [(waiting, photos::wait(waiting)), (refused, photos::refused(refused))];
        let lines =
            lines.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| view! { <p>{words}</p> });
        (waiting + refused > 0).then(|| {
            view! {
                <section class="stack">
                    <h2>{photos::PHOTOS}</h2>
                    {lines.collect_view()}
                </section>
            }
        })
    })
}

fn line(app: App, title: &'static str, at: Instant, why: String) -> Node {
    view! {
        <li>
            <Card title=title icon="cloud-upload">
                <p class="card__meta">{text::written(at, app.now.get().max(at))}</p>
                <p>{why}</p>
            </Card>
        </li>
    }
}

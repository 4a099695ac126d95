//! The capture flow: one question per screen, for any category. It asks the `CategorySpec` and matches on no category.

mod author;
mod find;
mod flow;
pub mod go;
mod help;
mod list;
mod many;
pub mod name;
pub mod names;
mod one;
mod parts;
mod pick;
pub mod step;
pub mod time;
mod when;
mod words;

pub use go::{Go, use_go};
pub use parts::{ReaderPage, ReadsOnly, Trouble, empty_fields, error_of, say_beside};
pub use step::Step;

use crate::{
    routes,
    state::{App, use_app},
    text::capture as text,
    ui::{Button, Kind, LinkButton, Page},
};
use domain::category::{Question, QuestionKind};
use flow::{Elsewhere, Flow};
use markup::prelude::*;
use step::{AUTHOR, NAME, Show, WHEN};

/// The screen of the address; built anew at every step, so that title and focus follow.
#[component]
pub fn CapturePage() -> impl IntoView {
    let app = use_app();
    let go = use_go();
    let step = Step::now(|step| !step.is_check());
    let only_reads = Memo::new(move |_| app.roles().only_reads());
    StoredValue::new_local(app.editing());
    live(move || {
        if only_reads.get() {
            return view! { <ReaderPage /> };
        }
        match Flow::open(app, go, step.get()) {
            Ok(flow) => view! { <Screen flow /> },
            Err(Elsewhere::To(href)) => {
                go.instead(href);
                Node::Nothing
            }
            Err(Elsewhere::Unknown) => view! { <Unknown /> },
            Err(Elsewhere::NoSite) => view! { <NoSite app /> },
        }
    })
}

#[component]
fn Screen(flow: Flow) -> impl IntoView {
    let step = flow.step();
    let question = flow.question();
    let back = step.before(flow.spec, &flow.answers());
    let is_help = matches!(step.show, Show::Help | Show::Advice(_));
    let title = format!("{} – {}", heading(&step, question), flow.spec.name);
    view! {
        <Page title back=(!is_help).then_some(back)>
            <Trouble problem=flow.problem />
            {body(flow, &step, question)}
            {(!is_help).then(|| view! { <Later flow /> })}
        </Page>
    }
}

fn body(flow: Flow, step: &Step, question: Option<&'static Question>) -> Node {
    let Some(question) = question else {
        return match step.question.as_str() {
            WHEN => view! { <when::When flow show=step.show /> },
            NAME => view! { <name::Name flow /> },
            AUTHOR => view! { <author::WhoWrites flow /> },
            _ => Node::Nothing,
        };
    };
    match (step.show, &question.kind) {
        (Show::Help, _) => view! { <help::GetHelp flow /> },
        (Show::Advice(tile), QuestionKind::One { tiles, .. }) => {
            let words = tiles.get(tile).map(|tile| tile.advice).unwrap_or_default();
            view! { <help::Advice flow words /> }
        }
        (Show::List, QuestionKind::One { .. }) => view! { <list::List flow question tile=None /> },
        (Show::Part(tile), QuestionKind::One { tiles, .. }) => {
            view! { <list::List flow question tile=tiles.get(tile) /> }
        }
        (Show::List, QuestionKind::Many { .. }) => view! { <list::ManyList flow question /> },
        (Show::Find, _) => view! { <find::Find flow question /> },
        (_, QuestionKind::One { tiles, more }) => {
            view! { <one::One flow question tiles has_more=more.is_some() /> }
        }
        (_, QuestionKind::Many { .. } | QuestionKind::Flags { .. }) => view! { <many::Many flow question /> },
        (_, QuestionKind::Words) => view! { <words::Words flow question /> },
        (_, QuestionKind::Person | QuestionKind::Place | QuestionKind::Asset) => {
            view! { <pick::Pick flow question /> }
        }
    }
}

/// Names the window; every screen has its own.
fn heading(step: &Step, question: Option<&Question>) -> String {
    let asked = question.map(|question| question.heading);
    match (step.show, asked) {
        (Show::Help, _) => text::HELP_FIRST.to_owned(),
        (Show::Advice(_), _) => text::ADVICE.to_owned(),
        (Show::List | Show::Part(_), Some(heading)) => format!("{}: {heading}", text::OTHER_ANSWERS),
        (Show::Find, Some(heading)) => format!("{}: {heading}", text::FIND),
        (_, Some(heading)) => heading.to_owned(),
        (Show::OtherDay, None) => text::WHAT_DAY.to_owned(),
        (Show::Today | Show::Yesterday, None) => text::ABOUT_WHAT_TIME.to_owned(),
        (_, None) => match step.question.as_str() {
            NAME => text::NAME.to_owned(),
            AUTHOR => text::AUTHOR.to_owned(),
            _ => text::WHEN.to_owned(),
        },
    }
}

#[component]
fn Later(flow: Flow) -> impl IntoView {
    view! {
        <p class="capture__later">
            <Button kind=Kind::Quiet on_press=move |()| flow.leave()>
                {text::FINISH_LATER}
            </Button>
        </p>
    }
}

#[component]
fn Unknown() -> impl IntoView {
    view! {
        <Page title=text::NO_SUCH_KIND heading=text::NO_SUCH_KIND>
            <p>{text::NO_SUCH_KIND_WORDS}</p>
            <p>
                <LinkButton href="/">{text::GO_HOME}</LinkButton>
            </p>
        </Page>
    }
}

/// A shared device knows its site and its lists once somebody has signed in on it.
#[component]
pub fn NoSite(app: App) -> impl IntoView {
    let signed_in = untrack(|| app.me().is_some());
    let (title, href, words) = match signed_in {
        true => (text::NO_SITE, routes::SETTINGS, text::account::SETTINGS),
        false => (text::SIGN_IN_ONCE, routes::SIGN_IN, text::account::SIGN_IN),
    };
    view! {
        <Page title heading=title back="/">
            <p>{(!signed_in).then_some(text::SIGN_IN_ONCE_WORDS)}</p>
            <LinkButton href>{words}</LinkButton>
        </Page>
    }
}
